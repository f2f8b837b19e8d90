"""What the engine can do: each job is a generator of small steps, so that a search can go in between."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

from kb.config import Home
from kb.desk import Desk
from kb.engine import reproducing
from kb.engine.protocol import Steps
from kb.finding import Finder
from kb.models.progress import Progress

LAYOUT_SHARE = 1
"""Papers whose layout is read without being asked, each time the engine has nothing else to do."""


def search(finder: Finder, payload: dict[str, Any]) -> Steps:
    """One search; its only step is its result."""
    yield finder.search(**payload).model_dump(mode="json")


def like(finder: Finder, desk: Desk, payload: dict[str, Any]) -> Steps:
    """What is near in meaning to a passage, a note, a paper or a selection; its only step is its result."""
    from kb.likeness import likeness, selection

    asked, how = payload["like"], {name: value for name, value in payload.items() if name != "like"}
    start = likeness(desk, asked) if isinstance(asked, str) else selection(desk, **asked)
    yield finder.like(start.text, but=start.but, **how).model_dump(mode="json")


def sides(finder: Finder, payload: dict[str, Any]) -> Steps:
    """Passages that may speak for a claim and against it; its only step is its result."""
    from kb.suggesting import sides_of

    yield sides_of(finder, **payload).model_dump(mode="json")


def saved(finder: Finder, desk: Desk) -> Steps:
    """How many new hits each saved search has."""
    from kb.keeping import news_of_saved

    yield {"news": news_of_saved(desk.home, finder)}


def index(desk: Desk) -> Steps:
    """Bring the index of meaning up to date."""
    from kb.indexing import drain

    yield from _told(drain(desk.home, desk.record, desk.texts, desk.embedder, slice_size=8))


def waits(desk: Desk) -> bool:
    """Whether something waits to be indexed, and nobody is at it."""
    from kb.indexing import backlog
    from kb.recall.lock import is_held

    return backlog(desk.record, desk.texts) > 0 and not is_held(desk.home)


def layout(desk: Desk, payload: dict[str, Any]) -> Steps:
    """Read the typed layout of one version."""
    from kb.ingest import read_layout

    yield from _told(read_layout(desk, payload["version"]))


def add(desk: Desk, payload: dict[str, Any]) -> Steps:
    """Bring files or arXiv papers in."""
    from kb.ingest import add as bring_in

    yield from _told(bring_in(desk, payload["sources"]))


def fetch(desk: Desk, payload: dict[str, Any]) -> Steps:
    """Fetch a list, or a week of it."""
    from kb.ingest import fetch as bring_in

    yield from _told(bring_in(desk, payload["lists"], week=payload.get("week"), core=bool(payload.get("core"))))


def crop(desk: Desk, payload: dict[str, Any]) -> Steps:
    """A part of a page as a PNG file: ``version``, ``page``, ``box`` (edges, or nothing for the page), ``dpi``."""
    from kb.cropping import crop as cut_out
    from kb.models.text import Box

    edges = payload.get("box")
    box = Box.model_validate({**edges, "page": payload["page"]}) if edges else None
    path = cut_out(desk, payload["version"], payload["page"], box, dpi=payload.get("dpi", 150))
    yield {"path": str(path), "page": payload["page"], "box": edges}


def export(desk: Desk, payload: dict[str, Any]) -> Steps:
    """The summary of one paper as a Markdown file among the exports."""
    from kb.export.gather import gather_paper
    from kb.export.markdown import render_markdown
    from kb.export.write import write_file

    paper = desk.papers.get(payload["paper"])
    desk.home.exports.mkdir(parents=True, exist_ok=True)
    written = write_file(
        desk.home.exports / f"{paper.key}.md", render_markdown(gather_paper(desk.record, paper.id)), "markdown"
    )
    yield {"path": str(written.path), "outcome": written.outcome}


def reasons(desk: Desk) -> Steps:
    """Why some papers have no text here."""
    from kb.fetching import reasons as told

    yield {"reasons": told(desk)}


def sync(desk: Desk) -> Steps:
    """Take over reading lists that have changed."""
    from kb.shelving import sync_lists

    yield {"changed": sync_lists(desk)}


def repair(desk: Desk) -> Steps:
    """Parse what has no text yet, such as after a kill or after ``derived`` was deleted."""
    from kb.ingest import rebuild_texts

    yield from _told(rebuild_texts(desk))


def _told(events: Iterator[Progress]) -> Steps:
    for event in events:
        yield event.model_dump(mode="json")


SEARCHES: dict[str, Callable[[Finder, Desk, dict[str, Any]], Steps]] = {
    "search": lambda finder, desk, payload: search(finder, payload),
    "like": like,
    "sides": lambda finder, desk, payload: sides(finder, payload),
    "saved": lambda finder, desk, payload: saved(finder, desk),
}
"""Questions of one step, which go before all other work."""

JOBS: dict[str, Callable[[Desk, dict[str, Any]], Steps]] = {
    "index": lambda desk, payload: index(desk),
    "layout": layout,
    "add": add,
    "fetch": fetch,
    "crop": crop,
    "export": export,
    "reasons": lambda desk, payload: reasons(desk),
    "sync": lambda desk, payload: sync(desk),
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
