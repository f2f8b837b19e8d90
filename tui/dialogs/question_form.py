"""The question that a note is the answer to, in the reader's own words."""

from typing import ClassVar

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from tui.text.plain import plain


class QuestionForm(ModalScreen["str | None"]):
    """Answers with the question, or None."""

    CSS_PATH = "../styles/review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    question = getters.query_one("#question", Input)

    def __init__(self, answer: str) -> None:
        super().__init__()
        self._answer = answer

    def compose(self) -> ComposeResult:
        """The note, and one line for what it answers."""
        with Vertical(id="question-form"):
            yield Static(Text(plain(self._answer)), id="question-about")
            with Horizontal(id="question-asked"):
                yield Label("Asks")
                yield Input(placeholder="the question that this answers", id="question", compact=True)
            yield Static("Enter keeps it as a card; escape leaves it.", id="question-told", markup=False)

    def on_mount(self) -> None:
        """Begin to type."""
        self.question.focus()

    @on(Input.Submitted)
    def take(self) -> None:
        """Answer with what was typed."""
        self.dismiss(self.question.value.strip() or None)
