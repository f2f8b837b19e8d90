"""The strategies table: what was tried against which baseline, and how it came out, counted from method notes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from kb.library.names import plain
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import MethodFields, Note
from kb.models.note_kind import NoteKind


@dataclass(frozen=True)
class Trial:
    """One method note, as a result."""

    note: str
    paper: str | None
    approach: str
    problem: str
    outcome: str
    metric: str
    value: float | None
    baseline_value: float | None
    baseline: str
    cost: str
    limits: str

    @property
    def gain(self) -> float | None:
        """The change against the baseline, relative to it; None where either number is missing, or the baseline is 0.

        It counts as a gain what the reader calls an improvement, since of many metrics less is better.
        """
        if self.value is None or not self.baseline_value:
            return None
        change = (self.value - self.baseline_value) / abs(self.baseline_value)
        better = {"improved": abs(change), "failed": -abs(change)}
        return better.get(self.outcome, change)


@dataclass(frozen=True)
class Strategy:
    """An approach with everything that was noted of it."""

    approach: str
    trials: tuple[Trial, ...]

    @property
    def outcomes(self) -> Counter[str]:
        """How often it improved, failed, or came out mixed."""
        return Counter(trial.outcome or "not said" for trial in self.trials)

    @property
    def gains(self) -> tuple[float, ...]:
        """The gains that are known, smallest first."""
        return tuple(sorted(trial.gain for trial in self.trials if trial.gain is not None))

    @property
    def median_gain(self) -> float | None:
        """The gain in the middle."""
        return median(self.gains) if self.gains else None

    @property
    def papers(self) -> int:
        """In how many papers it was tried."""
        return len({trial.paper for trial in self.trials if trial.paper})

    @property
    def costs(self) -> tuple[str, ...]:
        """What it cost, each once."""
        return tuple(dict.fromkeys(trial.cost for trial in self.trials if trial.cost))

    @property
    def verdict(self) -> str:
        """What the counts come to, in words that claim no more than they carry."""
        count = self.outcomes
        told = count["improved"] + count["failed"] + count["mixed"]
        if told < 2:
            return "too few to say"
        if count["improved"] >= 2 * (count["failed"] + count["mixed"]):
            return "tends to work"
        if count["failed"] >= 2 * (count["improved"] + count["mixed"]):
            return "tends not to work"
        return "mixed"


def strategies(record: Record, problem: str = "", agenda: Iterable[str] | None = None) -> tuple[Strategy, ...]:
    """Approaches by how often they were tried, those that improved most often first among equals."""
    names = list(agenda) if agenda is not None else None
    notes = Notes(record).all(kind=NoteKind.METHOD, agenda=names)
    grouped: dict[str, list[Trial]] = {}
    for note in reversed(notes):
        trial = _trial(note)
        if problem.lower() in f"{trial.problem} {trial.approach}".lower():
            grouped.setdefault(plain(trial.approach) or note.id, []).append(trial)
    found = [Strategy(trials[0].approach, tuple(trials)) for trials in grouped.values()]
    return tuple(sorted(found, key=lambda one: (-len(one.trials), -one.outcomes["improved"], one.approach)))


def _trial(note: Note) -> Trial:
    fields = note.fields
    assert isinstance(fields, MethodFields)
    told = fields.model_dump(
        include={"problem", "outcome", "metric", "value", "baseline_value", "baseline", "cost", "limits"}
    )
    return Trial(note=note.id, paper=note.paper, approach=fields.approach or note.headline, **told)
