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
from tui.text.wrap import wrap
from tui.widgets.line_view import LineView

Line = tuple[str, str]
"""The name of an ink, and a text; what the text begins with in spaces is its indent."""


class SheetLines(LineView):
    """Lines folded to the width of the sheet."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(id="sheet-lines")
        self._told = tuple(lines)
        self._lines: list[Line] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """How many lines there are at this width."""
        return len(self._lines)

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._width = self.size.width
            self._lines = [piece for line in self._told for piece in folded(line, max(10, self._width - 3))]
        super()._measure()

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line in its ink."""
        ink, text = self._lines[row]
        return [[Segment(f" {text}", self.part(ink))]]


def folded(line: Line, room: int) -> list[Line]:
    """The pieces of one line, each with the indent of the first."""
    ink, text = line
    safe = plain(text)
    indent = len(safe) - len(safe.lstrip(" "))
    space = max(10, room - indent)
    body = safe[indent:]
    return [(ink, " " * indent + body[start:end]) for start, end in wrap(body, space, space)]


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
