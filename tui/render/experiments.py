"""Experiments as the screen shows them, made from what the engine tells; and a run while it is under way."""

import time
from dataclasses import dataclass, field
from typing import Any

from tui.text.bars import bar

Line = tuple[str, str]
"""The kind of a paragraph, and its text."""

SIGNS = {"reproduced": "✓", "not reproduced": "✗", "inconclusive": "?", "could not run": "!"}
COLOR_OF = {"reproduced": "for", "not reproduced": "against", "inconclusive": "match", "could not run": "error"}
BEARS = ("reproduced", "not reproduced", "inconclusive")
"""Verdicts that say something of a claim."""
BAR = 24


@dataclass(frozen=True)
class PredictionQuestion:
    """What the reader predicts before the run."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Knob:
    """What can be set otherwise."""

    name: str
    default: str
    quick: str
    help: str
    limits: str = ""


@dataclass(frozen=True)
class Experiment:
    """One row of the list, with what its forms need."""

    id: str
    title: str
    papers: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    agendas: tuple[str, ...] = ()
    predicted: str = ""
    seeds: int = 5
    seconds: float = 0.0
    quick_seconds: float = 0.0
    measured_on: str = ""
    verdict: str = ""
    run: str = ""
    """The newest run with a verdict."""
    runs: int = 0
    questions: tuple[PredictionQuestion, ...] = ()
    knobs: tuple[Knob, ...] = ()
    metrics: tuple[str, ...] = ()

    @property
    def search_text(self) -> str:
        """What a filter looks at."""
        about = [self.id, self.title, *self.papers, *self.lists, *self.agendas, self.verdict or "not run"]
        return " ".join(about).lower()

    @property
    def takes(self) -> str:
        """How long a full run takes with two seeds side by side."""
        return duration(self.seconds / 2)


def experiment(row: dict[str, Any]) -> Experiment:
    """A row as the engine tells it."""
    questions = tuple(PredictionQuestion(one["text"], tuple(one["choices"])) for one in row.pop("questions"))
    knobs = tuple(Knob(**one) for one in row.pop("knobs"))
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Experiment(questions=questions, knobs=knobs, **plain)


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    return f"{max(1, round(seconds))} s" if seconds < 100 else f"{seconds / 60:.1f} min"


@dataclass
class RunProgress:
    """A run or a sweep under way: what each seed has done, and what is known when it ends."""

    request: int
    experiment: Experiment
    is_sweep: bool = False
    seeds: tuple[int, ...] = ()
    expected_s: float = 0.0
    mode: str = ""
    at: str = ""
    """The value of the knob that a sweep is at."""
    values: tuple[str, ...] = ()
    shares: dict[int, float] = field(default_factory=dict)
    messages: dict[int, str] = field(default_factory=dict)
    plot: str = ""
    best: str = ""
    """The value at which the number was largest so far."""
    scored: tuple[tuple[bool, str], ...] = ()
    """Each part of the guess, scored."""
    started: float = field(default_factory=time.monotonic)

    def update(self, payload: dict[str, Any]) -> None:
        """Something was told of it."""
        if planned := payload.get("planned"):
            self.seeds = tuple(planned["seeds"])
            self.expected_s = planned.get("seconds", 0.0)
            self.mode = planned.get("mode", "sweep")
            self.values = tuple(planned.get("values", ()))
        elif "seed" in payload:
            self._step(payload)
        elif "plot" in payload:
            self.plot = payload["plot"]
            self.shares.clear()
        elif "scored" in payload:
            self.scored = tuple((one["right"], one["text"]) for one in payload["scored"])

    def _step(self, step: dict[str, Any]) -> None:
        self.at = step.get("at", "")
        self.shares[step["seed"]] = 1.0 if step["ended"] else step["share"]
        done = step["message"] or "done"
        self.messages[step["seed"]] = step["failed"] or (done if step["ended"] else step["message"])

    def lines(self) -> list[Line]:
        """Title, time, and a bar for each seed."""
        gone = duration(time.monotonic() - self.started)
        expected = f" of about {duration(self.expected_s)} on a free machine" if self.expected_s else ""
        mode = {"quick": "quick, no verdict", "exploration": "an exploration, no verdict"}.get(self.mode, self.mode)
        what = f"Sweeping {', '.join(self.values)}" if self.is_sweep else f"Running ({mode})"
        lines: list[Line] = [("title", self.experiment.title), ("open", f"{what}: {gone}{expected}")]
        lines.append(("dim", "x stops it; what is done is kept. Go on reading meanwhile: it needs no watching."))
        if self.at:
            lines.append(("heading", f"At {self.at}"))
        for seed in self.seeds:
            share = self.shares.get(seed, 0.0)
            done = bar(share, share, BAR)
            lines.append(("plot", f"  seed {seed:<5} {done} {round(100 * share):>3} %  {self.messages.get(seed, '')}"))
        return [*lines, *(("plot", row) for row in self.plot.splitlines())]

    def outcome(self) -> list[Line]:
        """What a sweep came to, beside the guess."""
        lines: list[Line] = [("title", self.experiment.title), ("open", f"Largest at {self.best}.")]
        lines += [("good" if right else "bad", text) for right, text in self.scored]
        if not self.scored:
            lines.append(("dim", "Your guess is kept, but not scored."))
        lines += [("heading", "Dose and response"), *(("plot", row) for row in self.plot.splitlines())]
        return [*lines, ("dim", "A sweep gives no verdict; v goes back to what is claimed.")]

    @property
    def summary(self) -> str:
        """The whole of it in a few words."""
        share = sum(self.shares.values()) / max(1, len(self.seeds))
        return f"running {self.experiment.id} {round(100 * share)} %"
