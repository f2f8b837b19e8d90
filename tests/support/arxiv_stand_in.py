"""A stand-in for arXiv on loopback: ``/api/query`` in the recorded format and ``/pdf/{id}``, with a log and faults.

From a shell, or for a program under test: ``python -m tests.support.arxiv_stand_in DIR_OF_PDFS`` prints its URL, for
``KB_ARXIV_URL``, and serves until it is stopped; ``GET /_log`` answers with all requests so far, and ``POST /_faults``
with the JSON of a Fault makes it misbehave.
"""

import re
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.support.arxiv_feed import Listed, feed, refusal
from tests.support.web_stand_in import Answer, WebStandIn

_NAMED = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+_\d{7})v(?P<version>\d+)\.pdf")
_ASKED = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>\d+))?")


class ArxivStandIn(WebStandIn):
    """Knows the papers that it is given, each with the bytes of its versions."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.papers: dict[str, Listed] = {}
        self.pdfs: dict[str, bytes] = {}
        """By id with version."""
        for file in sorted(folder.glob("*.pdf")) if folder else []:
            self._add_file(file)

    def add(self, paper: Listed, pdf: bytes | None) -> None:
        """Know a paper; without bytes it has no PDF."""
        self.papers[paper.arxiv_id] = paper
        if pdf is not None:
            self.pdfs[f"{paper.arxiv_id}v{paper.version}"] = pdf

    def answer(self, path: str) -> Answer:
        """A feed, a PDF, or a page."""
        parts = urlsplit(path)
        if parts.path == "/api/query":
            return self._query({name: values[0] for name, values in parse_qs(parts.query).items()})
        if parts.path.startswith("/pdf/"):
            return self._pdf(parts.path.removeprefix("/pdf/"))
        return super().answer(path)

    def asked_ids(self) -> list[str]:
        """Every id that the API was asked for, as often as it was."""
        queries = [parse_qs(urlsplit(seen.path).query) for seen in self.requests("^/api/query")]
        return [one for query in queries for ids in query.get("id_list", []) for one in ids.split(",")]

    def _pdf(self, asked: str) -> Answer:
        """The bytes of the version that is asked for, or of the newest."""
        match = _ASKED.fullmatch(asked)
        paper = self.papers.get(match["id"]) if match else None
        if match is None or paper is None:
            return Answer(b"no such paper", 404, "text/plain")
        body = self.pdfs.get(f"{match['id']}v{match['version'] or paper.version}")
        return Answer(body) if body is not None else Answer(b"no PDF", 404, "text/plain")

    def _query(self, query: dict[str, str]) -> Answer:
        """What the API would answer: unknown ids are left out, an id of a wrong form spoils the request."""
        asked = [one for one in query.get("id_list", "").split(",") if one]
        start, page = int(query.get("start", "0")), int(query.get("max_results", "10"))
        for one in asked:
            if not _ASKED.fullmatch(one):
                return Answer(refusal(one), 400, "application/atom+xml", etag=False)
        found = self._by_id(asked) if asked else self._by_title(query.get("search_query", ""))
        words = (
            f"search_query={query.get('search_query', '')}&id_list={','.join(asked)}&start={start}&max_results={page}"
        )
        body = feed(words, found[start : start + page], start=start, page=page, total=len(found))
        return Answer(body, 200, "application/atom+xml", etag=False)

    def _by_id(self, asked: list[str]) -> list[tuple[Listed, int]]:
        """The papers that are known, in the version asked for."""
        found = []
        for one in asked:
            match = _ASKED.fullmatch(one)
            assert match is not None
            paper = self.papers.get(match["id"])
            version = int(match["version"] or (paper.version if paper else 0))
            if paper and version <= paper.version:
                found.append((paper, version))
        return found

    def _by_title(self, query: str) -> list[tuple[Listed, int]]:
        """Papers whose titles have all the words."""
        words = {word.lower() for word in re.findall(r"ti:(\w+)", query)}
        titles = [(paper, set(re.findall(r"\w+", paper.title.lower()))) for paper in self.papers.values()]
        return [(paper, paper.version) for paper, held in titles if words and words <= held]

    def _add_file(self, file: Path) -> None:
        """Know the paper in a file named by its id and version, with its title where an INDEX.tsv beside it has it."""
        match = _NAMED.fullmatch(file.name)
        if match is None:
            return
        arxiv_id = match["id"].replace("_", "/")
        paper = Listed(arxiv_id, int(match["version"]), title=_title(file) or f"The paper {arxiv_id}")
        paper.published = f"20{arxiv_id.rpartition('/')[2][:2]}-03-04T05:06:07Z"
        newest = self.papers.get(arxiv_id)
        self.pdfs[f"{arxiv_id}v{paper.version}"] = file.read_bytes()
        if newest is None or newest.version < paper.version:
            self.papers[arxiv_id] = paper


def _title(file: Path) -> str:
    """The title beside a file's name in INDEX.tsv: columns file, id, title."""
    index = file.parent / "INDEX.tsv"
    rows = [line.split("\t") for line in index.read_text("utf-8").splitlines()] if index.exists() else []
    return next((row[2] for row in rows if row[0] == file.name), "")


if __name__ == "__main__":
    with ArxivStandIn(Path(sys.argv[1])) as stand_in:
        print(stand_in.url, flush=True)
        while True:
            time.sleep(3600)
