"""Reading the credence log: probabilities as a reader types them, steps between entries, and what moved them most."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time

from kb.errors import UsageError
from kb.models.base import Value
from kb.models.credence import Credence

_NUMBER = r"(\d*\.?\d+)\s*(%?)"
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|—|\.\.|to)\s*{_NUMBER}")
_FORMS = "write 70, 70% or 0.7, or a range such as 60-80% or 0.6-0.8"


def probability(text: str) -> tuple[float, float]:
    """``0.7``, ``70``, ``70%``, ``0.6-0.8`` or ``60-80%`` as the two ends of a range; raises UsageError.

    Whole numbers above 1 are percentages; 1 itself is certainty.
    """
    wanted = text.strip()
    if one := _ONE.fullmatch(wanted):
        ends = [(one[1], one[2])] * 2
    elif two := _RANGE.fullmatch(wanted):
        ends = [(two[1], two[2] or two[4]), (two[3], two[4])]
    else:
        raise UsageError(f"{text!r} is no probability", _FORMS, "kb credence --help")
    in_percent = all(number.isdigit() for number, _ in ends) and any(float(number) > 1 for number, _ in ends)
    low, high = (float(number) / (100 if percent or in_percent else 1) for number, percent in ends)
    if high > 1:
        raise UsageError(f"{text!r} is more than certain", _FORMS, "kb credence --help")
    if low > high:
        raise UsageError(f"{text!r} goes downwards", "a range begins with its lower end", "kb credence --help")
    return low, high


_RATING = re.compile(rf"\s*(?P<p>{_RANGE.pattern}|{_NUMBER})[\s,;:]*(?P<why>.*)", re.DOTALL)


def rating(text: str) -> tuple[float, float, str]:
    """``40% a toy judge was fooled``: the two ends, and the reason that follows them; raises UsageError."""
    found = _RATING.fullmatch(text)
    if found is None or re.match(r"[\d.–-]", found["why"]):
        return (*probability(text), "")
    return (*probability(found["p"]), found["why"].strip())


def moment(text: str) -> datetime:
    """A day, of which the end is meant, or a time; local unless it says otherwise. Raises UsageError."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"{text!r} is no date", "write 2026-03-01, or 2026-03-01T14:30", "kb credence --help"
        ) from None
    if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text.strip()):
        found = datetime.combine(found.date(), time.max)
    return found.astimezone(UTC)


class CredenceStep(Value):
    """One entry of the log beside the one before it on the same subject."""

    credence: Credence
    before: Credence | None

    @property
    def moved(self) -> float:
        """By how much the middle of the range moved; 0 for a first rating."""
        return self.credence.p - self.before.p if self.before else 0.0

    @property
    def words(self) -> str:
        """``40 % → 70 %``, or the first rating alone."""
        return f"{self.before.words} → {self.credence.words}" if self.before else self.credence.words


def steps(log: Sequence[Credence]) -> tuple[CredenceStep, ...]:
    """The whole log, oldest first, as steps."""
    last: dict[str, Credence] = {}
    found = []
    for credence in log:
        found.append(CredenceStep(credence=credence, before=last.get(credence.subject.id)))
        last[credence.subject.id] = credence
    return tuple(found)


def moved_most(log: Sequence[Credence], since: datetime) -> tuple[CredenceStep, ...]:
    """Steps made after a time, the widest first; first ratings last, since they moved nothing."""
    recent = [step for step in steps(log) if step.credence.at > since]
    return tuple(sorted(recent, key=lambda step: (-abs(step.moved), step.before is None, step.credence.at)))
