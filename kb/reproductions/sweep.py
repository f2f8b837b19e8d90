"""One knob through several values: a guess first, then the dose-response with its intervals."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from threading import Event
from typing import Any

from kb.config import Home
from kb.errors import UsageError
from kb.reproductions.figure import DrawnPanel, Figure, Series
from kb.reproductions.guesses import Guess, score_guess
from kb.reproductions.interval import half_width, mean_sd
from kb.reproductions.model import Reproduction
from kb.reproductions.params import read_knobs
from kb.reproductions.runner import plan, run
from kb.reproductions.seeds import SeedStep
from kb.reproductions.store import Data, keep_sweep

_NONE = Guess()


@dataclass(frozen=True)
class Dose:
    """The metric at one value of the knob; None where no seed gave a number."""

    value: Any
    mean: float | None
    lo: float | None
    hi: float | None
    run: str


def read_sweep(reproduction: Reproduction, text: str, *, quick: bool) -> tuple[str, tuple[dict[str, Any], ...]]:
    """``name=v1,v2,...`` as the knob's name and all knobs for each value; raises UsageError."""
    name, _, values = text.partition("=")
    name = name.strip().replace("-", "_")
    parts = [part.strip() for part in values.split(",") if part.strip()]
    if len(parts) < 2:
        raise UsageError(
            f"{text!r} is no sweep", "it needs at least two values, as in NAME=V1,V2", "kb reproduce show ID"
        )
    return name, tuple(read_knobs(reproduction, [f"{name}={part}"], quick=quick) for part in parts)


def read_metric(reproduction: Reproduction, name: str, seen: Sequence[Data] = ()) -> str:
    """A number that the experiment gives, by its name or its beginning; raises UsageError listing those there are.

    Numbers that no check names are known once there is a run, so past runs may be given.
    """
    given: list[str] = [metric for run in seen[-1:] for seed in run["seeds"] for metric in seed.get("metrics", ())]
    known: tuple[str, ...] = tuple(dict.fromkeys([*reproduction.metrics, *given]))
    if not name:
        return known[0]
    hits = [one for one in known if one == name] or [one for one in known if one.lower().startswith(name.lower())]
    if len(hits) != 1:
        why = f"it has {'; '.join(hits or known)}"
        raise UsageError(f"{reproduction.id} has no number {name!r}", why, f"kb reproduce show {reproduction.id}")
    return hits[0]


def sweep(
    home: Home,
    reproduction: Reproduction,
    name: str,
    doses: Sequence[dict[str, Any]],
    *,
    metric: str,
    seeds: Sequence[int],
    guess: Guess = _NONE,
    at_once: int = 2,
    stop: Event | None = None,
) -> Iterator[SeedStep | Dose | Data]:
    """Run each value on the same seeds; the last item is the sweep as it is stored, its guess scored.

    The guess is stored before anything runs, and every run as an exploration. ``stop`` leaves out what is not done;
    there is no last item then, and the guess is kept without a score.
    """
    kept = _begun(reproduction, name, doses, metric, seeds, guess)
    keep_sweep(home, kept)
    got: list[Dose] = []
    for knobs in doses:
        if stop and stop.is_set():
            return
        for event in run(home, plan(reproduction, knobs, seeds=seeds, at_once=at_once, explore=True), stop=stop):
            if isinstance(event, SeedStep):
                yield event
                continue
            got.append(_dose(knobs[name], metric, event))
            keep_sweep(home, {**kept, "doses": [asdict(dose) for dose in got]})
            yield got[-1]
    if len(got) == len(doses):
        yield _finished(home, kept, got, guess)


def _begun(
    reproduction: Reproduction,
    name: str,
    doses: Sequence[dict[str, Any]],
    metric: str,
    seeds: Sequence[int],
    guess: Guess,
) -> Data:
    """What is known of a sweep before it runs."""
    now = datetime.now(UTC)
    facts = {"sweep": f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}", "reproduction": reproduction.id}
    facts |= {"at": now.isoformat(timespec="microseconds"), "knob": name, "metric": metric}
    done: Data = {"doses": [], "best": None, "scored": [], "finished": False}
    return {**facts, "values": [knobs[name] for knobs in doses], "seeds": list(seeds), "guess": asdict(guess), **done}


def _finished(home: Home, begun: Data, got: Sequence[Dose], guess: Guess) -> Data:
    """The sweep with its best value and the score of its guess, stored."""
    best, most = best_value(got), max((dose.mean for dose in got if dose.mean is not None), default=None)
    scored = () if most is None else score_guess(guess, begun["knob"], begun["metric"], best, most)
    done = {"doses": [asdict(dose) for dose in got], "best": best, "scored": [asdict(one) for one in scored]}
    finished: Data = {**begun, **done, "finished": True}
    keep_sweep(home, finished)
    return finished


def _dose(value: Any, metric: str, done: Data) -> Dose:
    found = [seed["metrics"].get(metric) for seed in done["seeds"] if "metrics" in seed]
    if not found or None in found:
        return Dose(value, None, None, None, done["run"])
    mean, _ = mean_sd(found)
    half = half_width(found) if len(found) > 1 else 0.0
    return Dose(value, mean, mean - half, mean + half, done["run"])


def best_value(doses: Sequence[Dose]) -> Any:
    """The value at which the metric is largest; None where there is no number at all."""
    known = [dose for dose in doses if dose.mean is not None]
    return max(known, key=lambda dose: dose.mean or 0.0).value if known else None


def dose_response(reproduction: Reproduction, name: str, metric: str, doses: Sequence[Dose]) -> Figure:
    """A line for numbers, bars for anything else."""
    known = [dose for dose in doses if dose.mean is not None and dose.lo is not None and dose.hi is not None]
    if not known:
        return Figure(reproduction.title, ())
    marks = tuple((f"claimed: {one.name}", one.threshold) for one in reproduction.checks if one.metric == metric)[:1]
    if all(isinstance(dose.value, int | float) and not isinstance(dose.value, bool) for dose in known):
        mean, lo, hi = (tuple(getattr(dose, part) for dose in known) for part in ("mean", "lo", "hi"))
        series: tuple[Series, ...] = (Series(metric, tuple(float(dose.value) for dose in known), mean, lo, hi),)
        kind = "lines"
    else:
        series = tuple(_bar(at, dose) for at, dose in enumerate(known))
        kind = "bars"
    panel = DrawnPanel(f"{metric} against {name}", kind, name, metric, series, (), marks, log_x=False, log_y=False)
    return Figure(reproduction.title, (panel,))


def _bar(at: int, dose: Dose) -> Series:
    assert dose.mean is not None
    assert dose.lo is not None
    assert dose.hi is not None
    return Series(str(dose.value), (float(at),), (dose.mean,), (dose.lo,), (dose.hi,))
