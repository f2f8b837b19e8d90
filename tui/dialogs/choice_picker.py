"""One key picks one of a few answers."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.text.plain import plain


class Choice(NamedTuple):
    """An answer: the key that gives it, its value, and what it means."""

    key: str
    value: str
    meaning: str


class ChoicePicker(ModalScreen[str | None]):
    """A question with its answers, each with its key; enter gives the first."""

    CSS_PATH = "../styles/sheets.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, title: str, choices: Sequence[Choice], *, with_values: bool = True) -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._with_values = with_values
        """Whether the values say something to a reader."""

    def compose(self) -> ComposeResult:
        """The question, then a line for each answer."""
        with Vertical(id="choices"):
            yield Static(Text(plain(self._title)), id="choices-title")
            for choice in self._choices:
                value = f"{plain(choice.value):<20} " if self._with_values else ""
                line = f" {choice.key}  {value}{plain(choice.meaning)}"
                yield Static(Text(line, no_wrap=True, overflow="ellipsis"), classes="choice")

    def on_key(self, event: events.Key) -> None:
        """The answer whose key is pressed."""
        for choice in self._choices:
            if event.key == choice.key or (event.key == "enter" and choice == self._choices[0]):
                event.stop()
                self.dismiss(choice.value)
                return


BEARINGS = (
    Choice("s", "supports", "it speaks for the claim"),
    Choice("o", "undermines", "it speaks against the claim"),
    Choice("n", "neutral", "it only bears on it"),
)
"""How a note bears on a claim."""
