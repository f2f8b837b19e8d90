"""``kb papers``, ``kb show``, ``kb read`` and the status line: looking at what is there."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace
from kb.cli.search_options import as_query, with_filters

if TYPE_CHECKING:
    from kb.models.paper import Paper
    from kb.workspace import Workspace


OF_PAPERS = ("list", "week", "agenda", "concept", "state", "year", "author", "has")
"""Filters that tell papers apart; the others are of notes and passages."""


class PaperOrder(StrEnum):
    """Orders of the paper list."""

    ADDED = "added"
    TITLE = "title"
    YEAR = "year"
    STATE = "state"


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(papers)
    app.command()(show)
    app.command()(read)
    app.command("state")(set_state)
    app.command("open")(open_outside)


def open_screen(paper: str | None) -> int:
    """Open the screen, on a paper if one is named."""
    from kb.config import open_home
    from kb.launch.tui_launcher import open_screen as opened

    opened(open_home(), paper)
    return 0


def read(paper: Annotated[str | None, typer.Argument(help="A paper to open.")] = None) -> int:
    """Open the screen."""
    from kb.cli.console import has_screen
    from kb.errors import UsageError

    if not has_screen():
        raise UsageError("the screen needs a terminal", next="kb show PAPER --text")
    return open_screen(paper)


def open_outside(
    paper: Annotated[str, typer.Argument(help="A paper, post, talk or video.")],
    url: Annotated[bool, typer.Option("--url", help="Its address, even where a file of it is here.")] = False,
    as_json: Json = False,
) -> int:
    """Open a paper's file in the system's viewer, or its address in the browser."""
    from kb.cli.console import put_json, say
    from kb.errors import NotFoundError

    with workspace() as opened:
        found = opened.papers.find(paper)
        version = opened.papers.current(found.id)
        path = opened.home.paper_file(version.sha256, version.kind.value) if version else None
    target = str(path) if path and path.exists() and not url else found.url
    if not target:
        raise NotFoundError(f"{found.title} has neither a file here nor an address", next=f"kb show {found.key}")
    if as_json:
        put_json({"paper": found.id, "target": target})
    else:
        say(f"opening {target}")
        typer.launch(target)
    return 0


def status(as_json: bool) -> int:
    """Say where the library stands and what to do next."""
    from kb.cli.console import put, put_json

    with workspace() as opened:
        count, notes = len(opened.papers.all()), opened.notes.count()
        waiting, due = opened.outbox.backlog(), _due(opened)
    if as_json:
        put_json({"papers": count, "notes": notes, "waiting": waiting, "due": due})
        return 0
    put(f"Inside View: {count} papers, {notes} notes in {opened.home.root}")
    steps = "kb search WORDS · kb read" if count else "kb fetch spine-10h --week 1 · kb lists · kb add FILE.pdf"
    put(f"Next: {f'kb review ({due} due) · ' if due else ''}{steps} · kb --help")
    return 0


def _due(opened: "Workspace") -> int:
    """How many cards are to be reviewed; nothing is read of them where none was ever chosen."""
    from kb.library.reviews import Reviews

    if not Reviews(opened.record).log():
        return 0
    from kb.cli.review import deck_of

    return len(deck_of(opened).due())


@with_filters(*OF_PAPERS)
def papers(
    sort: Annotated[PaperOrder, typer.Option(help="The order.")] = PaperOrder.ADDED,
    as_json: Json = False,
    *,
    filters: Mapping[str, Sequence[str]],
) -> int:
    """List the papers in the library; what narrows them are the filters of a search."""
    from kb.cli.console import put_json, put_table, say
    from kb.library.note_list import NoteListing

    asked = as_query((), filters)
    with workspace() as opened:
        found = _narrowed(opened, asked)
        notes = NoteListing(opened.record).per_paper()
    if sort is not PaperOrder.ADDED:
        found = tuple(sorted(found, key=lambda paper: _in_order(getattr(paper, sort.value))))
    if as_json:
        rows = [
            {**paper.model_dump(mode="json"), "paper": paper.id, "notes": notes.get(paper.id, 0)} for paper in found
        ]
        put_json({"papers": rows})
    elif found:
        headers = ("key", "year", "state", "notes", "title")
        rows_ = [(p.key, p.year or "", p.state.value, notes.get(p.id, 0) or "", p.title) for p in found]
        put_table(headers, rows_, right=(1, 3))
    else:
        say("no papers" + (" like that" if asked else " yet") + ". Next: kb lists, or kb add FILE")
    return 0


def _narrowed(opened: "Workspace", asked: str) -> "tuple[Paper, ...]":
    """The papers that meet the filters: newest first, or in the order of the one list that is asked for."""
    from kb.cli.console import say
    from kb.cli.search_run import ready_for
    from kb.recall.query import wanted
    from kb.search.did_you_mean import remarks
    from kb.search.filters import allowed_items

    for remark in remarks(asked):
        say(remark)
    ready_for(opened.home, asked)
    allowed = allowed_items(opened.home, wanted(asked).filters)
    lists = [each.reading for each in allowed.read if each.name == "list"]
    in_order = opened.papers.all(list_id=lists[0]) if len(lists) == 1 and "," not in lists[0] else opened.papers.all()
    return tuple(paper for paper in in_order if allowed.papers is None or paper.id in allowed.papers)


def set_state(
    paper: Annotated[str, typer.Argument(help="A paper.")],
    state: Annotated[str, typer.Argument(help="unread, queued, skimmed, read, studied or reproduced.")],
    as_json: Json = False,
) -> int:
    """Say how far you have come with a paper."""
    from kb.cli.console import put_json, say

    with workspace() as opened:
        changed = opened.papers.set_state(opened.papers.find(paper).id, _state(state))
    if as_json:
        put_json({"paper": changed.id, "state": changed.state.value})
    else:
        say(f"{changed.title}: {changed.state.value}")
    return 0


def _in_order(value: Any) -> tuple[bool, str]:
    """What is not known comes last."""
    return value is None, str("" if value is None else value).casefold()


def _state(text: str) -> Any:
    from kb.errors import UsageError
    from kb.models.reading_state import ReadingState

    try:
        return ReadingState(text.lower())
    except ValueError:
        known = ", ".join(state.value for state in ReadingState)
        raise UsageError(f"no reading state is called {text!r}", f"there are {known}", "kb papers") from None


def show(
    paper: Annotated[str, typer.Argument(help="An id, key, arXiv id, or words of the title.")],
    sections: Annotated[bool, typer.Option("--sections", help="Only the section tree.")] = False,
    text: Annotated[bool, typer.Option("--text", help="The whole text.")] = False,
    refs: Annotated[bool, typer.Option("--refs", help="Only the references.")] = False,
    as_json: Json = False,
) -> int:
    """Show what is known of a paper."""
    from kb.cli import show_paper
    from kb.cli.console import put_json

    with workspace() as opened:
        found = opened.papers.find(paper)
        value = show_paper.as_json(opened, found, with_text=text)
    if as_json:
        put_json(value)
    elif sections:
        show_paper.print_sections(value)
    elif refs:
        show_paper.print_references(value)
    elif text:
        show_paper.print_text(value)
    else:
        show_paper.print_overview(value)
    return 0
