"""What the parts of the reader may ask of the screen that owns them; none of them imports the screen, or another."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widgets import Input

    from tui.data.view_models import OpenedPaper
    from tui.host import Host
    from tui.widgets.detail import Detail
    from tui.widgets.notes_pane import NotesPane
    from tui.widgets.notices import Severity
    from tui.widgets.section_tree import SectionTree
    from tui.widgets.text_view import TextView

NO_PAPER_OPEN = "Open a paper first: 1 shows the library"
"""What is said where something can be done only with a paper."""


class ReaderHost(Protocol):
    """The reader, as its parts see it."""

    opened: "OpenedPaper | None"
    """The paper that is open."""

    @property
    def view(self) -> "Host":
        """The application."""

    @property
    def is_on_top(self) -> bool:
        """Whether the reader is shown, with no form or other screen over it."""

    @property
    def text(self) -> "TextView":
        """The text, with its cursor and selection."""

    @property
    def sections(self) -> "SectionTree":
        """The headings beside it."""

    @property
    def notes(self) -> "NotesPane":
        """The notes beside it."""

    @property
    def find_box(self) -> "Input":
        """The line in which words to find are typed."""

    @property
    def portal_pane(self) -> "Detail":
        """The pane below the text."""

    def say(self, text: str, severity: "Severity" = "information") -> None:
        """One line at the foot of the reader, also while another screen is shown."""

    def set_timer(self, delay: float, callback: Callable[[], Any], /) -> "Timer":
        """Call something after some seconds, unless the reader is gone by then."""

    def call_after_refresh(self, callback: Callable[[], Any], /) -> bool:
        """Call something once widths and heights are known."""
