"""One key says how far the reader has come with a paper."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kb.models.reading_state import STATES
from tui.text.plain import plain


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
            for name, spec in STATES.items():
                here = "▌" if name == self._state else " "
                yield Static(
                    Text(f"{here} {spec.key}  {spec.sign} {name.value:<11} {spec.meaning}", no_wrap=True),
                    classes="choice",
                )

    def on_key(self, event: events.Key) -> None:
        """The state whose key is pressed."""
        for name, spec in STATES.items():
            if event.key == spec.key:
                event.stop()
                self.dismiss(name.value)
