"""Knobs from text."""

import pytest

from kb.errors import NotFoundError, UsageError
from kb.reproductions.params import read_knobs
from kb.reproductions.registry import find_reproduction
from tests.reproductions.made_up import REPRODUCTION


def test_values_take_the_type_of_their_default() -> None:
    knobs = read_knobs(REPRODUCTION, ["size=2", "count=5", "loud=yes", "trouble=none"], quick=False)
    assert knobs == {"size": 2.0, "count": 5, "loud": True, "trouble": "none"}


@pytest.mark.parametrize("setting", ["size=big", "size=11", "size=-1", "size=nan", "count=1.5", "loud=maybe", "size"])
def test_a_value_that_does_not_fit_is_refused(setting: str) -> None:
    with pytest.raises(UsageError):
        read_knobs(REPRODUCTION, [setting], quick=False)


def test_a_wrong_name_is_refused_with_the_right_ones() -> None:
    with pytest.raises(UsageError, match="size, count, loud, trouble"):
        read_knobs(REPRODUCTION, ["sise=1"], quick=False)


def test_an_unknown_reproduction_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFoundError, match="goal-misgeneralisation"):
        find_reproduction("no-such-thing")


def test_an_unambiguous_beginning_is_enough() -> None:
    assert find_reproduction("goal").id == "goal-misgeneralisation"
