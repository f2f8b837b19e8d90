"""A page of paragraphs, each with its kind, that is scrolled rather than walked through."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style

from tui.text.plain import plain
from tui.widgets.folded_view import FoldedView, Line, folded

COLORS = {
    "title": "title", "heading": "heading", "text": "plain", "dim": "dim",
    "good": "for", "bad": "against", "open": "match", "plot": "plain",
}  # fmt: skip


class ReportView(FoldedView):
    """Paragraphs folded to the width; plots are not folded, headings stand apart."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._told: tuple[Line, ...] = ()

    @property
    def room(self) -> int:
        """How wide a plot may be."""
        return max(40, self.size.width - 3)

    def write(self, lines: Sequence[Line], *, keep: bool = False) -> None:
        """Show this page from its top, or where the reader is in it."""
        told = tuple((kind, text) for kind, text in lines)
        if told == self._told:
            return
        self._told, self._width = told, 0
        if keep:
            self._measure()
            self.row_changed()
        else:
            self.scroll_home(animate=False)
            self.rows_changed(0)

    def fold(self, width: int) -> list[Line]:
        """The paragraphs at a width."""
        return [piece for line in self._told for piece in laid_out(line, max(10, width - 3))]

    def _row_style(self, row: int) -> Style:
        return self.base_style

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line in its ink."""
        kind, text = self._lines[row]
        return [[Segment(f" {text}", self.part(COLORS.get(kind, "plain")))]]

    def action_down(self) -> None:
        """A line down."""
        self.scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        """A line up."""
        self.scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)

    def action_page_up(self) -> None:
        """A screenful up."""
        self.scroll_relative(y=-max(1, self.size.height - 2), animate=False)

    def action_first(self) -> None:
        """To the top."""
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the end."""
        self.scroll_end(animate=False)


def laid_out(line: Line, room: int) -> list[Line]:
    """A paragraph's lines, each with the indent of the first; an empty line before a heading."""
    kind, text = line
    if kind == "plot":
        return [(kind, plain(text))]
    pieces = folded(line, room)
    return [("text", ""), *pieces] if kind == "heading" else pieces
