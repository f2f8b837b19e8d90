"""The bookmarks of a paper, one line each."""

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.models.reading import Bookmark


class BookmarkLines(LineView):
    """Page and first words of each."""

    def __init__(self, bookmarks: "tuple[Bookmark, ...]") -> None:
        super().__init__(id="picker-lines")
        self._bookmarks = bookmarks

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self._bookmarks)

    def on_mount(self) -> None:
        """As high as there are lines."""
        self.rows_changed(0)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One bookmark."""
        one = self._bookmarks[row]
        page = f" p. {one.page:<4}" if one.page else " " * 8
        words = fit(" ".join(one.words.split()), width - len(page) - 1)
        return [[Segment(page, self.part("accent")), Segment(words, self.part("plain"))]]


class BookmarkList(ModalScreen["Bookmark | None"]):
    """Enter goes to one."""

    CSS_PATH = "../styles/dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,apostrophe", "dismiss(None)", "Close")]

    def __init__(self, bookmarks: "tuple[Bookmark, ...]") -> None:
        super().__init__()
        self._bookmarks = bookmarks

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(id="picker"):
            yield Static("Bookmarks    enter goes there, escape closes", id="picker-title", markup=False)
            yield BookmarkLines(self._bookmarks)

    @on(LineView.Chosen)
    def choose(self, event: LineView.Chosen) -> None:
        """Go to the one under the cursor."""
        self.dismiss(self._bookmarks[event.row])
