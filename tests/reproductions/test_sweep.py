"""Sweeps: the guess is stored before anything runs, scored after, and shown later."""

from threading import Event
from typing import Any

import pytest

from kb.config import Home
from kb.errors import UsageError
from kb.reproductions.guesses import Guess, read_guess, score_guess
from kb.reproductions.pages import about
from kb.reproductions.run_history import calibration
from kb.reproductions.store import past_runs, past_sweeps
from kb.reproductions.sweep import Dose, sweep
from tests.reproductions.made_up import REPRODUCTION

SIZES = [{**REPRODUCTION.knobs(quick=False), "size": size} for size in (1.0, 3.0)]


def swept(home: Home, guess: Guess, stop: Event | None = None) -> list[Any]:
    return list(sweep(home, REPRODUCTION, "size", SIZES, metric="effect", seeds=(1,), guess=guess, stop=stop))


def test_a_guess_is_kept_before_and_scored_after(home: Home) -> None:
    guess = read_guess(REPRODUCTION, "size", (1.0, 3.0), "3", "1..2")
    events = sweep(home, REPRODUCTION, "size", SIZES, metric="effect", seeds=(1,), guess=guess)
    next(events)
    (begun,) = past_sweeps(home, "made-up")
    assert (begun["guess"]["where"], begun["guess"]["size"], begun["finished"]) == ("3.0", "1..2", False)
    *_, done = events
    assert isinstance(done, dict)
    assert past_sweeps(home, "made-up") == [done]
    assert (done["best"], [dose["value"] for dose in done["doses"]]) == (3.0, [1.0, 3.0])
    assert [one["right"] for one in done["scored"]] == [True, False]
    assert calibration(past_sweeps(home, "made-up")) == {"right": 1, "asked": 2}
    assert {dose["run"] for dose in done["doses"]} == {run["run"] for run in past_runs(home, "made-up")}


def test_sweeps_are_listed_with_their_guesses_the_newest_first(home: Home) -> None:
    swept(home, Guess("1.0"))
    swept(home, Guess("3.0", "3..4", 3.0, 4.0))
    lines = about(REPRODUCTION, [], past_sweeps(home, "made-up"))
    shown = lines[lines.index(("heading", "Sweeps")) + 1 :]
    assert [kind for kind, _ in shown] == ["text", "good", "good", "text", "bad"]
    assert "size = 1.0, 3.0: effect is largest at 3.0, 3" in shown[0][1]
    assert shown[-1][1].strip() == "✗ At which size is effect largest? You said 1.0; it is 3.0."


def test_a_stopped_sweep_keeps_its_guess_without_a_score(home: Home) -> None:
    stop = Event()
    stop.set()
    assert swept(home, Guess("3.0"), stop) == []
    (kept,) = past_sweeps(home, "made-up")
    assert (kept["finished"], kept["scored"], kept["doses"]) == (False, [], [])
    shown = [text.strip() for _, text in about(REPRODUCTION, [], [kept])]
    assert "You guessed 3.0; it is not scored." in shown
    assert any(text.endswith("size = 1.0, 3.0: stopped after 0 of 2") for text in shown)


def test_without_any_number_nothing_is_scored(home: Home) -> None:
    broken = [{**knobs, "trouble": "nan"} for knobs in SIZES]
    *doses, done = sweep(home, REPRODUCTION, "size", broken, metric="effect", seeds=(1,), guess=Guess("3.0"))
    assert isinstance(done, dict)
    assert [dose.mean for dose in doses if isinstance(dose, Dose)] == [None, None]
    assert (done["finished"], done["best"], done["scored"]) == (True, None, [])


@pytest.mark.parametrize(
    ("where", "size", "said"), [("2", "", "choose from 1.0, 3.0"), ("big", "", "float"), ("3", "large", "a range")]
)
def test_a_guess_that_cannot_be_scored_is_refused(where: str, size: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_guess(REPRODUCTION, "size", (1.0, 3.0), where, size)


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        (Guess(), []),
        (Guess("0.5"), [True]),
        (Guess("", "0.2..0.4", 0.2, 0.4), [True]),
        (Guess("0.1", "1", 1.0, 1.0), [False, False]),
    ],
)
def test_each_part_of_a_guess_has_its_score(guess: Guess, right: list[bool]) -> None:
    assert [one.right for one in score_guess(guess, "share", "peak", 0.5, 0.3)] == right
