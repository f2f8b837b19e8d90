"""Plain text in a pane of its own: titles, abstracts and previews, with nothing in them obeyed."""

from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style

from tui.text.plain import plain
from tui.text.wrap import wrap
from tui.widgets.cells import marked, merged
from tui.widgets.line_view import LineView

TOP = 1
"""Empty lines above the text."""

Row = tuple[str, bool, list[tuple[int, int]]]
"""A line's text, whether it is a heading, and what is marked in it."""


class Detail(LineView, can_focus=False):
    """Wrapped text; a line that begins with ``# `` is drawn as a heading, some ranges can be marked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._text = ""
        self._marks: list[tuple[int, int]] = []
        self._lines: list[Row] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """How many lines the text has."""
        return len(self._lines)

    def write(self, text: str, marks: "tuple[tuple[int, int], ...]" = ()) -> None:
        """Show this text from its top."""
        if (text, list(marks)) != (self._text, self._marks):
            self._text, self._marks = text, list(marks)
            before, was_at_top = self._lines, self.scroll_offset.y == 0
            self._set_lines()
            self.scroll_home(animate=False)
            if before and was_at_top:
                self._draw_what_differs(before)
            else:
                self.rows_changed(0)

    def _draw_what_differs(self, before: "list[Row]") -> None:
        """Most of a pane stays empty from one paper to the next, and need not be drawn again."""
        differ = [row for row, (old, new) in enumerate(zip_longest(before, self._lines)) if old != new]
        self._strips.clear()
        self._measure()
        if differ:
            self.refresh_lines(differ[0], differ[-1] - differ[0] + 1)

    def show_mark(self) -> None:
        """Bring the first mark into view, where it is below what can be seen."""
        row = next((row for row, (_, _, marks) in enumerate(self._lines) if marks), 0)
        if row >= self.size.height:
            self.scroll_to(y=row - self.size.height // 3, animate=False)

    def _set_lines(self) -> None:
        self._width = self.size.width
        room = max(10, self._width - 3)
        self._lines = [("", False, [])] * TOP
        start = 0
        for raw, safe in zip(self._text.split("\n"), plain_paragraphs(self._text), strict=True):
            is_heading = safe.startswith("# ")
            shift = 2 if is_heading else 0
            for a, b in wrap(safe[shift:], room, room):
                at = start + shift + a
                inside = merged(
                    (max(0, m - at), min(b - a, n - at)) for m, n in self._marks if m < at + b - a and n > at
                )
                self._lines.append((safe[shift:][a:b], is_heading, inside))
            start += len(raw) + 1

    def _row_style(self, row: int) -> Style:
        return self.base_style

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._set_lines()
        super()._measure()

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line of the text."""
        text, is_heading, marks = self._lines[row]
        style = self.part("strong" if is_heading else "plain")
        return [[Segment(" "), *marked(text, marks, style, self.part("match"))]]


def plain_paragraphs(text: str) -> list[str]:
    """The text's lines, each made safe, as many as it has."""
    return [plain(line) for line in text.split("\n")]
