"""From arXiv and the web into the library: one polite queue brings files, each is taken in while the next is coming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.config import machine_cache
from kb.desk import Desk
from kb.errors import KbError
from kb.intake import Found, take_file
from kb.models.paper import Paper, PaperDraft
from kb.models.progress import Progress
from kb.sources.addresses import Guard
from kb.sources.ahead import Ahead
from kb.sources.arxiv import ArxivClient
from kb.sources.fetch_queue import Arrived, FetchQueue, Wanted, forget
from kb.sources.identify import identify
from kb.sources.journal import Journal
from kb.sources.limiter import Limiter


@dataclass
class Order:
    """What a reader wants fetched, and what is known of it beforehand."""

    wanted: list[Wanted] = field(default_factory=list)
    drafts: dict[str, PaperDraft] = field(default_factory=dict)
    """By item: what a list says of a post or page."""
    entries: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By item: the lists and entries that it is for."""
    allow_private: bool = False


def arxiv_client(desk: Desk) -> ArxivClient:
    """A client at this machine's pace."""
    settings = desk.home.settings
    return ArxivClient(settings, Limiter(machine_cache(), settings.arxiv_delay))


def journal_of(desk: Desk) -> Journal:
    """What became of everything that was ever fetched into this home."""
    return Journal(desk.home.root / "fetch.jsonl")


def reasons(desk: Desk) -> dict[str, str]:
    """Why things that were asked for have no text here, by arXiv id or address."""
    lines = journal_of(desk).items().items()
    said = {
        name: line.failure.message if line.failure else line.message for name, line in lines if line.state != "done"
    }
    return {name: why for name, why in said.items() if why}


def fetch(desk: Desk, order: Order) -> Iterator[Progress]:
    """Bring everything in; what is here already is not asked for again, and what fails does not stop the rest."""
    missing = []
    for wanted in order.wanted:
        here = _here(desk, wanted)
        if here:
            _attach(desk, order, wanted.item, here.id)
            _tidy(desk, here)
            yield _skipped(wanted, here)
        else:
            missing.append(wanted)
    if missing:
        yield from _brought(desk, order, missing)


def _brought(desk: Desk, order: Order, missing: Sequence[Wanted]) -> Iterator[Progress]:
    from kb.reading.parser import ParserChild

    yield Progress(what="start", stage="find", source="", total=len(missing), message=f"fetching {len(missing)}")
    with ParserChild() as checker:

        def opens(path: Path) -> None:
            checker.inspect(path)

        guard = Guard(allow_private=order.allow_private)
        queue = FetchQueue(desk.home, arxiv_client(desk), web_guard=guard, check_pdf=opens)
        with Ahead(queue.run(missing)) as coming:
            for event in coming:
                if isinstance(event, Arrived):
                    yield from _taken(desk, order, queue, event)
                elif event.what in ("start", "step", "failed") or event.stage == "find":
                    yield event


def _taken(desk: Desk, order: Order, queue: FetchQueue, arrived: Arrived) -> Iterator[Progress]:
    """Take one file in; an error is noted in the journal, so that ``--retry-failed`` knows of it."""
    draft = order.drafts.get(arrived.item) or arrived.draft
    found = Found(
        path=arrived.path,
        kind=arrived.kind,
        asked=arrived.item,
        source=arrived.source,
        label=arrived.label,
        draft=draft,
    )
    try:
        for event in take_file(desk, found):
            if event.paper:
                _attach(desk, order, arrived.item, event.paper)
                queue.done(arrived.item, event.paper)
            yield event
    except KbError as error:
        yield queue.failed(arrived.item, error)


def _attach(desk: Desk, order: Order, item: str, paper_id: str) -> None:
    for list_id, entry_id in order.entries.get(item, ()):
        desk.shelves.attach(list_id, entry_id, paper_id)


def _here(desk: Desk, wanted: Wanted) -> Paper | None:
    """The paper, where what is asked for (or any version of it, where none is named) has its file in the library."""
    if wanted.way.kind == "browser":
        return None
    if wanted.way.kind == "web":
        draft = PaperDraft(title="", url=wanted.item)
        paper = desk.papers.match(draft)
        return paper if paper and desk.papers.versions(paper.id) else None
    asked = identify(wanted.item)
    paper = desk.papers.match(PaperDraft(title="", arxiv_id=asked.value))
    if paper is None:
        return None
    labels = {version.label for version in desk.papers.versions(paper.id)}
    label = f"v{asked.version}" if asked.version else None
    return paper if label in labels or (label is None and labels) else None


def _tidy(desk: Desk, paper: Paper) -> None:
    """Remove downloads that were taken in just before the program was stopped."""
    for version in desk.papers.versions(paper.id):
        for item in filter(None, (paper.arxiv_id, f"{paper.arxiv_id}{version.label}", paper.url)):
            forget(desk.home.incoming, item)


def _skipped(wanted: Wanted, paper: Paper) -> Progress:
    return Progress(
        what="skipped",
        stage="find",
        source=wanted.item,
        paper=paper.id,
        title=paper.title,
        message="already in the library",
    )
