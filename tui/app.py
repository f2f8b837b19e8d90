"""The application: its modes, the reader's own keys and theme, and the road of messages between its parts."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App
from textual.binding import BindingType

from tui import navigation
from tui.actions import bindings
from tui.commands import notes_and_states
from tui.data.library_client import LibraryClient
from tui.messages import Answered, Failed, FindSimilar, OpenPaper, RecordChanged, Said
from tui.modes import MODES, providers
from tui.runtime import stylesheet_cache, user_settings
from tui.runtime.background import Background
from tui.runtime.engine_status import EngineStatus
from tui.runtime.error_display import ErrorDisplay
from tui.runtime.quit import leave
from tui.screens.base import ModeScreen
from tui.tutorial.tutorial import Tutorial

if TYPE_CHECKING:
    from kb.config import Home
    from tui.engine_port import Engine
    from tui.host import Place


class InsideView(App[None]):
    """Library, reader and search over one home."""

    TITLE = "Inside View"
    CSS_PATH = ["styles/app.tcss", "styles/library.tcss"]  # noqa: RUF012 - one reading before the first frame
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    MODES = MODES
    DEFAULT_MODE = "library"
    COMMANDS = providers()

    def __init__(
        self, home: "Home", *, engine: "Engine | None" = None, paper: str | None = None, tutorial: bool = False
    ) -> None:
        super().__init__()
        self.stylesheet = stylesheet_cache.CachedStylesheet(variables=self.get_css_variables())
        self.home = home
        self.engine = engine
        self.library = LibraryClient(home)
        self.places: list[Place] = []
        """The main screens that were shown so far."""
        self.engine_status = EngineStatus(self)
        self.tutorial = Tutorial(self, begin=tutorial)
        self.on_first_data: Callable[[], None] | None = None
        self.own_keys: dict[str, str] = {}
        self._paper = paper
        self.background = Background(self)
        self.errors = ErrorDisplay(self)

    def on_mount(self) -> None:
        """The reader's theme and keys."""
        self.own_keys, problem = user_settings.apply(self, self.home)
        if problem:
            self.call_after_refresh(self.say, problem, "warning")
        if self._paper:
            self.call_after_refresh(self.post_message, OpenPaper(self._paper))

    def first_data_shown(self) -> None:
        """The library has something to show, so the engine may take its share of the machine; benchmarks listen too."""
        if self.on_first_data:
            self.on_first_data()
        self.tutorial.resume()
        if self.engine is not None:
            self.engine_status.start(self.engine)

    @property
    def place(self) -> ModeScreen | None:
        """The main screen that is shown, below any form."""
        return next((one for one in reversed(self.screen_stack) if isinstance(one, ModeScreen)), None)

    def run_in_background(
        self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, latest: bool = False
    ) -> None:
        """Do something away from the screen; a failure is shown. ``latest`` gives up what this group did before."""
        self.background.run(work, group, latest=latest)

    async def action_quit(self) -> None:
        """Leave; what is typed but not saved is asked about once."""
        leave(self)

    def say(self, text: str, severity: Any = "information") -> None:
        """One line at the foot of the screen."""
        if self.place is not None:
            self.place.say(text, severity)

    @on(OpenPaper)
    async def open_paper(self, message: OpenPaper) -> None:
        """Show a paper in the reader."""
        await navigation.open_paper(self, message)

    @on(FindSimilar)
    async def find_similar(self, message: FindSimilar) -> None:
        """Show in the search what is like something."""
        await navigation.find_similar(self, message)

    @on(RecordChanged)
    def pass_on_change(self, change: RecordChanged) -> None:
        """Every screen that shows the record reads it again."""
        for place in self.places:
            place.record_changed(change)

    @on(Answered)
    def pass_on_answer(self, answer: Answered) -> None:
        """Whoever asked knows the request's id."""
        self.engine_status.take(answer.reply)
        for place in self.places:
            place.answered(answer)

    @on(Said)
    def show_said(self, said: Said) -> None:
        """A notice from a widget or a worker."""
        self.say(said.text, said.severity)

    @on(Failed)
    def show_failure(self, failed: Failed) -> None:
        """What happened, why, and what to do now."""
        self.errors.show(failed.error)

    def action_undo(self) -> None:
        """Undo the last change to a note."""
        self.background.run(lambda: notes_and_states.undo(self), "write")

    def action_tutorial(self) -> None:
        """Begin the tutorial, go on with it, or put it away."""
        self.tutorial.toggle()

    def action_tutorial_skip(self) -> None:
        """To the next step of the tutorial."""
        self.tutorial.skip()

    async def action_mode(self, mode: str) -> None:
        """Go to another place, which is as it was left."""
        await self.switch_mode(mode)

    def action_help(self) -> None:
        """Show the keys that work here."""
        from tui.dialogs.help import HelpScreen

        place = self.place
        self.push_screen(HelpScreen(place.MODE if place else "library", self.own_keys))
