"""Summaries of a period: what was noted, believed and run in it, and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.export.gather import gather_period
from kb.export.markdown import render_markdown
from kb.export.period import Period, period_of
from kb.library.schema import credences, notes
from kb.models.note import Note
from tests.export.library import DEBATE, Shelf
from tests.export.reading import headings

TODAY = date(2026, 3, 10)


def on(shelf: Shelf, note: Note, day: date) -> None:
    """Let a note have been made on a day."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with shelf.record.write() as connection:
        connection.execute(notes.update().where(notes.c.id == note.id).values(created_at=moment, revised_at=moment))


def rated_on(shelf: Shelf, day: date) -> None:
    """Let the newest credence have been written down on a day."""
    with shelf.record.write() as connection:
        newest = connection.execute(sa.select(sa.func.max(credences.c.seq))).scalar()
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        connection.execute(credences.update().where(credences.c.seq == newest).values(at=moment))


@pytest.mark.parametrize(
    ("since", "until", "name", "first", "last"),
    [
        ("2026-03-01", "2026-03-05", None, date(2026, 3, 1), date(2026, 3, 5)),
        ("2026-03-01", None, None, date(2026, 3, 1), TODAY),
        (None, None, "week", date(2026, 3, 4), TODAY),
        (None, None, "month", date(2026, 2, 9), TODAY),
    ],
)
def test_a_period_is_named_by_its_days_or_by_a_word(
    since: str | None, until: str | None, name: str | None, first: date, last: date
) -> None:
    assert period_of(since, until, name, TODAY) == Period(first=first, last=last)


@pytest.mark.parametrize(
    ("since", "until", "name"),
    [
        ("March", None, None),
        ("2026-03-05", "2026-03-01", None),
        (None, "2026-03-05", None),
        ("2026-03-01", None, "week"),
    ],
)
def test_a_period_that_cannot_be_is_refused(since: str | None, until: str | None, name: str | None) -> None:
    with pytest.raises(UsageError) as error:
        period_of(since, until, name, TODAY)
    assert error.value.next


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 3, 2), date(2026, 3, 8), "2 to 8 March 2026"),
        (date(2026, 2, 27), date(2026, 3, 5), "27 February to 5 March 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 December 2025 to 4 January 2026"),
        (date(2026, 3, 2), date(2026, 3, 2), "2 March 2026"),
    ],
)
def test_a_period_is_told_as_people_do(first: date, last: date, words: str) -> None:
    assert Period(first=first, last=last).words == words


def test_weeks_begin_on_mondays_and_cover_every_day_once() -> None:
    period = Period(first=date(2026, 3, 4), last=date(2026, 3, 17))
    weeks = period.weeks()
    days = [week.first + timedelta(days=at) for week in weeks for at in range((week.last - week.first).days + 1)]
    assert days == [period.first + timedelta(days=at) for at in range(14)]
    assert [week.first.weekday() for week in weeks[1:]] == [0, 0]


def test_a_period_tells_what_was_noted_and_believed_in_it(home: Home) -> None:
    shelf = Shelf(home)
    old, new = shelf.paper(), shelf.paper(DEBATE)
    on(shelf, shelf.note("claim", old, statement="Before"), date(2026, 2, 1))
    inside = shelf.note("claim", new, statement="Within", asserted_by="me")
    on(shelf, inside, date(2026, 3, 5))
    shelf.rate(inside, 0.4, 0.4, "a first look")
    rated_on(shelf, date(2026, 2, 20))
    shelf.rate(inside, 0.7, 0.7, "the theorem holds")
    rated_on(shelf, date(2026, 3, 6))
    summary = gather_period(shelf.record, Period(first=date(2026, 3, 1), last=date(2026, 3, 7)))
    text = render_markdown(summary)
    assert [part.paper.id for part in summary.papers] == [new.id]
    assert headings(text)[:2] == [(1, "What I read, 1 to 7 March 2026"), (2, "What changed my mind")]
    assert "- Within: 40 % → 70 %. The theorem holds." in text
    assert "Before" not in text


def test_an_empty_period_is_said_to_be_empty(home: Home) -> None:
    shelf = Shelf(home)
    with pytest.raises(NotFoundError, match="1 to 7 March 2026"):
        gather_period(shelf.record, Period(first=date(2026, 3, 1), last=date(2026, 3, 7)))
