"""What lists and the text of a paper share: lines that are drawn once and kept, and colours worked out once."""

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.render.colors import color

KEPT_LINES = 128
"""Lines that stay drawn: some screenfuls, for each holds on to all the pieces that it was ever cut into."""
PARTS = 8
"""Parts of a cell in which the ends of a scroll bar are drawn."""


class DrawnLines(ScrollView, can_focus=True, inherit_bindings=False):
    """A window over lines that a subclass draws. It costs little to move, however many lines there are."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._base: Style | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they were drawn; Textual would style all of them anew whenever the window moves by one.

        What has a border or padding, or is seen through, is left to Textual.
        """
        if self.styles.gutter or self.opacity < 1:
            return super().render_lines(crop)
        width, background = self.outer_size.width, self.background_colors[1]
        strips = [self.render_line(y).adjust_cell_length(width, self.base_style) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips if crop.column_span == (0, width) else [strip.crop(*crop.column_span) for strip in strips]

    def forget_lines(self) -> None:
        """Let go of what was drawn; it is drawn again once it is looked at."""
        raise NotImplementedError

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw what is in the window now; the bar only where it looks different, which in a long list is seldom."""
        if self.show_vertical_scrollbar and self._bar_at(new_value) != self._bar_at(self.vertical_scrollbar.position):
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)

    def set_height(self, lines: int) -> None:
        """There are this many lines now. Only a scroll bar that comes or goes needs a new layout of the screen."""
        size, window = Size(self.size.width, max(lines, self.size.height)), self.container_size.height
        if not (self.show_vertical_scrollbar and size.height > window and size.width == self.virtual_size.width):
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(ScrollView.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
            self.scroll_to(y=self.scroll_y, animate=False, force=True)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = self.scroll_y

    def _bar_at(self, line: float) -> int:
        """Where the bar begins when this line is the first in the window, in parts of a cell."""
        cells, lines = self.size.height, self.virtual_size.height
        room = cells - max(1.0, cells * cells / max(1, lines))
        return int(line * room * PARTS / max(1, lines - cells))

    @property
    def base_style(self) -> Style:
        """The view's own colours, worked out once: Textual looks them up anew for every line."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def part(self, name: str) -> Style:
        """The theme's style for a part of a line."""
        return color(self.app, name)

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        super().notify_style_update()
        self._base = None
