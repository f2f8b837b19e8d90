"""A picture drawn with half blocks, two pixels a cell: it works in every terminal that has colours."""

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

LARGEST = 12.0
"""How many times the window's width a picture can be zoomed to."""
MOST_CELLS = 1_000_000
"""Cells of a zoomed picture: a tall one is zoomed less."""


class HalfBlocks(ScrollView, can_focus=True):
    """A picture as wide as the window, or wider, moved about in with the arrow keys."""

    def __init__(self, path: str) -> None:
        super().__init__(id="half-blocks")
        from PIL import Image

        with Image.open(path) as image:
            self._image = image.convert("RGB")
        self._zoom = 1.0
        self._rows: list[bytes] = []
        self._width = 0
        self._strips: dict[int, Strip] = {}

    def on_resize(self, event: events.Resize) -> None:
        """As wide as the window."""
        self._fit()

    def zoom(self, factor: float) -> None:
        """Larger or smaller around the middle of the window."""
        middle = (self.scroll_offset.x + self.size.width / 2, self.scroll_offset.y + self.size.height / 2)
        before = self._width
        self._zoom = min(LARGEST, max(self._whole, self._zoom * factor))
        self.set_class(self._zoom > 1, "-zoomed")
        self._fit()
        grown = self._width / max(1, before)
        x, y = (at * grown - half / 2 for at, half in zip(middle, self.size, strict=True))
        self.scroll_to(max(0, x), max(0, y), animate=False, force=True)

    @property
    def _whole(self) -> float:
        """The zoom at which the whole picture is in the window."""
        wide, high = self._image.size
        return min(1.0, self.size.height * 2 * wide / max(1, high * self.size.width))

    def _fit(self) -> None:
        wide, high = self._image.size
        columns = max(1, round(self.size.width * self._zoom))
        columns = min(columns, int((MOST_CELLS * 2 * wide / max(1, high)) ** 0.5))
        rows = max(2, round(columns * high / wide / 2) * 2)
        pixels = self._image.resize((columns, rows), reducing_gap=2.0).tobytes()
        step = columns * 3
        self._width, self._rows = columns, [pixels[at : at + step] for at in range(0, len(pixels), step)]
        self._strips = {}
        self.virtual_size = Size(columns, rows // 2)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of cells: the upper pixel as the foreground, the lower as the background."""
        row = y + self.scroll_offset.y
        if 2 * row + 1 >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        strip = self._strips.get(row)
        if strip is None:
            strip = self._strips[row] = self._drawn(self._rows[2 * row], self._rows[2 * row + 1])
        left = self.scroll_offset.x
        return strip.crop(left, left + self.size.width).adjust_cell_length(self.size.width, self.rich_style)

    def _drawn(self, upper: bytes, lower: bytes) -> Strip:
        segments = []
        for at in range(0, len(upper), 3):
            style = Style(color=Color.from_rgb(*upper[at : at + 3]), bgcolor=Color.from_rgb(*lower[at : at + 3]))
            segments.append(Segment("▀", style))
        return Strip(segments, self._width)
