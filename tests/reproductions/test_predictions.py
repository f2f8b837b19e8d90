"""Predictions as typed, and their score."""

import pytest

from kb.errors import UsageError
from kb.reproductions.model import Question
from kb.reproductions.predictions import Prediction, read_prediction, score
from kb.reproductions.registry import find_reproduction

NUMBER = Question("How many?", "m")
WAY = Question("More or less?", "m", ("more", "less"), 0.0)


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [("0.2..0.5", 0.2, 0.5), ("-5 .. -10", -10, -5), ("3", 3, 3), ("1e-3 to 2", 0.001, 2), (".5..1.", 0.5, 1)],
)
def test_ranges(text: str, lo: float, hi: float) -> None:
    read = read_prediction(NUMBER, text)
    assert (read.lo, read.hi) == (lo, hi)


@pytest.mark.parametrize("text", ["", "many", "1..", "nan", "1..2..3"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_prediction(NUMBER, text)


def test_a_way_may_be_shortened_but_not_made_up() -> None:
    assert read_prediction(WAY, "LE").answer == "less"
    with pytest.raises(UsageError, match="more, less"):
        read_prediction(WAY, "sideways")


def test_scores_compare_with_the_mean() -> None:
    one = find_reproduction("decision-transformer-luck")
    way, number = one.ask_first
    said = (Prediction(way.text, way.metric, "less"), Prediction(number.text, number.metric, "", -12, -6))
    rows = [{way.metric: 7.0, number.metric: -8.0}, {way.metric: 9.0, number.metric: -12.0}]
    scored = score(one, said, rows)
    assert [answer.right for answer in scored] == [True, True]
    assert scored[1].value == -10.0
    assert scored[1].width == 6
    assert [answer.right for answer in score(one, said, [{way.metric: -1.0, number.metric: 3.0}])] == [False, False]
