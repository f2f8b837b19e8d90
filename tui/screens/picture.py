"""The picture of a page, figure, table or formula over the text, to be zoomed and moved about in."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui import pictures
from tui.widgets.half_blocks import HalfBlocks


class PictureScreen(ModalScreen[None]):
    """One picture, as large as the window; in fine pixels where the terminal can, else in half blocks."""

    CSS_PATH = "../styles/picture.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "larger", "Larger"),
        Binding("minus", "smaller", "Smaller"),
        Binding("escape,q,P", "dismiss(None)", "Close"),
    ]

    def __init__(self, path: str, title: str) -> None:
        super().__init__()
        self._path = path
        self._title = title
        self.blocks: HalfBlocks | None = None

    def compose(self) -> ComposeResult:
        """A line that says what it is, and the picture."""
        with Vertical(id="picture"):
            keys = "escape closes" if pictures.FINE else "+ - zoom   ↑ ↓ ← → move   escape closes"
            yield Static(f" {self._title}    {keys}", id="picture-title", markup=False)
            yield self._drawn()

    def _drawn(self) -> Widget:
        if pictures.FINE is not None:
            fine: Widget = pictures.FINE(self._path)
            return fine
        self.blocks = HalfBlocks(self._path)
        return self.blocks

    def on_mount(self) -> None:
        """The keys move the picture."""
        if self.blocks is not None:
            self.blocks.focus()

    def action_larger(self) -> None:
        """Zoom in."""
        if self.blocks is not None:
            self.blocks.zoom(1.5)

    def action_smaller(self) -> None:
        """Zoom out."""
        if self.blocks is not None:
            self.blocks.zoom(1 / 1.5)
