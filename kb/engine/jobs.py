"""What the engine can do: each job is a generator of small steps, so that a search can go in between."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

from kb.config import Home
from kb.engine import reproducing
from kb.engine.protocol import Steps
from kb.models.progress import Progress
from kb.search.search_engine import SearchEngine
from kb.workspace import Workspace

LAYOUT_SHARE = 1
"""Papers whose layout is read without being asked, each time the engine has nothing else to do."""


def search(search_engine: SearchEngine, payload: dict[str, Any]) -> Steps:
    """One search; its only step is its result."""
    yield search_engine.search(**payload).model_dump(mode="json")


def like(search_engine: SearchEngine, workspace: Workspace, payload: dict[str, Any]) -> Steps:
    """What is near in meaning to a passage, a note, a paper or a selection; its only step is its result."""
    from kb.search.similar import likeness, selection

    asked, how = payload["like"], {name: value for name, value in payload.items() if name != "like"}
    start = likeness(workspace, asked) if isinstance(asked, str) else selection(workspace, **asked)
    yield search_engine.like(start.text, but=start.but, **how).model_dump(mode="json")


def sides(search_engine: SearchEngine, payload: dict[str, Any]) -> Steps:
    """Passages that may speak for a claim and against it; its only step is its result."""
    from kb.search.claim_sides import sides_of

    yield sides_of(search_engine, **payload).model_dump(mode="json")


def saved(search_engine: SearchEngine, workspace: Workspace) -> Steps:
    """How many new hits each saved search has."""
    from kb.search.saved import news_of_saved

    yield {"news": news_of_saved(workspace.home, search_engine)}


def index(workspace: Workspace) -> Steps:
    """Bring the index of meaning up to date."""
    from kb.indexing.drain import drain

    yield from _told(drain(workspace.home, workspace.record, workspace.texts, workspace.embedder, slice_size=8))


def waits(workspace: Workspace) -> bool:
    """Whether something waits to be indexed, and nobody is at it."""
    from kb.indexing.drain import backlog
    from kb.recall.lock import is_held

    return backlog(workspace.record, workspace.texts) > 0 and not is_held(workspace.home)


def layout(workspace: Workspace, payload: dict[str, Any]) -> Steps:
    """Read the typed layout of one version."""
    from kb.ingest.pipeline import read_layout

    yield from _told(read_layout(workspace, payload["version"]))


def add(workspace: Workspace, payload: dict[str, Any]) -> Steps:
    """Bring files or arXiv papers in."""
    from kb.ingest.pipeline import add as bring_in

    yield from _told(bring_in(workspace, payload["sources"]))


def fetch(workspace: Workspace, payload: dict[str, Any]) -> Steps:
    """Fetch a list, or a week of it."""
    from kb.ingest.pipeline import fetch as bring_in

    yield from _told(bring_in(workspace, payload["lists"], week=payload.get("week"), core=bool(payload.get("core"))))


def crop(workspace: Workspace, payload: dict[str, Any]) -> Steps:
    """A part of a page as a PNG file: ``version``, ``page``, ``box`` (edges, or nothing for the page), ``dpi``."""
    from kb.export.page_images import crop as cut_out
    from kb.models.text import Box

    edges = payload.get("box")
    box = Box.model_validate({**edges, "page": payload["page"]}) if edges else None
    path = cut_out(workspace, payload["version"], payload["page"], box, dpi=payload.get("dpi", 150))
    yield {"path": str(path), "page": payload["page"], "box": edges}


def export(workspace: Workspace, payload: dict[str, Any]) -> Steps:
    """The summary of one paper as a file among the exports."""
    from kb.export.service import summary_of_paper

    written = summary_of_paper(workspace, payload["paper"])
    yield {"path": str(written.path), "outcome": written.outcome}


def reasons(workspace: Workspace) -> Steps:
    """Why some papers have no text here."""
    from kb.ingest.fetch import reasons as told

    yield {"reasons": told(workspace)}


def sync(workspace: Workspace) -> Steps:
    """Take over reading lists that have changed."""
    from kb.ingest.list_sync import sync_lists

    yield {"changed": sync_lists(workspace)}


def repair(workspace: Workspace) -> Steps:
    """Parse what has no text yet, such as after a kill or after ``derived`` was deleted."""
    from kb.ingest.pipeline import rebuild_texts

    yield from _told(rebuild_texts(workspace))


def _told(events: Iterator[Progress]) -> Steps:
    for event in events:
        yield event.model_dump(mode="json")


SEARCHES: dict[str, Callable[[SearchEngine, Workspace, dict[str, Any]], Steps]] = {
    "search": lambda search_engine, workspace, payload: search(search_engine, payload),
    "like": like,
    "sides": lambda search_engine, workspace, payload: sides(search_engine, payload),
    "saved": lambda search_engine, workspace, payload: saved(search_engine, workspace),
}
"""Questions of one step, which go before all other work."""

JOBS: dict[str, Callable[[Workspace, dict[str, Any]], Steps]] = {
    "index": lambda workspace, payload: index(workspace),
    "layout": layout,
    "add": add,
    "fetch": fetch,
    "crop": crop,
    "export": export,
    "reasons": lambda workspace, payload: reasons(workspace),
    "sync": lambda workspace, payload: sync(workspace),
    "attach": reproducing.attach,
}
"""Jobs that a request names, apart from searches."""

ASIDE: dict[str, Callable[[Home, dict[str, Any], Event], Steps]] = {
    "reproduce": reproducing.reproduce,
    "sweep": reproducing.sweep,
}
"""Jobs that only wait for processes of their own; the request ``halt`` stops them."""

AT_ONCE: dict[str, Callable[[Home, dict[str, Any]], Steps]] = {
    "reproductions": lambda home, payload: reproducing.catalogue(home),
    "reproduction": reproducing.page,
}
"""Questions that are answered from a few files, whatever else is going on."""

AFTERWARDS = frozenset({"layout", "add", "fetch", "attach"})
"""Jobs after which there is something new to index."""
