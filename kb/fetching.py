"""From arXiv into the library: ids in one batch, each PDF downloaded once, and taken in like any other file."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kb.config import machine_cache
from kb.desk import Desk
from kb.errors import ItemFailedError, KbError, NetworkError
from kb.intake import guarded, take_file
from kb.models.paper import Paper, PaperDraft, PaperKind
from kb.models.progress import Failure, Progress
from kb.models.reading_list import Entry
from kb.shelving import sync_lists
from kb.sources.arxiv import ArxivClient, ArxivMiss, ArxivRecord
from kb.sources.download import fetch_file
from kb.sources.identify import Source
from kb.sources.limiter import Limiter
from kb.sources.lists import chosen, find_list, in_edition


def fetch_ids(desk: Desk, asked: Sequence[Source]) -> Iterator[Progress]:
    """Bring in arXiv papers; what is here already is not asked for again."""
    missing: list[Source] = []
    for source in dict.fromkeys(asked):
        here = _here(desk, source)
        if here:
            _tidy(desk, here)
            yield _skipped(source, here)
        else:
            missing.append(source)
    if missing:
        yield from _fetch(desk, missing)


def fetch_list(
    desk: Desk, list_id: str, *, week: int | None = None, core: bool = False, edition: str | None = None
) -> Iterator[Progress]:
    """Fetch a list's papers, and tie each to its entry; raises NotFoundError for an unknown list, week or edition."""
    sync_lists(desk)
    reading_list = in_edition(find_list(desk.home, list_id), edition)
    entries = chosen(reading_list, week=week, core=core)
    wanted: dict[str, list[Entry]] = {}
    for entry in entries:
        for arxiv_id in filter(None, (entry.arxiv_id, entry.paper_arxiv_id)):
            wanted.setdefault(arxiv_id, []).append(entry)
        if not entry.arxiv_id:
            yield _shelved(desk, reading_list.id, entry)
    for event in fetch_ids(desk, [Source(kind="arxiv", value=arxiv_id) for arxiv_id in wanted]):
        if event.paper and event.what in ("done", "skipped"):
            for entry in wanted.get(desk.papers.get(event.paper).arxiv_id or "", ()):
                desk.shelves.attach(reading_list.id, entry.id, event.paper)
        yield event


def _shelved(desk: Desk, list_id: str, entry: Entry) -> Progress:
    """Put an entry that is no arXiv paper on the shelf, to be opened in a browser, noted and ticked off."""
    draft = PaperDraft(
        title=entry.title, authors=entry.authors, year=entry.year, kind=PaperKind(entry.kind), url=entry.url
    )
    paper = desk.papers.add(draft)
    desk.shelves.attach(list_id, entry.id, paper.id)
    message = f"to be opened at {entry.url}" if entry.url else "it has no address"
    return Progress(
        what="skipped", stage="find", source=entry.url or entry.id, paper=paper.id, title=paper.title, message=message
    )


def _fetch(desk: Desk, missing: Sequence[Source]) -> Iterator[Progress]:
    settings = desk.home.settings
    client = ArxivClient(settings, Limiter(machine_cache(), settings.arxiv_delay))
    ids = [source.versioned for source in missing]
    yield Progress(what="start", stage="find", source="arXiv", total=len(ids), message=f"asking arXiv for {len(ids)}")
    answered: set[str] = set()
    try:
        for answer in client.records(ids):
            answered.add(answer.asked)
            yield from guarded(answer.asked, "download", _take(desk, client, answer))
    except NetworkError as error:
        for asked in [each for each in ids if each not in answered]:
            yield Progress(what="failed", stage="find", source=asked, failure=Failure.of(asked, error))


def _take(desk: Desk, client: ArxivClient, answer: ArxivRecord | ArxivMiss) -> Iterator[Progress]:
    if isinstance(answer, ArxivMiss):
        raise answer.error
    if answer.withdrawn:
        raise ItemFailedError(
            f"{answer.versioned} is withdrawn", answer.comment, f"ask for an earlier version: kb add {answer.asked}v1"
        )
    target = _download_of(desk, answer.versioned)
    check = partial(_opens, desk)
    for event in fetch_file(
        answer.pdf_url, target, check=check, guard=client.guard, limiter=client.limiter, source=answer.asked
    ):
        if event.what not in ("done", "skipped"):
            yield event.model_copy(update={"title": answer.draft.title})
    names = {"asked": answer.asked, "source": answer.pdf_url, "label": f"v{answer.version}"}
    yield from take_file(desk, target, answer.draft, **names)
    target.unlink(missing_ok=True)


def _opens(desk: Desk, path: Path) -> None:
    """The check of a finished download: a PDF with pages that can be counted."""
    desk.parser.inspect(path)


def _here(desk: Desk, source: Source) -> Paper | None:
    """The paper, where the version that is asked for (or any, where none is named) has its file in the library."""
    try:
        paper = desk.papers.find(source.value)
    except KbError:
        return None
    if paper.arxiv_id != source.value:
        return None
    labels = {version.label for version in desk.papers.versions(paper.id)}
    wanted = f"v{source.version}" if source.version else None
    return paper if wanted in labels or (wanted is None and labels) else None


def _tidy(desk: Desk, paper: Paper) -> None:
    """Remove downloads that were taken in just before the program was stopped."""
    for version in desk.papers.versions(paper.id):
        _download_of(desk, f"{paper.arxiv_id}{version.label}").unlink(missing_ok=True)


def _download_of(desk: Desk, versioned: str) -> Path:
    return desk.home.incoming / f"{versioned.replace('/', '_')}.pdf"


def _skipped(source: Source, paper: Paper) -> Progress:
    return Progress(
        what="skipped",
        stage="find",
        source=source.versioned,
        paper=paper.id,
        title=paper.title,
        message="already in the library",
    )
