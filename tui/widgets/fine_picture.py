"""A picture in fine pixels, for terminals that draw them: whole at first, then as much of it as the window holds."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from tui.runtime import terminal_images

LARGEST = 12.0
"""How many times the whole picture's size it can be zoomed to."""
STEP = 0.25
"""The share of what is seen that one key moves over."""


class FinePicture(Container, can_focus=True):
    """The part of a picture that is looked at is cut out of it and drawn as large as the window."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1, 0)", "Left", show=False),
        Binding("right", "move(1, 0)", "Right", show=False),
        Binding("up", "move(0, -1)", "Up", show=False),
        Binding("down", "move(0, 1)", "Down", show=False),
        Binding("pageup", "move(0, -3)", "Page up", show=False),
        Binding("pagedown", "move(0, 3)", "Page down", show=False),
    ]

    def __init__(self, path: str) -> None:
        super().__init__(id="fine")
        from PIL import Image

        with Image.open(path) as image:
            self._image = image.convert("RGB")
        self._zoom = 1.0
        self._middle = (0.5, 0.5)
        self._part = (0, 0, *self._image.size)
        self._drawn: Widget = terminal_images.FINE(self._image)

    def compose(self) -> ComposeResult:
        """What draws the pixels."""
        yield self._drawn

    @property
    def part(self) -> tuple[int, int, int, int]:
        """The part of the picture that is seen: left, top, right and bottom in its pixels."""
        return self._part

    def on_resize(self, event: events.Resize) -> None:
        """Cut it out anew for the window."""
        self._show()

    def zoom(self, factor: float) -> None:
        """Larger or smaller around the middle of the window."""
        self._zoom = min(LARGEST, max(1.0, self._zoom * factor))
        self._show()

    def action_move(self, x: int, y: int) -> None:
        """Look at what lies beside."""
        left, top, right, bottom = self._part
        wide, high = self._image.size
        across, down = (right - left) / wide, (bottom - top) / high
        self._middle = (self._middle[0] + x * STEP * across, self._middle[1] + y * STEP * down)
        self._show()

    def _show(self) -> None:
        """Cut out what is seen; a cell counts as twice as high as wide."""
        sides = (self.size.width, self.size.height * 2)
        if not all(sides):
            return
        fitting = min(side / whole for side, whole in zip(sides, self._image.size, strict=True)) * self._zoom
        spans, middles = [], []
        for side, whole, middle in zip(sides, self._image.size, self._middle, strict=True):
            seen = min(whole, max(1, round(side / fitting)))
            start = min(whole - seen, max(0, round(middle * whole - seen / 2)))
            spans.append((start, start + seen))
            middles.append((start + seen / 2) / whole)
        self._middle = (middles[0], middles[1])
        part = (spans[0][0], spans[1][0], spans[0][1], spans[1][1])
        if part != self._part:
            self._part = part
            self._drawn.image = self._image.crop(part)  # type: ignore[attr-defined]
