"""A list of any length of which only the visible lines are drawn."""

from collections.abc import Iterable
from itertools import product
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.actions import bindings
from tui.widgets.cells import legible
from tui.widgets.drawn_lines import KEPT_LINES, DrawnLines


class LineView(DrawnLines, can_focus=True, inherit_bindings=False):
    """Rows under a cursor. A subclass says how many rows there are and how one is drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
    IS_LIVE: ClassVar[bool] = False
    """Whether the row under the cursor stands out without the focus, for a list that is driven from an input."""

    EMPTY: ClassVar[str] = ""
    """What stands in a list without rows: what to do, in a few words."""

    cursor: reactive[int] = reactive(0, init=False)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, view: "LineView", row: int) -> None:
            super().__init__()
            self.view = view
            self.row = row

        @property
        def control(self) -> "LineView":
            """The list whose cursor moved."""
            return self.view

    class Chosen(Moved):
        """The reader opened a row."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._strips: LRUCache[tuple[int, bool, bool], list[Strip]] = LRUCache(KEPT_LINES)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def row_height(self) -> int:
        """Lines of a row."""
        return 1

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """The lines of one row, as segments; padding and the cursor are added afterwards."""
        raise NotImplementedError

    def can_stand_on(self, row: int) -> bool:
        """Whether the cursor can stop at a row; headings between rows say no."""
        return True

    def rows_changed(self, cursor: int | None = None) -> None:
        """Draw everything again after the rows were replaced, with the cursor where asked."""
        self._strips.clear()
        self._measure()
        wanted = self.cursor if cursor is None else cursor
        self.set_reactive(LineView.cursor, self._nearest(wanted, 1))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    def row_changed(self) -> None:
        """Draw what is visible again, where rows look different but are as many as before."""
        self._strips.clear()
        self.refresh()

    def forget_lines(self) -> None:
        """Every row is drawn anew."""
        self._strips.clear()

    def redraw(self, rows: Iterable[int]) -> None:
        """Draw only these rows again, for they look different."""
        for row in rows:
            for is_cursor, has_focus in product((True, False), repeat=2):
                self._strips.discard((row, is_cursor, has_focus))
            self.refresh_lines(row * self.row_height, self.row_height)

    def validate_cursor(self, row: int) -> int:
        """Keep the cursor on a row that exists, and that it can stand on."""
        return self._nearest(row, 1 if row >= self.cursor else -1)

    def watch_cursor(self, before: int, now: int) -> None:
        """Bring the cursor into view and tell who listens; only the two rows that look different are drawn."""
        self._show_cursor()
        for row in (before, now):
            self.refresh_lines(row * self.row_height, self.row_height)
        self.post_message(self.Moved(self, self.cursor))

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        row, line = divmod(y + self.scroll_offset.y, self.row_height)
        width = self.size.width
        if self.EMPTY and not self.row_count and y == 1:
            hint = Segment(f" {self.EMPTY}", self.part("dim"))
            return Strip([hint]).adjust_cell_length(width, self.base_style).apply_style(self.base_style)
        if row >= self.row_count or width <= 0:
            return Strip.blank(width, self.base_style)
        key = (row, row == self.cursor, self.has_focus)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = self._finish(row, width)
        return strips[line] if line < len(strips) else Strip.blank(width, self._row_style(row))

    def _finish(self, row: int, width: int) -> list[Strip]:
        style = self._row_style(row)
        strips = [
            Strip(segments).adjust_cell_length(width, style).apply_style(style)
            for segments in self.draw_row(row, width)
        ]
        return [legible(strip) for strip in strips] if row == self.cursor else strips

    def _row_style(self, row: int) -> Style:
        if row != self.cursor:
            return self.base_style
        return self.base_style + self.part("row" if self.has_focus or self.IS_LIVE else "row-away")

    def _nearest(self, row: int, step: int) -> int:
        count = self.row_count
        at = min(max(row, 0), count - 1)
        for direction in (step, -step):
            probe = at
            while 0 <= probe < count:
                if self.can_stand_on(probe):
                    return probe
                probe += direction
        return 0

    def _measure(self) -> None:
        self.set_height(self.row_count * self.row_height)

    def _show_cursor(self) -> None:
        top = self.cursor * self.row_height
        self.scroll_to_region(Region(0, top, 1, self.row_height), animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Rows are as wide as the window."""
        self._strips.clear()
        self._measure()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._strips.clear()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The pressed row becomes the cursor's; a second press on it opens it."""
        row = (event.y + self.scroll_offset.y) // self.row_height
        if row < self.row_count and self.can_stand_on(row):
            if row == self.cursor and self.has_focus:
                self.action_choose()
            self.cursor = row

    def action_down(self) -> None:
        """Next row."""
        self.cursor += 1

    def action_up(self) -> None:
        """Previous row."""
        self.cursor -= 1

    def action_page_down(self) -> None:
        """One screenful down."""
        self.cursor += max(1, self.size.height // self.row_height - 1)

    def action_page_up(self) -> None:
        """One screenful up."""
        self.cursor -= max(1, self.size.height // self.row_height - 1)

    def action_first(self) -> None:
        """First row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Last row."""
        self.cursor = self.row_count - 1

    def action_choose(self) -> None:
        """Open the row."""
        if self.row_count:
            self.post_message(self.Chosen(self, self.cursor))
