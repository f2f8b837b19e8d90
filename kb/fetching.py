"""From arXiv into the library: ids in one batch, each PDF downloaded once, and taken in like any other file."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kb.config import machine_cache
from kb.desk import Desk
from kb.errors import ItemFailedError, KbError, NetworkError
from kb.intake import guarded, take_file
from kb.models.paper import Paper
from kb.models.progress import Failure, Progress
from kb.sources.arxiv import ArxivClient, ArxivMiss, ArxivRecord
from kb.sources.download import fetch_file
from kb.sources.identify import Source
from kb.sources.limiter import Limiter


def fetch_ids(desk: Desk, asked: Sequence[Source]) -> Iterator[Progress]:
    """Bring in arXiv papers; what is here already is not asked for again."""
    missing: list[Source] = []
    for source in dict.fromkeys(asked):
        here = _here(desk, source)
        if here:
            yield _skipped(source, here)
        else:
            missing.append(source)
    if missing:
        yield from _fetch(desk, missing)


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
    target = desk.home.incoming / f"{answer.versioned.replace('/', '_')}.pdf"
    check = partial(_opens, desk)
    for event in fetch_file(
        answer.pdf_url, target, check=check, guard=client.guard, limiter=client.limiter, source=answer.asked
    ):
        if event.what not in ("done", "skipped"):
            yield event.model_copy(update={"title": answer.draft.title})
    yield from take_file(desk, target, answer.draft, source=answer.pdf_url, label=f"v{answer.version}")
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


def _skipped(source: Source, paper: Paper) -> Progress:
    return Progress(
        what="skipped",
        stage="find",
        source=source.versioned,
        paper=paper.id,
        title=paper.title,
        message="already in the library",
    )
