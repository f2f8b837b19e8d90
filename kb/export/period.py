"""Periods of days, as a reader names them: a week, a month, or from one day to another."""

from datetime import date, datetime, time, timedelta

from kb.errors import UsageError
from kb.models.base import Value

_DAYS = {"week": 7, "month": 30}


class Period(Value):
    """From the first day to the last, both included, as the reader's own clock has them."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The moment at which it begins."""
        return datetime.combine(self.first, time.min).astimezone()

    @property
    def end(self) -> datetime:
        """The moment at which the day after it begins."""
        return datetime.combine(self.last + timedelta(days=1), time.min).astimezone()

    @property
    def words(self) -> str:
        """For a title: ``2 to 8 November 2026``."""
        first, last = self.first, self.last
        if first == last:
            return _day(last, "day", "month", "year")
        if first.year != last.year:
            return f"{_day(first, 'day', 'month', 'year')} to {_day(last, 'day', 'month', 'year')}"
        begin = _day(first, "day") if first.month == last.month else _day(first, "day", "month")
        return f"{begin} to {_day(last, 'day', 'month', 'year')}"

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= moment < self.end

    def weeks(self) -> tuple["Period", ...]:
        """Its weeks from Monday to Sunday, the first and the last one cut to it."""
        weeks, first = [], self.first
        while first <= self.last:
            last = min(self.last, first + timedelta(days=6 - first.weekday()))
            weeks.append(Period(first=first, last=last))
            first = last + timedelta(days=1)
        return tuple(weeks)


def period_of(since: str | None, until: str | None, name: str | None, today: date) -> Period:
    """A period by its days, or by a name: the last seven or thirty days; raises UsageError for one that cannot be."""
    if name is not None and (since or until):
        raise UsageError(f"a {name} already says which days", next=f"kb export summary --period {name}")
    last = _date(until, "--until") if until else today
    if name is not None:
        return Period(first=last - timedelta(days=_DAYS[name] - 1), last=last)
    if not since:
        raise UsageError("a period needs its first day", next="kb export summary --since 2026-01-31")
    first = _date(since, "--since")
    if first > last:
        raise UsageError(f"{first} is after {last}", next=f"kb export summary --since {last} --until {first}")
    return Period(first=first, last=last)


def _date(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", "days are written as 2026-01-31", f"{option} 2026-01-31") from error


def _day(day: date, *parts: str) -> str:
    names = {"day": str(day.day), "month": f"{day:%B}", "year": str(day.year)}
    return " ".join(names[part] for part in parts)
