"""How strongly one note says something of another, and why that may not hold; enter twice takes what is there."""

from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from tui.dialogs.choice_picker import Choice
from tui.text.plain import plain

KINDS = (
    Choice("s", "supports", "what it says makes the other likelier"),
    Choice("o", "opposes", "what it says makes the other less likely"),
    Choice("u", "undercuts", "the other's evidence does not show what it is taken to show"),
    Choice("r", "replicates", "it found the same again"),
    Choice("f", "fails-to-replicate", "it looked for the same, and did not find it"),
    Choice("i", "informs", "it bears on the other, without taking sides"),
    Choice("d", "depends-on", "it stands only if the other does"),
    Choice("e", "defines", "it says what a word of the other means"),
)
"""What one note can say of another."""


class LinkTerms(NamedTuple):
    """What belongs to the link itself."""

    strength: float
    doubt: str


class LinkForm(ModalScreen["LinkTerms | None"]):
    """Answers with strength and doubt, or None."""

    CSS_PATH = "../styles/sheets.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    strength = getters.query_one("#link-strength", Input)
    doubt = getters.query_one("#link-doubt", Input)
    warning = getters.query_one(".form-warning", Static)

    def __init__(self, source: str, kind: str, target: str) -> None:
        super().__init__()
        self._said = f"“{source[:140]}”\n{kind}\n“{target[:140]}”"

    def compose(self) -> ComposeResult:
        """The link in words, and the two inputs."""
        with Vertical(id="link-form"):
            yield Static(Text("\n".join(plain(line) for line in self._said.split("\n"))), id="choices-title")
            with Horizontal(classes="asked"):
                yield Label("Strength")
                yield Input("1", id="link-strength", compact=True)
            with Horizontal(classes="asked"):
                yield Label("Doubt")
                yield Input(placeholder="why this may not hold; may be empty", id="link-doubt", compact=True)
            yield Static("From 0, a hint, to 1, decisive. Enter goes on, and saves.", classes="form-told", markup=False)
            yield Static("", classes="form-warning", markup=False)

    def on_mount(self) -> None:
        """Begin with the strength."""
        self.strength.focus()

    @on(Input.Submitted, "#link-strength")
    def take_strength(self) -> None:
        """On to the doubt."""
        if self._value() is not None:
            self.doubt.focus()

    @on(Input.Submitted, "#link-doubt")
    def take(self) -> None:
        """Answer."""
        value = self._value()
        if value is not None:
            self.dismiss(LinkTerms(value, self.doubt.value.strip()))

    def _value(self) -> float | None:
        try:
            value = float(self.strength.value)
        except ValueError:
            value = -1.0
        if 0 <= value <= 1:
            return value
        self.warning.update("A strength is a number from 0 to 1")
        self.strength.focus()
        return None
