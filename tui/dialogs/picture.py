"""The picture of a page, figure, table or formula over the text, to be zoomed and moved about in."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.runtime import terminal_images
from tui.widgets.fine_picture import FinePicture
from tui.widgets.half_blocks import HalfBlocks


class PictureScreen(ModalScreen[None]):
    """One picture, as large as the window; in fine pixels where the terminal can, else in half blocks."""

    CSS_PATH = "../styles/picture.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "larger", "Larger"),
        Binding("minus", "smaller", "Smaller"),
        Binding("b", "half_blocks", "Half blocks"),
        Binding("escape,q,P", "dismiss(None)", "Close"),
    ]

    def __init__(self, path: str, title: str) -> None:
        super().__init__()
        self._path = path
        self._title = title
        self.shown: FinePicture | HalfBlocks | None = None

    @property
    def _line(self) -> str:
        blocks = "b half blocks   " if terminal_images.FINE else ""
        return f" {self._title}    + - zoom   ↑ ↓ ← → move   {blocks}escape closes"

    def compose(self) -> ComposeResult:
        """A line that says what it is, and the picture."""
        with Vertical(id="picture"):
            yield Static(self._line, id="picture-title", markup=False)
            self.shown = FinePicture(self._path) if terminal_images.FINE else HalfBlocks(self._path)
            yield self.shown

    def on_mount(self) -> None:
        """The keys move the picture."""
        if self.shown is not None:
            self.shown.focus()

    def action_larger(self) -> None:
        """Zoom in."""
        if self.shown is not None:
            self.shown.zoom(1.5)

    def action_smaller(self) -> None:
        """Zoom out."""
        if self.shown is not None:
            self.shown.zoom(1 / 1.5)

    async def action_half_blocks(self) -> None:
        """For a terminal that said that it draws fine pixels and shows none; until the screen is left for good."""
        if isinstance(self.shown, FinePicture):
            terminal_images.FINE = None
            await self.shown.remove()
            self.shown = HalfBlocks(self._path)
            await self.query_one("#picture").mount(self.shown)
            self.shown.focus()
            self.query_one("#picture-title", Static).update(self._line)
