"""What the parts of the reproductions may ask of the screen that owns them; none of them imports the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.host import Host
    from tui.render.experiments import Experiment
    from tui.widgets.notices import Severity
    from tui.widgets.page import ReportView
    from tui.widgets.top_bar import TopBar


class ReproductionsHost(Protocol):
    """The reproductions, as their parts see them."""

    bar: "TopBar"

    @property
    def view(self) -> "Host":
        """The application."""

    @property
    def chosen(self) -> "Experiment | None":
        """The experiment under the cursor."""

    @property
    def page(self) -> "ReportView":
        """Where its page is shown."""

    def load(self) -> None:
        """Ask for the list anew."""

    def show_page(self, *, keep: bool = False) -> None:
        """Show what there is to see of the experiment under the cursor; ``keep`` stays where it was scrolled to."""

    def say(self, text: str, severity: "Severity" = "information") -> None:
        """One line at the foot of the reproductions, also while another screen is shown."""

    def set_interval(self, interval: float, callback: Callable[[], Any], /, *, pause: bool = False) -> "Timer":
        """Call something again and again, once the timer is resumed."""
