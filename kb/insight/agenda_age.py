"""How old an agenda is: its newest source, and when somebody last held it against the literature."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kb.insight.cited_works import Reading

_ARXIV = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}")
_A_YEAR = 12


class Newest(NamedTuple):
    """The newest of some readings, and when it came out, as exactly as its id and year say."""

    reading: Reading
    year: int
    month: int | None

    @property
    def when(self) -> str:
        """``2026-07``, or ``2026``."""
        return str(self.year) if self.month is None else f"{self.year}-{self.month:02}"

    def months(self, today: date) -> int:
        """Whole months until today; the most that it can be where only the year is known."""
        return months_since(f"{self.year}-{self.month or 1:02}", today)

    def age(self, today: date) -> str:
        """``5 months old``, ``up to 11 months old``."""
        months = self.months(today)
        counted = f"{months} month{'' if months == 1 else 's'} old"
        return counted if self.month else f"up to {counted}"


def newest_of(readings: Iterable[Reading]) -> Newest | None:
    """The newest of them; of one year those whose month is known come after the others."""
    dated = [(*when, reading) for reading in readings if (when := _when(reading))]
    if not dated:
        return None
    year, month, reading = max(dated, key=lambda one: (one[0], one[1] or 0))
    return Newest(reading, year, month)


def months_since(month: str, today: date) -> int:
    """Months from ``2026-07`` until today; never less than none."""
    year, number = map(int, month.split("-"))
    return max(0, (today.year - year) * _A_YEAR + today.month - number)


def _when(reading: Reading) -> tuple[int, int | None] | None:
    """An arXiv id begins with year and month of its first version; else the year that a list gives."""
    if found := _ARXIV.fullmatch(reading.cite):
        return 2000 + int(found[1]), int(found[2])
    return (reading.year, None) if reading.year else None
