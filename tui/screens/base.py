"""What all main screens share: the bar at the top, the notices and keys at the bottom, and word of changes."""

from typing import TYPE_CHECKING, cast

from textual import getters, on
from textual.app import ComposeResult
from textual.events import ScreenResume, ScreenSuspend
from textual.screen import Screen

from tui.dialogs.breakpoints import BREAKPOINTS
from tui.runtime.memory import let_go_of_closed
from tui.widgets.drawn_lines import DrawnLines
from tui.widgets.key_line import KeyLine
from tui.widgets.notices import Notices, Severity
from tui.widgets.top_bar import TopBar
from tui.widgets.tutorial_line import TutorialLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.data.library_client import LibraryClient
    from tui.host import Host
    from tui.messages import Answered, RecordChanged


class ModeScreen(Screen[None]):
    """One of the places that a reader moves between; it stays as it was while another is shown."""

    MODE: str
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    _to_reload: "Callable[[], None] | None" = None
    """What is to be read again once this screen is shown."""

    bar = getters.query_one(TopBar)
    notices = getters.query_one(Notices)
    tutorial_line = getters.query_one(TutorialLine)

    def compose(self) -> ComposeResult:
        """The frame; what the screen is for stands in the middle."""
        yield TopBar(self.MODE)
        yield from self.compose_body()
        yield TutorialLine()
        yield Notices()
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the application pass news on to this screen."""
        self.view.places.append(self)
        self.show_engine_status(self.view.engine_status.line if self.view.engine else "")
        self.show_tutorial_step(self.view.tutorial.step)

    def compose_body(self) -> ComposeResult:
        """What this screen is for."""
        raise NotImplementedError

    @property
    def view(self) -> "Host":
        """The application, as far as a screen needs to know it."""
        return cast("Host", self.app)

    @property
    def library(self) -> "LibraryClient":
        """The way to the library."""
        return self.view.library

    def say(self, text: str, severity: Severity = "information") -> None:
        """Tell the reader something in one line."""
        self.notices.say(text, severity)

    def show_engine_status(self, line: str) -> None:
        """What the engine does, at the top."""
        self.bar.engine_status = line

    def show_tutorial_step(self, step: int | None) -> None:
        """The step of the tutorial that is under way, or none."""
        self.tutorial_line.step = -1 if step is None else step

    def record_changed(self, change: "RecordChanged") -> None:
        """Something in the record changed, here or on another screen."""

    def reload_when_shown(self, reload: "Callable[[], None]") -> None:
        """Read again now where this screen is shown, also below a form; else once it is shown again."""
        if self.view.place is self:
            self._to_reload = None
            reload()
        else:
            self._to_reload = reload

    @on(ScreenResume)
    def reload_if_waiting(self) -> None:
        """Something changed while another screen was shown."""
        if self._to_reload is not None:
            reload, self._to_reload = self._to_reload, None
            reload()

    @on(ScreenResume)
    def forget_the_closed(self) -> None:
        """A form or another screen was shown until now."""
        let_go_of_closed()

    @on(ScreenSuspend)
    def forget_lines(self) -> None:
        """Another screen is shown: what this one drew would only take up memory."""
        for view in self.query(DrawnLines):
            view.forget_lines()
        if self.view.place is not self:
            for widget in self.query("*"):
                widget.refresh()

    def answered(self, answer: "Answered") -> None:
        """The engine replied to a request of some screen."""
