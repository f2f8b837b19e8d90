"""One run from beginning to end: predictions kept, seeds in children, checks judged, figure drawn, all of it stored."""

import math
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, Literal

from kb.config import Home
from kb.reproductions.code_hash import code_hash
from kb.reproductions.environment import environment, result_keys
from kb.reproductions.figure import draw
from kb.reproductions.model import Reproduction
from kb.reproductions.predictions import Prediction, score
from kb.reproductions.run_history import seconds_a_seed
from kb.reproductions.seeds import SeedLimits, SeedStep, run_seeds
from kb.reproductions.store import Data, Unfinished, finite, keep_run
from kb.reproductions.verdict import Verdict, judge, judge_sabotage

Mode = Literal["full", "quick", "exploration"]


@dataclass(frozen=True)
class Plan:
    """What is to be run."""

    reproduction: Reproduction
    knobs: Mapping[str, Any]
    seeds: tuple[int, ...]
    mode: Mode
    predictions: tuple[Prediction, ...] = ()
    at_once: int = 2

    def expected_s(self, runs: Sequence[Data]) -> tuple[float, str]:
        """How long it should take, and where that was measured."""
        quick = self.mode == "quick"
        a_seed, where = seconds_a_seed(self.reproduction, runs, quick=quick)
        return a_seed * math.ceil(len(self.seeds) / self.at_once), where


@dataclass
class _Results:
    """What the seeds gave so far."""

    done: dict[int, Data] = field(default_factory=dict)
    failed: dict[int, SeedStep] = field(default_factory=dict)


def plan(
    reproduction: Reproduction,
    knobs: Mapping[str, Any],
    *,
    quick: bool = False,
    seeds: Sequence[int] | None = None,
    predictions: Sequence[Prediction] = (),
    at_once: int = 2,
    explore: bool = False,
) -> Plan:
    """Full, quick, or exploration: the last wherever a knob is not what the mode gives it, or as part of a sweep."""
    mode: Mode = "quick" if quick else "full"
    if explore or dict(knobs) != reproduction.knobs(quick=quick):
        mode = "exploration"
    chosen = tuple(seeds) if seeds else (reproduction.seeds[:1] if quick else reproduction.seeds)
    if mode == "full" and len(chosen) < 2:
        mode = "exploration"
    return Plan(reproduction, knobs, chosen, mode, tuple(predictions), at_once)


def run(home: Home, plan: Plan, *, stop: Event | None = None) -> Iterator[SeedStep | Data]:
    """Steps as they come; the last item is the finished run, as it is stored.

    Once ``stop`` is set there is no last item: seeds that are done wait for the same run to be started again.
    """
    unfinished = Unfinished(home, plan.reproduction.id, result_keys(plan.reproduction, plan.knobs))
    started = datetime.now(UTC)
    predictions = [asdict(one) for one in plan.predictions] or unfinished.predictions()
    if predictions:
        unfinished.keep_predictions(predictions)
    results = _Results()
    yield from _run_seeds(plan, unfinished, results, stop)
    if stop and stop.is_set():
        return
    finished = _record(plan, results, predictions, started)
    figure = draw(plan.reproduction, finished["seeds"])
    finished["figure"] = finite(asdict(figure))
    yield _kept(home, finished, plan.reproduction)
    unfinished.remove()


def _kept(home: Home, finished: Data, reproduction: Reproduction) -> Data:
    from kb.reproductions.plot_file import write_plot

    def write(path: Path) -> None:
        write_plot(draw(reproduction, finished["seeds"]), path)

    return {**finished, "figure_file": str(keep_run(home, finished, write))}


def _run_seeds(plan: Plan, unfinished: Unfinished, results: _Results, stop: Event | None) -> Iterator[SeedStep]:
    for seed in plan.seeds:
        if (kept := unfinished.seed(seed)) is not None:
            results.done[seed] = kept
            yield SeedStep(seed, 1.0, "kept from before", result=kept)
    left = [seed for seed in plan.seeds if seed not in results.done]
    limits = SeedLimits.of(plan.reproduction, generous=plan.mode == "exploration")
    steps = run_seeds(plan.reproduction, left, plan.knobs, limits, at_once=plan.at_once, stop=stop)
    for step in steps:
        if step.result is not None:
            results.done[step.seed] = step.result
            unfinished.keep_seed(step.result)
        elif step.failed:
            results.failed[step.seed] = step
        yield step


def _record(plan: Plan, results: _Results, predictions: list[Data], started: datetime) -> Data:
    reproduction = plan.reproduction
    seeds = [results.done.get(seed) or _failure(results.failed[seed]) for seed in plan.seeds]
    rows = [_row(seed) for seed in seeds]
    checks, verdict = judge(reproduction.checks, rows)
    sabotage = judge_sabotage(reproduction.checks, reproduction.sabotage, rows)
    verdict = _allowed(plan, results, verdict)
    asked = tuple(Prediction(**one) for one in predictions)
    now = datetime.now(UTC)
    facts = {
        "run": f"{started:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}",
        "reproduction": reproduction.id,
        "version": reproduction.version,
        "mode": plan.mode,
        "at": started.isoformat(timespec="microseconds"),
        "verdict": verdict.kind,
        "why": verdict.why,
        "headroom": verdict.headroom,
        "scale": "reduced",
        "seconds": round((now - started).total_seconds(), 2),
        "knobs": dict(plan.knobs),
        "code": code_hash(reproduction),
        "environment": environment(),
    }
    answers = [asdict(one) for one in score(reproduction, asked, rows)]
    judged = {"checks": [asdict(one) for one in checks], "sabotage": [asdict(one) for one in sabotage]}
    made: Data = finite({**facts, **judged, "predictions": predictions, "scored": answers, "seeds": seeds})
    return made


def _row(seed: Data) -> dict[str, float]:
    """A seed's metrics; what could not be computed is NaN, in stored seeds too."""
    return {name: math.nan if value is None else value for name, value in seed.get("metrics", {}).items()}


def _failure(step: SeedStep) -> Data:
    return {"seed": step.seed, "failed": step.failed, "overrun": step.overrun}


def _allowed(plan: Plan, results: _Results, verdict: Verdict) -> Verdict:
    """Crashed seeds mean that it could not run; quick mode and changed knobs give no verdict."""
    crashed = {step.failed for step in results.failed.values() if not step.overrun}
    if crashed:
        return Verdict("could not run", "; ".join(sorted(crashed)))
    if plan.mode == "quick":
        return Verdict("none", "quick mode is too small for one", verdict.headroom)
    if plan.mode == "exploration":
        return Verdict("none", "an exploration: other knobs, a sweep, or a single seed", verdict.headroom)
    if results.failed and verdict.kind != "could not run":
        return Verdict("inconclusive", "a seed took more time than it may use")
    return verdict
