"""Progress is counted in parts of the text, and time in what lies between keys."""

import pytest

from tui.runtime.reading_time import IDLE, ReadingClock, spoken
from tui.text.progress import Measure, bar, shares
from tui.text.reflow import TextPosition

TEXTS = ("a" * 100, "b" * 300, "c" * 600)


def test_places_are_thousandths_of_the_whole() -> None:
    measure = Measure(TEXTS)
    assert [measure.part(TextPosition(block, 0)) for block in range(3)] == [0, 100, 400]
    assert measure.between(TextPosition(1, 0), TextPosition(2, 599)) == (100, 1000)
    assert measure.between(TextPosition(0, 0), TextPosition(0, 49)) == (0, 50)


def test_the_same_text_in_other_blocks_is_measured_alike() -> None:
    assert Measure(("".join(TEXTS),)).part(TextPosition(0, 400)) == Measure(TEXTS).part(TextPosition(2, 0))


def test_sections_count_what_is_below_them() -> None:
    sections = [(1, 0), (2, 1), (1, 2)]
    spans = Measure(TEXTS).spans(sections)
    assert spans == [(0, 400), (100, 400), (400, 1000)]
    assert shares(((0, 250),), spans) == [pytest.approx(250 / 400), pytest.approx(0.5), 0]


def test_an_empty_text_has_no_parts() -> None:
    assert Measure(()).part(TextPosition(0, 0)) == 0
    assert shares((), Measure(("",)).spans([(1, 0)])) == [0]


@pytest.mark.parametrize(("share", "sign"), [(0, " "), (0.01, "▁"), (0.5, "▄"), (0.99, "▇"), (1, "█")])
def test_only_what_is_read_whole_is_full(share: float, sign: str) -> None:
    assert bar(share) == sign


def test_time_between_keys_counts_and_time_away_does_not() -> None:
    clock = ReadingClock()
    for now in (0, 10, 10 + IDLE, 11 + 3 * IDLE, 13.5 + 3 * IDLE):
        clock.press(now)
    assert clock.take() == 10 + IDLE + 2
    assert clock.take() == 0
    clock.leave()
    clock.press(5000)
    clock.press(5000.6)
    assert clock.take() == 1, "the half second from before is not lost"


@pytest.mark.parametrize(("seconds", "text"), [(20, ""), (45, "1 min"), (1500, "25 min"), (3900, "1 h 05 min")])
def test_times_are_written_for_people(seconds: int, text: str) -> None:
    assert spoken(seconds) == text
