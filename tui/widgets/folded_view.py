"""Text that is scrolled line by line, folded anew whenever the width is another."""

from tui.text.plain import plain
from tui.text.wrap import wrap
from tui.widgets.line_view import LineView

Line = tuple[str, str]
"""What a line is, and its text; what the text begins with in spaces is its indent."""


class FoldedView(LineView):
    """Lines that are made for one width and kept until there is another."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._width = 0
        """The width that the lines were made for; 0 makes them again."""

    @property
    def row_count(self) -> int:
        """How many lines there are at this width."""
        return len(self._lines)

    def fold(self, width: int) -> list[Line]:
        """The lines for a width."""
        raise NotImplementedError

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._width = self.size.width
            self._lines = self.fold(self._width)
        super()._measure()


def folded(line: Line, room: int) -> list[Line]:
    """The pieces of one line, each with the indent of the first."""
    kind, text = line
    safe = plain(text)
    indent = len(safe) - len(safe.lstrip(" "))
    body, space = safe[indent:], max(10, room - indent)
    return [(kind, " " * indent + body[start:end]) for start, end in wrap(body, space, space)]
