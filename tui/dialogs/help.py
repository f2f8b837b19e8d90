"""The keys that work where the reader is."""

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import in_scopes
from tui.text.wrap import wrap
from tui.widgets.folded_view import FoldedView, Line

PLACES: dict[str, tuple[str, ...]] = {
    "library": ("library", "list", "app"),
    "reader": ("text", "reader", "notes", "list", "pass", "form", "app"),
    "search": ("search", "app"),
    "notes": ("all-notes", "list", "sides", "quotes", "form", "app"),
    "agendas": ("agendas", "list", "sides", "form", "app"),
    "reproductions": ("reproductions", "list", "run-form", "app"),
    "review": ("review", "list", "app"),
}
KEYS_WIDTH = 14


class HelpLines(FoldedView):
    """Headings, and keys with what they do."""

    def __init__(self, groups: list[tuple[str, list[tuple[str, str]]]]) -> None:
        super().__init__(id="help-lines")
        self._groups = groups

    def fold(self, width: int) -> list[Line]:
        """All groups at a width."""
        room = max(20, width - KEYS_WIDTH - 4)
        return [line for title, rows in self._groups for line in self._group(title, rows, room)]

    def _group(self, title: str, rows: list[tuple[str, str]], room: int) -> list[Line]:
        lines = [("#", title)]
        for keys, says in rows:
            parts = wrap(says, room, room)
            lines += [(keys if number == 0 else "", says[a:b]) for number, (a, b) in enumerate(parts)]
        return [*lines, ("", "")]

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """A heading, or keys and what they do."""
        keys, says = self._lines[row]
        if keys == "#":
            return [[Segment(f" {says}", self.part("strong"))]]
        return [[Segment(f"  {keys:<{KEYS_WIDTH}}", self.part("accent")), Segment(says, self.part("plain"))]]


class HelpScreen(ModalScreen[None]):
    """A list of keys over the screen that it explains."""

    CSS_PATH = "../styles/dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1", "dismiss(None)", "Close")]

    def __init__(self, mode: str, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._groups = in_scopes(PLACES[mode], keys)

    def compose(self) -> ComposeResult:
        """Title and keys."""
        with Vertical(id="help"):
            yield Static("Keys that work here    escape closes", id="help-title", markup=False)
            yield HelpLines(self._groups)
