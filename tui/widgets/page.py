"""A page of paragraphs, each with its kind, that is scrolled rather than walked through."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style

from tui.text.plain import plain
from tui.text.wrap import wrap
from tui.widgets.line_view import LineView

Line = tuple[str, str]
"""The kind of a paragraph, and its text; what it begins with in spaces is its indent."""

INKS = {
    "title": "title", "heading": "heading", "text": "plain", "dim": "dim",
    "good": "for", "bad": "against", "open": "match", "plot": "plain",
}  # fmt: skip


class Page(LineView):
    """Paragraphs folded to the width; plots are not folded, headings stand apart."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._told: tuple[Line, ...] = ()
        self._lines: list[Line] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """How many lines there are at this width."""
        return len(self._lines)

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

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._width = self.size.width
            self._lines = [piece for line in self._told for piece in laid_out(line, max(10, self._width - 3))]
        super()._measure()

    def _row_style(self, row: int) -> Style:
        return self.base_style

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line in its ink."""
        kind, text = self._lines[row]
        return [[Segment(f" {text}", self.part(INKS.get(kind, "plain")))]]

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
    safe = plain(text)
    if kind == "plot":
        return [(kind, safe)]
    indent = len(safe) - len(safe.lstrip(" "))
    body, space = safe[indent:], max(10, room - indent)
    pieces = [(kind, " " * indent + body[start:end]) for start, end in wrap(body, space, space)]
    return [("text", ""), *pieces] if kind == "heading" else pieces
