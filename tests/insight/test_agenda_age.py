"""How old an agenda's newest source is, as exactly as ids and years say."""

from datetime import date

import pytest

from kb.insight.agenda_age import months_since, newest_of
from kb.insight.cited_works import Reading

TODAY = date(2026, 12, 1)


def reading(cite: str, year: int | None = None) -> Reading:
    return Reading(cite=cite, title=cite, year=year, minutes=10)


def test_the_month_of_an_arxiv_id_counts_and_comes_after_a_bare_year() -> None:
    newest = newest_of([reading("1805.00899", 2018), reading("https://e.org", 2026), reading("2607.02514", 2026)])
    assert newest is not None
    assert (newest.reading.cite, newest.when, newest.age(TODAY)) == ("2607.02514", "2026-07", "5 months old")


def test_of_a_bare_year_the_most_is_said() -> None:
    newest = newest_of([reading("https://e.org", 2026), reading("2512.18311", 2025)])
    assert newest is not None
    assert (newest.when, newest.age(TODAY)) == ("2026", "up to 11 months old")


def test_nothing_dated_has_no_age() -> None:
    assert newest_of([reading("me"), reading("math/0309136")]) is None


@pytest.mark.parametrize(("month", "months"), [("2026-12", 0), ("2026-11", 1), ("2025-12", 12), ("2027-03", 0)])
def test_months_are_counted_over_years_and_never_below_none(month: str, months: int) -> None:
    assert months_since(month, TODAY) == months
