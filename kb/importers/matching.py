"""Which paper of the library an item is: by id, file or address, by its title, or by a title nearly the same."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process, utils

from kb.library import names
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.authors import last_name
from kb.models.base import Value
from kb.models.paper import Paper, PaperDraft

TELLING = 20
"""Shorter titles, such as Introduction, do not say that two works are the same."""
NEARLY = 92.0
"""Similarity (of 100) from which two titles may be one work's, if nothing else speaks against it."""
_PART = re.compile(r"\b(?:\d+|[ivx]+|one|two|three|four|first|second|third)\b", re.IGNORECASE)


class PaperMatch(Value):
    """The paper that an item is, and by what that is known; or why it cannot be told."""

    paper: Paper | None = None
    by: str = ""
    conflict: str = ""


class Matcher:
    """The papers of a library by whatever tells them apart; what is taken in is learnt, so an item twice is one."""

    def __init__(self, record: Record) -> None:
        papers = Papers(record)
        self._by_id: dict[tuple[str, str], Paper] = {}
        self._by_title: dict[str, Paper] = {}
        self._titles: dict[str, str] = {}
        self._papers: dict[str, Paper] = {}
        for paper in papers.all():
            self.learn(paper)
        for version in papers.all_versions():
            if version.paper in self._papers:
                self._by_id[("file", version.sha256)] = self._papers[version.paper]

    def learn(self, paper: Paper, hashes: Iterable[str] = (), name: str = "") -> None:
        """Know a paper from now on; ``name`` stands for one that was not taken in yet."""
        known = paper.id or name
        self._papers[known] = paper
        for key in (*_ids(paper), *(("file", sha256) for sha256 in hashes)):
            self._by_id[key] = paper
        self._by_title[names.plain(paper.title)] = paper
        if len(paper.title) >= TELLING:
            self._titles[known] = utils.default_process(paper.title)

    def find(self, draft: PaperDraft, hashes: Sequence[str] = (), key: str = "") -> PaperMatch:
        """The paper that a draft describes."""
        hits = [(kind, self._by_id[(kind, value)]) for kind, value in _ids(draft) if (kind, value) in self._by_id]
        hits += [("file", self._by_id[("file", one)]) for one in hashes if ("file", one) in self._by_id]
        if len({_known(paper) for _, paper in hits}) > 1:
            said = ", ".join(f"its {kind} is that of {_known(paper)}" for kind, paper in hits)
            return PaperMatch(conflict=said)
        if hits:
            return PaperMatch(paper=hits[0][1], by=hits[0][0])
        same = self._by_title.get(names.plain(draft.title))
        if same and (len(draft.title) >= TELLING or (key and same.key == key)) and _may_be(same, draft):
            return PaperMatch(paper=same, by="title")
        near = self._nearly(draft)
        return PaperMatch(paper=near, by="a title nearly the same") if near else PaperMatch()

    def _nearly(self, draft: PaperDraft) -> Paper | None:
        """A title that differs in a letter or a word, by the same first author and of about the same year."""
        if len(draft.title) < TELLING:
            return None
        title = utils.default_process(draft.title)
        found = process.extract(title, self._titles, scorer=fuzz.ratio, score_cutoff=NEARLY, limit=5)
        near = (self._papers[name] for _, _, name in found)
        return next((paper for paper in near if _agree(paper, draft)), None)


def _ids(paper: PaperDraft) -> list[tuple[str, str]]:
    ids = (("arXiv id", paper.arxiv_id), ("DOI", (paper.doi or "").lower()), ("address", paper.url))
    return [(kind, value) for kind, value in ids if value]


def _known(paper: Paper) -> str:
    return paper.id or paper.title


def _may_be(paper: Paper, draft: PaperDraft) -> bool:
    """Whether no id of the draft contradicts the paper's."""
    pairs = ((paper.arxiv_id, draft.arxiv_id), ((paper.doi or "").lower(), (draft.doi or "").lower()))
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def _agree(paper: Paper, draft: PaperDraft) -> bool:
    """Nearly the same title is the same work only if parts, authors, years and ids do not say otherwise."""
    if sorted(_PART.findall(paper.title.lower())) != sorted(_PART.findall(draft.title.lower())):
        return False
    if paper.year and draft.year and abs(paper.year - draft.year) > 1:
        return False
    first = [names.plain(last_name(one.authors[0])) for one in (paper, draft) if one.authors]
    return _may_be(paper, draft) and (len(first) < 2 or first[0] == first[1])
