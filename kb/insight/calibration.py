"""How well the reader's numbers match what came out: Brier scores where something resolved, and drift where not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal

from kb.config import Home
from kb.insight.review_log import in_force, taken_back
from kb.library.bearings import Bearings
from kb.library.credences import Credences
from kb.library.passes import Passes
from kb.library.record import Record
from kb.library.reviews import Reviews
from kb.models.base import Value
from kb.models.credence import Credence
from kb.models.note import LinkKind
from kb.models.note_kind import NoteKind
from kb.models.provenance import Provenance

_OUTCOME = {
    LinkKind.SUPPORTS: True,
    LinkKind.REPLICATES: True,
    LinkKind.OPPOSES: False,
    LinkKind.FAILS_TO_REPLICATE: False,
}
_BINS = 5
"""Intervals of 20 points: a reader rates tens of claims, not thousands, and finer bins would be empty."""


class Forecast(Value):
    """A probability given before the outcome was known, and the outcome."""

    by: Literal["run", "reader", "reading"]
    """What resolved it: a run of a reproduction, the reader's own word, or the results of a paper that was read."""
    subject: str
    statement: str
    p: float
    came_true: bool
    made_at: datetime
    resolved_at: datetime

    @property
    def brier(self) -> float:
        """0 is a sure hit, 1 a sure miss; 0.25 is what 50 % always gets."""
        return (self.p - self.came_true) ** 2


class Bin(Value):
    """Forecasts of about the same probability, and how often they came true."""

    low: float
    high: float
    count: int
    said: float
    came_true: float


class Calibration(Value):
    """How all forecasts came out, and how many answers given before runs were right."""

    forecasts: tuple[Forecast, ...] = ()
    brier: float | None = None
    bins: tuple[Bin, ...] = ()
    right: int = 0
    asked: int = 0
    """Answers to the questions that an experiment asks before it is run; they carry no probability."""


class Drift(Value):
    """How far a belief has moved since it was first rated."""

    subject: str
    statement: str
    first: float
    last: float
    ratings: int
    travelled: float
    """All moves added up, whichever way they went."""
    since: datetime
    until: datetime

    @property
    def net(self) -> float:
        """Where it stands now against where it began."""
        return self.last - self.first


def calibration(home: Home, record: Record) -> Calibration:
    """Over everything that has resolved so far; the reader's word on a claim goes before a run's."""
    held = _held(record)
    told = {one.subject: one for one in _by_runs(record, held)} | {one.subject: one for one in _by_reader(record, held)}
    ordered = tuple(sorted([*told.values(), *_by_reading(record)], key=lambda one: (one.resolved_at, one.subject)))
    right, asked = _answers(home)
    brier = sum(one.brier for one in ordered) / len(ordered) if ordered else None
    return Calibration(forecasts=ordered, brier=brier, bins=_bins(ordered), right=right, asked=asked)


def drifts(record: Record) -> tuple[Drift, ...]:
    """Every belief that was rated more than once, the one that moved furthest first."""
    found = [
        Drift(
            subject=subject,
            statement=log[-1].subject.statement,
            first=log[0].p,
            last=log[-1].p,
            ratings=len(log),
            travelled=sum(abs(b.p - a.p) for a, b in pairwise(log)),
            since=log[0].at,
            until=log[-1].at,
        )
        for subject, log in _held(record).items()
        if len(log) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.net), -one.travelled, one.subject)))


def _held(record: Record) -> Mapping[str, Sequence[Credence]]:
    """The reader's credences by what they are about, oldest first, without those that were taken back."""
    passed = taken_back(Reviews(record).log())
    held: dict[str, list[Credence]] = defaultdict(list)
    for credence in Credences(record).history():
        if credence.at not in passed:
            held[credence.subject.id].append(credence)
    return held


def _by_runs(record: Record, held: Mapping[str, Sequence[Credence]]) -> Iterable[Forecast]:
    """Claims that a run bore out or did not: each against its first run that was made after it was rated."""
    bearings = Bearings(record)
    claims = [note.id for note in bearings.all(NoteKind.CLAIM) if note.id in held]
    rows = [row for row in bearings.linked_to(claims) if row.kind in _OUTCOME]
    runs = bearings.notes({row.source for row in rows})
    scored: set[str] = set()
    for row in sorted(rows, key=lambda one: runs[one.source].created_at):
        run = runs[row.source]
        if run.provenance is not Provenance.RUN or row.target in scored:
            continue
        if before := _before(held[row.target], run.created_at):
            scored.add(row.target)
            yield _forecast("run", before, _OUTCOME[row.kind], run.created_at)


def _by_reader(record: Record, held: Mapping[str, Sequence[Credence]]) -> Iterable[Forecast]:
    """What the reader said turned out true or false; the newest word on each stands."""
    told = {event.card: event for event in in_force(Reviews(record).log()) if event.action == "resolve"}
    for subject, event in told.items():
        if (before := _before(held.get(subject, ()), event.at)) and event.data.came_true is not None:
            yield _forecast("reader", before, event.data.came_true, event.at)


def _by_reading(record: Record) -> Iterable[Forecast]:
    """Predictions made before the results of a paper were read."""
    for one in Passes(record).all():
        said = one.prediction
        if said and said.came_true is not None and said.scored_at:
            yield Forecast(
                by="reading",
                subject=one.paper,
                statement=said.text,
                p=said.p,
                came_true=said.came_true,
                made_at=said.made_at,
                resolved_at=said.scored_at,
            )


def _forecast(by: Literal["run", "reader"], before: Credence, came_true: bool, at: datetime) -> Forecast:
    subject = before.subject
    return Forecast(
        by=by,
        subject=subject.id,
        statement=subject.statement,
        p=before.p,
        came_true=came_true,
        made_at=before.at,
        resolved_at=at,
    )


def _before(log: Sequence[Credence], at: datetime) -> Credence | None:
    return next((one for one in reversed(log) if one.at < at), None)


def _bins(forecasts: Sequence[Forecast]) -> tuple[Bin, ...]:
    grouped: dict[int, list[Forecast]] = defaultdict(list)
    for one in forecasts:
        grouped[min(int(one.p * _BINS), _BINS - 1)].append(one)
    return tuple(
        Bin(
            low=number / _BINS,
            high=(number + 1) / _BINS,
            count=len(some),
            said=sum(one.p for one in some) / len(some),
            came_true=sum(one.came_true for one in some) / len(some),
        )
        for number, some in sorted(grouped.items())
    )


def _answers(home: Home) -> tuple[int, int]:
    """Right answers, and all, that were given before runs and sweeps."""
    from kb.reproductions.run_history import calibration as answered
    from kb.reproductions.store import past_runs, past_sweeps

    folders = sorted(path.name for path in (home.root / "runs").glob("*") if path.is_dir())
    counts = answered([one for name in folders for one in (*past_runs(home, name), *past_sweeps(home, name))])
    return counts["right"], counts["asked"]
