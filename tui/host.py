"""What screens, commands and parts of the application may ask of it: the application itself is never imported."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import AwaitMount

    from kb.config import Home
    from tui.data.library_client import LibraryClient
    from tui.engine_port import Engine
    from tui.messages import Answered, RecordChanged


class EngineState(Protocol):
    """What is known of the engine."""

    line: str
    """What it does, in a few words."""
    is_ready: bool
    """Whether searches by meaning are answered at once."""
    is_gone: bool
    """Whether it has ended, so that nothing will be answered."""


class TutorialProgress(Protocol):
    """What screens show of the tutorial."""

    step: int | None
    """The step that is under way; None while it is put away."""


class Place(Protocol):
    """A main screen, as the application and its parts see it."""

    MODE: str

    def say(self, text: str, severity: Any = "information") -> None:
        """One line at the foot."""

    def show_engine_status(self, line: str) -> None:
        """What the engine does, at the top."""

    def show_tutorial_step(self, step: int | None) -> None:
        """The step of the tutorial that is under way, or none."""

    def record_changed(self, change: "RecordChanged") -> None:
        """Something in the record changed, here or on another screen."""

    def answered(self, answer: "Answered") -> None:
        """The engine replied to a request of some screen."""


class Host(Protocol):
    """The application."""

    home: "Home"
    library: "LibraryClient"
    engine: "Engine | None"
    places: "list[Place]"
    """The main screens that were shown so far."""
    own_keys: dict[str, str]

    @property
    def engine_status(self) -> EngineState:
        """What the engine is doing."""

    @property
    def tutorial(self) -> TutorialProgress:
        """How far the tutorial is."""

    @property
    def place(self) -> "Place | None":
        """The main screen that is shown, below any form."""

    @property
    def screen(self) -> "Screen[Any]":
        """The screen on top."""

    @property
    def screen_stack(self) -> "list[Screen[Any]]":
        """All screens of this place, the one on top last."""

    def say(self, text: str, severity: Any = "information") -> None:
        """One line at the foot of the screen."""

    def run_in_background(
        self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, latest: bool = False
    ) -> None:
        """Do something away from the screen; a failure is shown. ``latest`` gives up what this group did before."""

    def run_worker(self, work: Callable[[], Any], *, thread: bool, group: str) -> Any:
        """Run something beside the screen, on a thread of its own where that is asked for."""

    def first_data_shown(self) -> None:
        """The library has something to show."""

    def post_message(self, message: "Message") -> bool:
        """Send a message to the application."""

    def push_screen(self, screen: "Screen[Any]", callback: Callable[[Any], None] | None = None) -> "AwaitMount":
        """Show a form or a screen over the present one."""

    def switch_mode(self, mode: str) -> "AwaitMount":
        """Go to another place, which is as it was left."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> "Timer":
        """Call something again and again."""

    def copy_to_clipboard(self, text: str) -> None:
        """Hand text to the terminal's clipboard."""

    def batch_update(self) -> AbstractContextManager[None]:
        """Draw once, after several changes."""
