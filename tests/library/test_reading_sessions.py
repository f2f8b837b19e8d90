"""Times, progress and bookmarks come back as they were kept, and add up."""

from collections.abc import Iterator
from datetime import date

import pytest

from kb.config import Home
from kb.errors import KbError
from kb.library.papers import Papers
from kb.library.reading_sessions import ReadingSessions
from kb.library.record import Record
from kb.models.paper import PaperDraft
from kb.models.reading import joined, share

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


@pytest.fixture
def record(home: Home) -> Iterator[Record]:
    with Record.open(home) as record:
        yield record


@pytest.fixture
def paper(record: Record) -> str:
    return Papers(record).add(PaperDraft(title="A paper")).id


def test_time_adds_up_over_a_day_and_over_days(record: Record, paper: str) -> None:
    readings = ReadingSessions(record)
    for seconds, day in ((20, MONDAY), (40, MONDAY), (5, TUESDAY), (0, TUESDAY)):
        readings.keep(paper, 3, (), seconds, day)
    assert readings.seconds() == {paper: 65}
    assert Papers(record).place(paper) == 3


def test_parts_that_were_read_twice_count_once(record: Record, paper: str) -> None:
    readings = ReadingSessions(record)
    readings.keep(paper, 0, ((0, 100), (400, 500)), 0, MONDAY)
    readings.keep(paper, 0, ((50, 200), (900, 1000)), 0, MONDAY)
    readings.keep(paper, 7, (), 0, MONDAY)
    assert readings.seen(paper) == ((0, 200), (400, 500), (900, 1000))
    assert readings.all_seen() == {paper: readings.seen(paper)}
    assert readings.seen("another") == ()


def test_bookmarks_stand_in_the_order_of_the_text_and_can_be_taken_away(record: Record, paper: str) -> None:
    readings = ReadingSessions(record)
    late = readings.add_bookmark(paper, 9, "late \x1b[31m words", 4)
    early = readings.add_bookmark(paper, 2, "early words")
    assert readings.bookmarks(paper) == (early, late)
    readings.remove_bookmark(early.id)
    assert readings.bookmarks(paper) == (late,)


def test_nothing_is_kept_of_a_paper_that_is_not_there(record: Record) -> None:
    with pytest.raises(KbError, match="foreign key"):
        ReadingSessions(record).keep("nobody", 0, (), 5, MONDAY)


def test_ranges_join_and_are_measured() -> None:
    assert joined([(5, 5), (10, 20), (0, 10), (30, 40)]) == ((0, 20), (30, 40))
    assert share(((0, 20), (30, 40)), 10, 40) == pytest.approx(20 / 30)
    assert share((), 0, 0) == 0
