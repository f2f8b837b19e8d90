"""What the parts of the search may ask of the screen that owns them; none of them imports the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widgets import Input

    from kb.models.search import SearchResult
    from tui.host import Host
    from tui.widgets.chips import Chips
    from tui.widgets.detail import Detail
    from tui.widgets.notices import Notices, Severity
    from tui.widgets.result_list import ResultList


class SearchHost(Protocol):
    """The search, as its parts see it."""

    notices: "Notices"

    @property
    def view(self) -> "Host":
        """The application."""

    @property
    def query_box(self) -> "Input":
        """The line in which the query is typed."""

    @property
    def chips(self) -> "Chips":
        """What its filters were understood as."""

    @property
    def results(self) -> "ResultList":
        """The hits."""

    @property
    def preview(self) -> "Detail":
        """The hit under the cursor in full, or what can be done."""

    def ask(self) -> None:
        """Ask what is in the query now."""

    def show_result(self, result: "SearchResult", *, keep: bool, is_last: bool) -> None:
        """Show an answer; ``keep`` leaves the cursor on its hit, after the ``last`` one nothing better comes."""

    def show_nothing_asked(self) -> None:
        """Say what can be done; nothing is asked."""

    def say(self, text: str, severity: "Severity" = "information") -> None:
        """One line at the foot of the search, also while another screen is shown."""

    def set_class(self, add: bool, name: str, /) -> Any:
        """Give the screen a class of its style sheet, or take it away."""

    def set_timer(self, delay: float, callback: Callable[[], Any], /) -> "Timer":
        """Call something after some seconds, unless the search is gone by then."""
