"""What an experiment consists of: claim, knobs, checks, their sabotage, and a function of seed and knobs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Knobs = Mapping[str, Any]
Say = Callable[[str, float], None]
"""Progress from inside a seed: what is being done, and the share of the seed's work that is done."""

Role = Literal["effect", "control", "sanity", "extra"]
Op = Literal[">=", "<="]


@dataclass(frozen=True)
class PaperRef:
    """The paper, and where in it the experiment stands."""

    title: str
    arxiv_id: str = ""
    where: str = ""


@dataclass(frozen=True)
class Published:
    """A number or finding of the paper, and how it was checked: against the paper itself, or a second source."""

    what: str
    where: str
    provenance: Literal["checked", "secondary"] = "checked"


@dataclass(frozen=True)
class Param:
    """A knob: its default, its value in quick mode, and what it may be."""

    default: Any
    help: str
    quick: Any = None
    low: float | None = None
    high: float | None = None
    choices: tuple[Any, ...] = ()

    @property
    def in_quick(self) -> Any:
        """The value that quick mode uses."""
        return self.default if self.quick is None else self.quick


@dataclass(frozen=True)
class Check:
    """One number of each seed held against a threshold; differences between arms are taken inside a seed."""

    name: str
    role: Role
    metric: str
    op: Op
    threshold: float
    why: str = ""
    resolution: float = 0.0
    """The smallest meaningful step, such as one test example; the interval's half-width is never less."""
    bounds: tuple[float | None, float | None] = (None, None)
    """What the number cannot leave; the interval is cut there."""


@dataclass(frozen=True)
class Sabotage:
    """A check with another arm's number in the treatment's place: it must not pass."""

    check: str
    metric: str
    what: str


@dataclass(frozen=True)
class Question:
    """What the reader predicts before the run: one of two answers, or a number, that ``metric`` will decide."""

    text: str
    metric: str
    choices: tuple[str, ...] = ()
    """Two answers: the first is right where the number is below ``cut``, the second where it is not; none: a number."""
    cut: float = 0.0


@dataclass(frozen=True)
class Curve:
    """A line of one seed."""

    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True)
class SeedResult:
    """What one seed gives: numbers for the checks, and lines and grids for the figure."""

    metrics: dict[str, float]
    curves: dict[str, Curve] = field(default_factory=dict)
    grids: dict[str, list[list[float]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Panel:
    """One part of the figure, as data: which curves, metrics or grid, on which axes."""

    title: str
    kind: Literal["lines", "bars", "grid"]
    series: tuple[str, ...]
    x: str = ""
    y: str = ""
    marks: tuple[tuple[str, float], ...] = ()
    """Horizontal reference lines: label and height."""
    log_x: bool = False
    log_y: bool = False


@dataclass(frozen=True)
class Runtime:
    """Measured seconds of one core, imports left out: a seed in full, and quick mode. A busy machine takes longer."""

    seed_s: float
    quick_s: float
    measured_on: str = "processor time on one thread of a shared two-core virtual machine"


@dataclass(frozen=True)
class Reproduction:
    """A small experiment with its prediction, knobs, checks and honest limits."""

    id: str
    title: str
    kind: Literal["empirical", "theory-check"]
    papers: tuple[PaperRef, ...]
    readings: tuple[str, ...]
    claim: str
    published: tuple[Published, ...]
    scaled_down: str
    params: Mapping[str, Param]
    checks: tuple[Check, ...]
    sabotage: tuple[Sabotage, ...]
    ask_first: tuple[Question, ...]
    panels: tuple[Panel, ...]
    expected: Runtime
    lesson: str
    limits: tuple[str, ...]
    next_questions: tuple[str, ...]
    run_seed: Callable[[int, Knobs, Say], SeedResult]
    did_not_reproduce: tuple[str, ...] = ()
    """What the paper, or common belief, expects and this scale does not show."""
    changed_after_a_look: tuple[str, ...] = ()
    """What was changed after results had been seen: each a fork in the path, for the reader to discount."""
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)
    needs_torch: bool = True
    version: int = 1
    """Raised when checks, thresholds or the experiment change; older runs stay readable."""

    @property
    def metrics(self) -> tuple[str, ...]:
        """The numbers that checks and questions name, the main effect's first."""
        named = [self.main.metric, *(check.metric for check in self.checks), *(one.metric for one in self.ask_first)]
        return tuple(dict.fromkeys(named))

    @property
    def main(self) -> Check:
        """The check that the summary shows: the first effect."""
        return next(check for check in self.checks if check.role == "effect")

    def knobs(self, *, quick: bool) -> dict[str, Any]:
        """Every knob's value in full or in quick mode."""
        return {name: param.in_quick if quick else param.default for name, param in self.params.items()}
