"""One card at a time, folded to the width that there is."""

from collections.abc import Iterable

from rich.segment import Segment

from tui.screens.sheet import folded
from tui.widgets.line_view import LineView

Line = tuple[str, str]


class CardView(LineView):
    """Lines, each in the ink that it names."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._told: tuple[Line, ...] = ()
        self._lines: list[Line] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """How many lines there are at this width."""
        return len(self._lines)

    def fill(self, lines: Iterable[Line]) -> None:
        """Show these lines from the first."""
        told = tuple(lines)
        if told != self._told:
            self._told = told
            self._width = 0
            self.scroll_home(animate=False)
            self.rows_changed(0)

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._width = self.size.width
            room = max(10, min(self._width, 100) - 4)
            self._lines = [("plain", "")] + [piece for line in self._told for piece in folded(line, room)]
        super()._measure()

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line in its ink."""
        ink, text = self._lines[row]
        return [[Segment(f"  {text}", self.part(ink))]]
