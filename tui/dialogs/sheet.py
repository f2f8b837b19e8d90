"""Something to read over the screen, such as how a credence moved; escape puts it away."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.text.plain import plain
from tui.widgets.folded_view import FoldedView, Line, folded


class SheetLines(FoldedView):
    """Lines folded to the width of the sheet."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(id="sheet-lines")
        self._told = tuple(lines)

    def fold(self, width: int) -> list[Line]:
        """The lines at a width."""
        return [piece for line in self._told for piece in folded(line, max(10, width - 3))]

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line in its ink."""
        color, text = self._lines[row]
        return [[Segment(f" {text}", self.part(color))]]


class Sheet(ModalScreen[None]):
    """A title over lines that can be scrolled."""

    CSS_PATH = "../styles/sheets.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Close")]

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(id="sheet"):
            yield Static(f"{plain(self._title)}    escape closes", id="sheet-title", markup=False)
            yield SheetLines(self._lines)
