"""From arXiv and the web into the library: one polite queue brings files, each is taken in while the next is coming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import KbError
from kb.ingest.files import IncomingFile, take_file
from kb.models.paper import Paper, PaperDraft
from kb.models.progress import Progress
from kb.sources.arxiv import ArxivClient, client_for
from kb.sources.fetch_queue import FetchQueue, forget
from kb.sources.host_guard import Guard
from kb.sources.journal import Journal
from kb.sources.prefetch import Prefetcher
from kb.sources.registry import source_named
from kb.sources.source import Arrived, FetchItem
from kb.workspace import Workspace


@dataclass
class FetchRequest:
    """What a reader wants fetched, and what is known of it beforehand."""

    wanted: list[FetchItem] = field(default_factory=list)
    drafts: dict[str, PaperDraft] = field(default_factory=dict)
    """By item: what a list says of a post or page."""
    entries: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By item: the lists and entries that it is for."""
    allow_private: bool = False


def arxiv_client(workspace: Workspace) -> ArxivClient:
    """A client at this machine's pace."""
    return client_for(workspace.home.settings)


def journal_of(workspace: Workspace) -> Journal:
    """What became of everything that was ever fetched into this home."""
    return Journal(workspace.home.root / "fetch.jsonl")


def reasons(workspace: Workspace) -> dict[str, str]:
    """Why things that were asked for have no text here, by arXiv id or address."""
    lines = journal_of(workspace).items().items()
    said = {
        name: line.failure.message if line.failure else line.message for name, line in lines if line.state != "done"
    }
    return {name: why for name, why in said.items() if why}


def fetch(workspace: Workspace, order: FetchRequest) -> Iterator[Progress]:
    """Bring everything in; what is here already is not asked for again, and what fails does not stop the rest."""
    missing = []
    for wanted in order.wanted:
        here = _here(workspace, wanted)
        if here:
            _attach(workspace, order, wanted.item, here.id)
            _tidy(workspace, here)
            yield _skipped(wanted, here)
        else:
            missing.append(wanted)
    if missing:
        yield from _brought(workspace, order, missing)


def _brought(workspace: Workspace, order: FetchRequest, missing: Sequence[FetchItem]) -> Iterator[Progress]:
    from kb.reading.parser import ParserChild

    yield Progress(what="start", stage="find", source="", total=len(missing), message=f"fetching {len(missing)}")
    with ParserChild() as checker:

        def opens(path: Path) -> None:
            checker.inspect(path)

        guard = Guard(allow_private=order.allow_private)
        queue = FetchQueue(workspace.home, web_guard=guard, check_pdf=opens)
        with Prefetcher(queue.run(missing)) as coming:
            for event in coming:
                if isinstance(event, Arrived):
                    yield from _taken(workspace, order, queue, event)
                elif event.what in ("start", "step", "failed") or event.stage == "find":
                    yield event


def _taken(workspace: Workspace, order: FetchRequest, queue: FetchQueue, arrived: Arrived) -> Iterator[Progress]:
    """Take one file in; an error is noted in the journal, so that ``--retry-failed`` knows of it."""
    draft = order.drafts.get(arrived.item) or arrived.draft
    found = IncomingFile(
        path=arrived.path,
        kind=arrived.kind,
        asked=arrived.item,
        source=arrived.source,
        label=arrived.label,
        draft=draft,
    )
    try:
        for event in take_file(workspace, found):
            if event.paper:
                _attach(workspace, order, arrived.item, event.paper)
                queue.done(arrived.item, event.paper)
            yield event
    except KbError as error:
        yield queue.failed(arrived.item, error)


def _attach(workspace: Workspace, order: FetchRequest, item: str, paper_id: str) -> None:
    for list_id, entry_id in order.entries.get(item, ()):
        workspace.reading_lists.attach(list_id, entry_id, paper_id)


def _here(workspace: Workspace, wanted: FetchItem) -> Paper | None:
    """The paper, where what is asked for (or any version of it, where none is named) has its file in the library."""
    sought = source_named(wanted.way.kind).sought(wanted.item)
    paper = workspace.papers.match(sought.draft) if sought else None
    if sought is None or paper is None:
        return None
    labels = {version.label for version in workspace.papers.versions(paper.id)}
    return paper if sought.label in labels or (not sought.label and labels) else None


def _tidy(workspace: Workspace, paper: Paper) -> None:
    """Remove downloads that were taken in just before the program was stopped."""
    for version in workspace.papers.versions(paper.id):
        for item in filter(None, (paper.arxiv_id, f"{paper.arxiv_id}{version.label}", paper.url)):
            forget(workspace.home.incoming, item)


def _skipped(wanted: FetchItem, paper: Paper) -> Progress:
    return Progress(
        what="skipped",
        stage="find",
        source=wanted.item,
        paper=paper.id,
        title=paper.title,
        message="already in the library",
    )
