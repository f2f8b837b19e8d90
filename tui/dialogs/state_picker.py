"""One key says how far the reader has come with a paper."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.data.view_models import STATES
from tui.text.plain import plain

MEANINGS = {
    "unread": "not looked at yet",
    "queued": "to be read next",
    "skimmed": "abstract, figures and headings",
    "read": "once, from start to end",
    "studied": "with notes, and understood",
    "reproduced": "its result was run again",
}


class StatePicker(ModalScreen[str | None]):
    """The states in order, each with its key."""

    CSS_PATH = "../styles/dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, title: str, state: str) -> None:
        super().__init__()
        self._title = title
        self._state = state

    def compose(self) -> ComposeResult:
        """Title, then a line for each state."""
        with Vertical(id="picker"):
            yield Static(Text(plain(self._title), "bold", no_wrap=True, overflow="ellipsis"), id="picker-title")
            for name, key, sign in STATES:
                here = "▌" if name == self._state else " "
                yield Static(Text(f"{here} {key}  {sign} {name:<11} {MEANINGS[name]}", no_wrap=True), classes="choice")

    def on_key(self, event: events.Key) -> None:
        """The state whose key is pressed."""
        for name, key, _ in STATES:
            if event.key == key:
                event.stop()
                self.dismiss(name)
