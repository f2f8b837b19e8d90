"""Strategies are counted from method notes, and words claim no more than the counts carry."""

import pytest

from kb.insight.strategies import strategies
from tests.insight.library import Mind


def tried(mind: Mind, approach: str, outcome: str, value: float | None = None, baseline: float | None = None) -> None:
    mind.note(
        approach, "debate", kind="method", outcome=outcome, value=value, baseline_value=baseline, problem="oversight"
    )


def test_the_same_approach_in_other_spelling_is_one_row(mind: Mind) -> None:
    tried(mind, "Best-of-n", "improved", 0.6, 0.5)
    tried(mind, "best of N", "failed", 0.4, 0.5)
    tried(mind, "PPO", "improved")
    table = strategies(mind.record)
    assert [(one.approach, len(one.trials)) for one in table] == [("Best-of-n", 2), ("PPO", 1)]
    assert table[0].gains == pytest.approx((-0.2, 0.2))
    assert (table[0].median_gain, table[1].median_gain) == (pytest.approx(0), None)


def test_less_is_a_gain_where_the_reader_calls_it_an_improvement(mind: Mind) -> None:
    tried(mind, "weight decay", "improved", 1.0, 2.0)
    assert strategies(mind.record)[0].gains == (0.5,)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        (["improved"], "too few to say"),
        (["improved", "improved"], "tends to work"),
        (["failed", "failed", "mixed"], "tends not to work"),
        (["improved", "failed"], "mixed"),
        (["", ""], "too few to say"),
    ],
)
def test_the_verdict_follows_the_counts(mind: Mind, outcomes: list[str], verdict: str) -> None:
    for outcome in outcomes:
        tried(mind, "x", outcome)
    assert strategies(mind.record)[0].verdict == verdict


def test_a_baseline_of_nothing_gives_no_gain(mind: Mind) -> None:
    tried(mind, "x", "improved", 1.0, 0.0)
    assert strategies(mind.record)[0].gains == ()


def test_strategies_are_narrowed_by_problem_and_agenda(mind: Mind) -> None:
    tried(mind, "x", "improved")
    assert len(strategies(mind.record, "OVERSIGHT")) == 1
    assert strategies(mind.record, "vision") == ()
    assert len(strategies(mind.record, agenda=["debate"])) == 1
    assert strategies(mind.record, agenda=["rlhf"]) == ()
