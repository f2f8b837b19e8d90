"""One card at a time, folded to the width that there is."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style

from tui.widgets.folded_view import FoldedView, Line, folded


class CardView(FoldedView):
    """Lines, each in the ink that it names."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._told: tuple[Line, ...] = ()

    def fill(self, lines: Iterable[Line]) -> None:
        """Show these lines from the first."""
        told = tuple(lines)
        if told != self._told:
            self._told = told
            self._width = 0
            self.scroll_home(animate=False)
            self.rows_changed(0)

    def fold(self, width: int) -> list[Line]:
        """A blank line, and the card under it."""
        room = max(10, min(width, 100) - 4)
        return [("plain", ""), *(piece for line in self._told for piece in folded(line, room))]

    def _row_style(self, row: int) -> Style:
        """A card that is only looked at has no cursor."""
        return super()._row_style(row) if self.has_focus else self.base_style

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line in its ink."""
        color, text = self._lines[row]
        return [[Segment(f"  {text}", self.part(color))]]
