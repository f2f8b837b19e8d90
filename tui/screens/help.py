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
from tui.widgets.line_view import LineView

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


class HelpLines(LineView):
    """Headings, and keys with what they do."""

    def __init__(self, groups: list[tuple[str, list[tuple[str, str]]]]) -> None:
        super().__init__(id="help-lines")
        self._groups = groups
        self._lines: list[tuple[str, str]] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._width = self.size.width
            self._lines = [line for title, rows in self._groups for line in self._group(title, rows)]
        super()._measure()

    def _group(self, title: str, rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
        lines = [("#", title)]
        room = max(20, self.size.width - KEYS_WIDTH - 4)
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
