"""The places of the application, each imported when it is first shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.command import Provider
from textual.screen import Screen

if TYPE_CHECKING:
    from tui.screens.base import ModeScreen


def library() -> "ModeScreen":
    """Lists and papers."""
    from tui.screens.library import LibraryScreen

    return LibraryScreen()


def reader() -> "ModeScreen":
    """The paper that is open."""
    from tui.screens.reader.screen import ReaderScreen

    return ReaderScreen()


def search() -> "ModeScreen":
    """Searching everything."""
    from tui.screens.search.screen import SearchScreen

    return SearchScreen()


def notes() -> "ModeScreen":
    """All notes."""
    from tui.screens.all_notes import AllNotesScreen

    return AllNotesScreen()


def agendas() -> "ModeScreen":
    """Agendas and beliefs."""
    from tui.screens.agendas.screen import AgendasScreen

    return AgendasScreen()


def reproductions() -> "ModeScreen":
    """Small experiments and their runs."""
    from tui.screens.reproductions.screen import ReproductionsScreen

    return ReproductionsScreen()


def review() -> "ModeScreen":
    """What the reader chose to come back to."""
    from tui.screens.review import ReviewScreen

    return ReviewScreen()


MODES: dict[str, str | Callable[[], Screen[Any]]] = {
    "library": library, "reader": reader, "search": search, "notes": notes, "agendas": agendas,
    "reproductions": reproductions, "review": review,
}  # fmt: skip


def actions_provider() -> type[Provider]:
    """Commands."""
    from tui.palette import ActionCommands

    return ActionCommands


def papers_provider() -> type[Provider]:
    """Papers."""
    from tui.palette import PaperCommands

    return PaperCommands


def lists_provider() -> type[Provider]:
    """Reading lists and their weeks."""
    from tui.palette import ListCommands

    return ListCommands


def agendas_provider() -> type[Provider]:
    """Agendas."""
    from tui.palette import AgendaCommands

    return AgendaCommands


def notes_provider() -> type[Provider]:
    """Notes."""
    from tui.palette import NoteCommands

    return NoteCommands


def providers() -> set[type[Provider] | Callable[[], type[Provider]]]:
    """What the command palette searches."""
    return {actions_provider, papers_provider, lists_provider, agendas_provider, notes_provider}
