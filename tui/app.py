"""The application: its modes, the reader's own keys and theme, and the road of messages between its parts."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from tui.actions import bindings, keymap
from tui.messages import Answered, Failed, OpenPaper, RecordChanged, Said
from tui.modes import MODES, providers
from tui.screens.base import ModeScreen
from tui.shelf import Shelf

if TYPE_CHECKING:
    from kb.config import Home
    from tui.engine_port import Engine, EngineReply


class InsideView(App[None]):
    """Library, reader and search over one home."""

    TITLE = "Inside View"
    CSS_PATH = "styles/app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    MODES = MODES
    COMMANDS = providers()
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, home: "Home", *, engine: "Engine | None" = None, paper: str | None = None) -> None:
        super().__init__()
        self.home = home
        self.engine = engine
        self.shelf = Shelf(home)
        self.places: list[ModeScreen] = []
        """The main screens that were shown so far."""
        self.on_first_data: Callable[[], None] | None = None
        self._paper = paper

    def on_mount(self) -> None:
        """The reader's theme and keys, then the first screen."""
        known, unknown = keymap(self.home.settings.keys)
        self.set_keymap(known)
        theme = self.home.settings.theme
        if theme in self.available_themes:
            self.theme = theme
        else:
            unknown.append(f"theme {theme}")
        self.switch_mode("library")
        if unknown:
            self.call_after_refresh(self.say, f"Not known in {self.home.config_file}: {', '.join(unknown)}", "warning")
        if self._paper:
            self.call_after_refresh(self.post_message, OpenPaper(self._paper))

    def first_data_shown(self) -> None:
        """The library has something to show; benchmarks listen here."""
        if self.on_first_data:
            self.on_first_data()

    @property
    def place(self) -> ModeScreen | None:
        """The main screen that is shown, below any form."""
        return next((one for one in reversed(self.screen_stack) if isinstance(one, ModeScreen)), None)

    def say(self, text: str, severity: Any = "information") -> None:
        """One line at the foot of the screen."""
        if self.place is not None:
            self.place.say(text, severity)

    def told(self, work: Coroutine[Any, Any, None], group: str, *, latest: bool = False) -> None:
        """Do something away from the screen; a failure is shown. ``latest`` gives up what this group did before."""
        self.run_worker(self._told(work), group=group, exclusive=latest)

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        from kb.errors import KbError

        try:
            await work
        except KbError as error:
            self.post_message(Failed(error))

    @on(OpenPaper)
    async def open_paper(self, message: OpenPaper) -> None:
        """Show a paper in the reader."""
        from tui.screens.reader import ReaderScreen

        await self.switch_mode("reader")
        if isinstance(self.place, ReaderScreen):
            self.place.open(message)

    @on(RecordChanged)
    def pass_on_change(self, change: RecordChanged) -> None:
        """Every screen that shows the record reads it again."""
        for place in self.places:
            place.record_changed(change)

    @on(Answered)
    def pass_on_answer(self, answer: Answered) -> None:
        """Whoever asked knows the request's id."""
        for place in self.places:
            place.answered(answer)

    @on(Said)
    def show_said(self, said: Said) -> None:
        """A notice from a widget or a worker."""
        self.say(said.text, said.severity)

    @on(Failed)
    def show_failure(self, failed: Failed) -> None:
        """What happened, why, and what to do now."""
        error = failed.error
        told = "\n".join(filter(None, [error.why, f"Next: {error.next}" if error.next else ""]))
        self.notify(told or error.what, title=error.what if told else "", severity="error", timeout=15, markup=False)

    def engine_replied(self, reply: "EngineReply") -> None:
        """Called on the engine's own thread."""
        self.post_message(Answered(reply))

    def ask_state(self, paper: str, title: str, state: str) -> None:
        """Let the reader say how far they have come."""
        from tui.screens.state_picker import StatePicker

        def chosen(new: str | None) -> None:
            if new is not None:
                self.told(self._set_state(paper, new), "write")

        self.push_screen(StatePicker(title, state), chosen)

    async def _set_state(self, paper: str, state: str) -> None:
        title = await self.shelf.set_state(paper, state)
        self.say(f"Marked as {state}: {title}")
        self.post_message(RecordChanged("papers", paper))

    async def _undo(self) -> None:
        paper, what = await self.shelf.undo()
        self.say(f"Undone: {what}")
        self.post_message(RecordChanged("notes", paper))

    def action_undo(self) -> None:
        """Undo the last change to a note."""
        self.told(self._undo(), "write")

    async def action_mode(self, mode: str) -> None:
        """Go to another place, which is as it was left."""
        await self.switch_mode(mode)

    def action_help(self) -> None:
        """Show the keys that work here."""
        from tui.screens.help import HelpScreen

        place = self.place
        self.push_screen(HelpScreen(place.MODE if place else "library", self.home.settings.keys))

    def get_default_screen(self) -> Screen[Any]:
        """What is shown before the library."""
        return Screen(id="_default")


def run(home: "Home", paper: str | None = None) -> None:
    """Open the screen on a library, at a paper where one is given; returns when the reader leaves."""
    from kb.engine.client import EngineClient

    engine = EngineClient(home)
    app = InsideView(home, engine=engine, paper=paper)
    engine.start(app.engine_replied)
    try:
        app.run()
    finally:
        engine.stop()
        app.shelf.settle()
