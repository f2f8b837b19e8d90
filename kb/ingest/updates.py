"""What is new of the papers in the library, and what a newer version does to the notes that quote the older one."""

from collections.abc import Iterator

from kb.ingest.fetch import FetchRequest, arxiv_client, fetch
from kb.ingest.pipeline import place_notes
from kb.models.anchor import AnchorState
from kb.models.base import Value
from kb.models.paper import Paper
from kb.models.progress import Progress
from kb.sources.identify import identify
from kb.sources.registry import way_to
from kb.sources.source import FetchItem
from kb.sources.updates import Known, Update, updates
from kb.workspace import Workspace


class Touched(Value):
    """A note whose sentence stands otherwise in the version that is current now."""

    note: str
    headline: str
    state: AnchorState
    quote: str
    found: str
    """What stands there now; empty where nothing like it does."""


class News(Value):
    """One thing that is new of one paper, with the notes that it touches."""

    what: str
    paper: str
    title: str
    arxiv_id: str
    before: str
    after: str
    touched: tuple[Touched, ...] = ()


def look_for_news(workspace: Workspace) -> tuple[Update, ...]:
    """Ask arXiv about every paper that came from it, in batches; raises NetworkError where it is not reached."""
    known = {paper.arxiv_id: _known(workspace, paper) for paper in workspace.papers.all() if paper.arxiv_id}
    return tuple(updates(arxiv_client(workspace), known)) if known else ()


def _known(workspace: Workspace, paper: Paper) -> Known:
    versions = [version.number for version in workspace.papers.versions(paper.id)]
    return Known(paper=paper.id, title=paper.title, version=max(versions, default=0), doi=paper.doi)


def bring_versions(workspace: Workspace, found: tuple[Update, ...]) -> Iterator[Progress]:
    """Fetch newer versions beside the older ones, and find every quote again in them."""
    newer = [update for update in found if update.what == "version" and update.before]
    wanted = [FetchItem(way=way_to(identify(f"arxiv:{update.arxiv_id}{update.after}"))) for update in newer]
    yield from fetch(workspace, FetchRequest(wanted=wanted))
    for update in newer:
        place_notes(workspace, update.paper)


def take_metadata(workspace: Workspace, found: tuple[Update, ...]) -> None:
    """Take over DOIs that were published since."""
    for update in found:
        if update.what == "doi" and update.record:
            paper = workspace.papers.get(update.paper)
            draft = update.record.draft.model_copy(update={"title": paper.title})
            workspace.papers.update(update.paper, draft)


def news(workspace: Workspace, found: tuple[Update, ...]) -> tuple[News, ...]:
    """What was found, in words, with the notes whose sentence a newer version changed."""
    return tuple(
        News(
            what=update.what,
            paper=update.paper,
            title=workspace.papers.get(update.paper).title,
            arxiv_id=update.arxiv_id,
            before=update.before,
            after=update.after,
            touched=_touched(workspace, update) if update.what in ("version", "withdrawn") else (),
        )
        for update in found
    )


def _touched(workspace: Workspace, update: Update) -> tuple[Touched, ...]:
    unchanged = (AnchorState.EXACT, AnchorState.MOVED) if update.what == "version" else ()
    return tuple(
        Touched(note=note.id, headline=note.headline, state=anchor.state, quote=anchor.quote, found=anchor.found)
        for note in workspace.notes.all(paper=update.paper)
        for anchor in note.anchors
        if anchor.state not in unchanged
    )
