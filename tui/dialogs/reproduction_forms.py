"""What is asked before a run and before a sweep: a prediction or a guess first, then what is to be set otherwise."""

from collections.abc import Callable
from typing import Any, ClassVar

from rich.markup import escape
from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Select, Static

from tui.actions import bindings
from tui.dialogs.breakpoints import BREAKPOINTS
from tui.dialogs.typing_order import once_typed
from tui.render.experiments import Experiment, Knob, duration
from tui.text.plain import plain
from tui.widgets.key_line import KeyLine

Submit = Callable[[dict[str, Any]], None]
"""Takes the answers; the form stays until they are accepted."""


class ExperimentForm(ModalScreen[None]):
    """What both forms share: full or quick, start, leave, and a line for what is wrong."""

    CSS_PATH = "../styles/reproductions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("run-form")]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    told = getters.query_one(".run-told", Static)
    warning = getters.query_one(".run-warning", Static)

    def __init__(self, experiment: Experiment, submit: Submit) -> None:
        super().__init__()
        self.experiment = experiment
        self.submit = submit
        self.is_quick = False

    def compose(self) -> ComposeResult:
        """What it takes, the questions, what is wrong, the keys."""
        with Vertical(classes="run-form"):
            yield Static("", classes="run-told")
            with VerticalScroll(classes="run-scroll", can_focus=False):
                yield from self.compose_questions()
            yield Static("", classes="run-warning", markup=False)
            yield KeyLine()

    def compose_questions(self) -> ComposeResult:
        """What is asked."""
        raise NotImplementedError

    def costs(self) -> str:
        """What it will take, and what it will say."""
        raise NotImplementedError

    def answers(self) -> dict[str, Any]:
        """What the engine is to be asked."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.query_one(".run-form").border_title = escape(plain(self.experiment.title))
        self.told.update(Text(self.costs()))
        self.query(Input).first().focus()

    @once_typed
    def action_start(self) -> None:
        """Hand the answers on."""
        self.warning.update("")
        self.submit({"reproduction": self.experiment.id, "quick": self.is_quick, **self.answers()})

    def action_size(self) -> None:
        """From full to quick and back."""
        self.is_quick = not self.is_quick
        self.told.update(Text(self.costs()))

    def action_leave(self) -> None:
        """Nothing is started."""
        self.dismiss(None)

    def warn(self, text: str) -> None:
        """Why it was not started."""
        self.warning.update(plain(text))

    @on(Input.Submitted)
    def next_field(self) -> None:
        """Enter goes on to the next answer."""
        self.focus_next()


class RunForm(ExperimentForm):
    """Predictions first, then the knobs."""

    def costs(self) -> str:
        """How long it takes, and whether there will be a verdict."""
        one = self.experiment
        if self.is_quick:
            return f"A quick run: one seed, small, about {duration(one.quick_seconds)}. It gives no verdict."
        many = f"{one.seeds} seeds, two side by side: about {duration(one.seconds / 2)} on a free machine"
        return f"{many} ({one.measured_on}). With other knobs it is an exploration and gives no verdict."

    def compose_questions(self) -> ComposeResult:
        """A line for each question, and for each knob."""
        yield Static("What do you expect? It is held against what comes out. Empty passes.", classes="run-heading")
        for at, asked in enumerate(self.experiment.questions, 1):
            with Horizontal(classes="run-asked"):
                yield Static(Text(plain(asked.text)))
                yield Input(placeholder=" / ".join(asked.choices) or "0.2..0.5", id=f"asked-{at}", compact=True)
        yield Static("Knobs", classes="run-heading")
        for knob in self.experiment.knobs:
            with Horizontal(classes="run-knob"):
                yield Label(knob.name, markup=False)
                yield Input(knob.default, id=f"knob-{knob.name}", compact=True)
                yield Static(Text(said(knob), no_wrap=True, overflow="ellipsis"))

    def action_size(self) -> None:
        """Knobs that were not touched follow."""
        before = self._usual()
        super().action_size()
        for name, value in self._usual().items():
            field = self.query_one(f"#knob-{name}", Input)
            if field.value.strip() == before[name]:
                field.value = value

    def _usual(self) -> dict[str, str]:
        return {knob.name: knob.quick if self.is_quick else knob.default for knob in self.experiment.knobs}

    def answers(self) -> dict[str, Any]:
        """Answers by their numbers, and knobs that are not as usual."""
        asked = range(1, len(self.experiment.questions) + 1)
        given = [(at, self.query_one(f"#asked-{at}", Input).value.strip()) for at in asked]
        set_to = {name: self.query_one(f"#knob-{name}", Input).value.strip() for name in self._usual()}
        changed = [f"{name}={value}" for name, value in set_to.items() if value != self._usual()[name]]
        return {"predictions": [f"{at}={text}" for at, text in given if text], "settings": changed}


class SweepForm(ExperimentForm):
    """The knob, its values, the number that is looked at, and a guess: where it is largest, and how large."""

    def costs(self) -> str:
        """How long each value takes."""
        one = self.experiment
        a_seed = one.quick_seconds if self.is_quick else one.seconds / one.seeds
        size = "quick" if self.is_quick else "full"
        return (
            f"Three seeds at each value, {size}: about {duration(1.5 * a_seed)} a value. A sweep gives no verdict; "
            "what it teaches is how far your guess is off."
        )

    def compose_questions(self) -> ComposeResult:
        """Knob and values; number and guess."""
        first = self.experiment.knobs[0]
        with Horizontal(classes="run-knob"):
            yield Label("Knob")
            names = [(knob.name, knob.name) for knob in self.experiment.knobs]
            yield Select(names, value=first.name, allow_blank=False, id="sweep-knob", compact=True)
        with Horizontal(classes="run-knob"):
            yield Label("")
            yield Static(Text(said(first)), id="sweep-said")
        with Horizontal(classes="run-knob"):
            yield Label("Values")
            yield Input(placeholder="0.1, 0.3, 1", id="sweep-values", compact=True)
        with Horizontal(classes="run-knob"):
            yield Label("Number")
            metrics = [(metric, metric) for metric in self.experiment.metrics]
            yield Select(metrics, value=metrics[0][1], allow_blank=False, id="sweep-metric", compact=True)
        with Horizontal(classes="run-knob"):
            yield Label("Largest at")
            yield Input(placeholder="your guess", id="sweep-guess", compact=True)
        with Horizontal(classes="run-knob"):
            yield Label("How large")
            yield Input(placeholder="0.2..0.5", id="sweep-size", compact=True)

    @on(Select.Changed, "#sweep-knob")
    def explain(self, event: Select.Changed) -> None:
        """What the chosen knob does."""
        chosen = next((knob for knob in self.experiment.knobs if knob.name == event.value), None)
        if chosen is not None:
            self.query_one("#sweep-said", Static).update(Text(said(chosen)))

    @once_typed
    def action_start(self) -> None:
        """A guess comes first."""
        if not self.query_one("#sweep-guess", Input).value.strip():
            self.warn("Guess first: at which value will the number be largest?")
            self.query_one("#sweep-guess", Input).focus()
            return
        super().action_start()

    def answers(self) -> dict[str, Any]:
        """What to sweep, and the guess."""
        knob = self.query_one("#sweep-knob", Select).value
        values = self.query_one("#sweep-values", Input).value
        return {
            "values": f"{knob}={values}",
            "metric": str(self.query_one("#sweep-metric", Select).value),
            "guess": self.query_one("#sweep-guess", Input).value.strip(),
            "how_large": self.query_one("#sweep-size", Input).value.strip(),
        }


def said(knob: Knob) -> str:
    """What a knob does, and what it may be."""
    limits = f" ({knob.limits})" if knob.limits else ""
    return f"{plain(knob.help)}; usually {knob.default}{limits}"
