"""How probable something is held to be: what was held is filled in, so that enter alone keeps it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from tui.dialogs.typed_form import TypedForm
from tui.text.bars import bar
from tui.text.plain import plain

if TYPE_CHECKING:
    from kb.models.credence import Credence, Subject, Trigger

SHOWN = 4
"""Entries of the log that the form repeats."""
BAR = 20


@dataclass(frozen=True)
class Rating:
    """What the reader answered."""

    low: float
    high: float
    reason: str


class CredenceForm(TypedForm["Rating | None"]):
    """A probability or a range, then the reason in one line. Answers None where all stays as it is."""

    CSS_PATH = "../styles/sheets.tcss"
    SAVING = "Enter saves"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Leave as it is")]

    p = getters.query_one("#credence-p", Input)
    why = getters.query_one("#credence-why", Input)

    def __init__(self, subject: "Subject", log: "tuple[Credence, ...]", trigger: "Trigger", said: str = "") -> None:
        super().__init__()
        self._subject = subject
        self._log = log
        self._trigger = trigger
        self._said = said
        self._start = typed(log[-1]) if log else ""

    def compose(self) -> ComposeResult:
        """What it is about, how it moved, the two inputs, and what moved the reader."""
        with Vertical(id="credence"):
            yield Static(Text(plain(self._subject.statement)), id="credence-about")
            yield Static(Text("\n".join(map(entry, self._log[-SHOWN:]))), id="credence-log")
            with Horizontal(classes="asked"):
                yield Label("How probable")
                yield Input(
                    self._start,
                    placeholder="70, or a range: 60-80; the reason may follow",
                    id="credence-p",
                    compact=True,
                )
            with Horizontal(classes="asked"):
                yield Label("Why")
                yield Input(
                    placeholder="one line; it is worth more than the number later", id="credence-why", compact=True
                )
            moved = f"Moved by the {self._trigger.kind} “{plain(self._said)[:100]}”. " if self._trigger.ref else ""
            kept = "Enter keeps it as it is; type to change it." if self._log else "Type a number, then enter."
            yield Static(Text(moved + kept), id="credence-trigger")
            yield Static("", classes="form-warning", markup=False)

    def on_mount(self) -> None:
        """Begin with the number."""
        self.p.focus()

    @on(Input.Submitted, "#credence-p")
    def take_number(self) -> None:
        """On to the reason, unless nothing was changed, or the reason stands behind the number already."""
        if self.p.value.strip() == self._start.strip() and not self.why.value:
            self.dismiss(None)
            return
        rating = self._rating()
        if rating is not None and rating.reason:
            self.dismiss(rating)
        elif rating is not None:
            self.why.focus()

    @on(Input.Submitted, "#credence-why")
    def take_reason(self) -> None:
        """Answer, with or without a reason."""
        if (rating := self._rating()) is not None:
            self.dismiss(rating)

    def _rating(self) -> Rating | None:
        from kb.errors import UsageError
        from kb.insight.credence_log import rating

        try:
            low, high, why = rating(self.p.value)
            return Rating(low, high, " ".join(filter(None, [why, self.why.value.strip()])))
        except UsageError as error:
            self.warn(f"{error.what}: {error.why}")
            self.p.focus()
            return None

    def is_typed(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.why.value.strip())


def typed(credence: "Credence") -> str:
    """A credence as a reader would type it again."""
    low, high = (f"{end * 100:.6g}" for end in (credence.low, credence.high))
    return f"{low}%" if low == high else f"{low}-{high}%"


def entry(credence: "Credence") -> str:
    """One entry of the log in a line."""
    why = f"  {plain(credence.reason)}" if credence.reason else ""
    return f"{credence.at.astimezone():%Y-%m-%d}  {bar(credence.low, credence.high, BAR)}  {credence.words}{why}"
