"""The short form of a pass over a paper: skim, read, study; a prediction before the results, and its score after."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Label, Select, Static, TextArea

from tui.actions import bindings
from tui.data.pass_queries import unscored
from tui.dialogs.breakpoints import BREAKPOINTS
from tui.dialogs.typed_form import TypedForm
from tui.dialogs.typing_order import once_typed
from tui.text.plain import plain
from tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kb.models.reading_pass import ReadingPass

DEPTHS = ("skim", "read", "study")


@dataclass(frozen=True)
class Passed:
    """What the reader answered."""

    depth: str
    answers: dict[str, str] = field(default_factory=dict)
    prediction: str = ""
    p: float = 0.5
    scored: str = ""
    """The pass whose prediction is scored."""
    came_true: bool | None = None


class PassForm(TypedForm["Passed | None"]):
    """Three questions by depth; f2 goes to the next depth, and what was typed for another depth is kept."""

    CSS_PATH = "../styles/pass_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pass")]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    depths = getters.query_one("#pass-depths", Static)
    prediction = getters.query_one("#pass-prediction", Input)
    chance = getters.query_one("#pass-p", Input)

    def __init__(self, title: str, made: "tuple[ReadingPass, ...]") -> None:
        super().__init__()
        self._title = title
        self._waiting = unscored(made)
        done = [DEPTHS.index(one.depth.value) for one in made]
        self._depth = DEPTHS[min(len(DEPTHS) - 1, max(done) + 1)] if done else DEPTHS[0]

    def compose(self) -> ComposeResult:
        """Depths, an earlier prediction, the questions of each depth, and a new prediction."""
        from kb.models.reading_pass import FORM_OF, Depth

        with Vertical(id="pass-form"):
            yield Static(Text(plain(self._title), "bold", no_wrap=True, overflow="ellipsis"))
            yield Static("", id="pass-depths", markup=False)
            with VerticalScroll(id="pass-scroll", can_focus=False):
                if self._waiting is not None and self._waiting.prediction is not None:
                    made = self._waiting.prediction
                    with Horizontal(classes="question"):
                        yield Label(Text(f"You predicted at {made.p:.0%}: {plain(made.text)}"))
                        yield Select(
                            [("it came true", True), ("it did not", False)],
                            prompt="not known yet", id="pass-came-true", compact=True,
                        )  # fmt: skip
                for depth in Depth:
                    for name, question in FORM_OF[depth].items():
                        with Horizontal(classes=f"question -{depth.value}"):
                            yield Label(question)
                            yield TextArea(
                                id=f"pass-{depth.value}-{name}", show_line_numbers=False, compact=True,
                                highlight_cursor_line=False,
                            )  # fmt: skip
                with Horizontal(classes="question"):
                    yield Label("What will the results show? Say it before you read them.")
                    yield Input(id="pass-prediction", placeholder="may be empty", compact=True)
                with Horizontal(classes="question"):
                    yield Label("How probable is that?")
                    yield Input("50%", id="pass-p", compact=True)
            yield Static("", classes="form-warning", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the first question."""
        self._show_depth()

    def _show_depth(self) -> None:
        shown = "   ".join(f"● {one}" if one == self._depth else f"  {one}" for one in DEPTHS)
        self.depths.update(f"{shown}      f2 goes on")
        for depth in DEPTHS:
            for row in self.query(f".-{depth}"):
                row.display = depth == self._depth
        next(iter(self.query(f".-{self._depth} TextArea"))).focus()

    def action_next_depth(self) -> None:
        """The form of the next depth."""
        self._depth = DEPTHS[(DEPTHS.index(self._depth) + 1) % len(DEPTHS)]
        self._show_depth()

    @once_typed
    def action_save(self) -> None:
        """Answer with what was filled in."""
        from kb.errors import UsageError
        from kb.insight.credence_log import probability

        try:
            low, high = probability(self.chance.value)
        except UsageError as error:
            self.warn(f"{error.what}: {error.why}")
            self.chance.focus()
            return
        came_true = self._came_true()
        answers, prediction = self._answers(), self.prediction.value.strip()
        if not answers and not prediction and came_true is None:
            self.warn("Nothing to keep yet: answer a question, or escape to close")
            return
        waiting = self._waiting.id if self._waiting and came_true is not None else ""
        self.dismiss(Passed(self._depth, answers, prediction, (low + high) / 2, waiting, came_true))

    def _came_true(self) -> bool | None:
        select = self.query_one_optional("#pass-came-true", Select)
        return None if select is None or select.is_blank() else bool(select.value)

    def _answers(self) -> dict[str, str]:
        """What was answered at this depth."""
        boxes = {
            str(box.id).rpartition("-")[2]: box.text.strip()
            for box in self.query(f".-{self._depth} TextArea").results(TextArea)
        }
        return {name: text for name, text in boxes.items() if text}

    def is_typed(self) -> bool:
        """Whether a prediction or an answer stands at any depth."""
        return bool(self.prediction.value.strip()) or any(box.text.strip() for box in self.query(TextArea))
