"""``kb review`` as a reader and a script use it."""

import re
from collections.abc import Iterator

import pytest

from kb.config import Home
from tests.cli.conftest import Kb


@pytest.fixture
def claim(kb: Kb, library: Home) -> str:
    """A claim that was noted and rated."""
    paper = kb("papers", "--json").data["papers"][0]["paper"]
    note = str(kb("note", "add", paper, "--kind", "claim", "--text", "Comparisons are enough", "--json").data["note"])
    assert kb("credence", note, "0.4", "--why", "a hunch").code == 0
    return note


@pytest.fixture
def term(kb: Kb, library: Home) -> str:
    """A term that was noted."""
    paper = kb("papers", "--json").data["papers"][0]["paper"]
    fields = ("--field", "definition=pairs that people choose between")
    made = kb("note", "add", paper, "--kind", "term", "--text", "comparisons", *fields, "--json")
    return str(made.data["note"])


def test_without_cards_it_says_how_to_choose_one(kb: Kb) -> None:
    ran = kb("review")
    assert (ran.code, ran.out) == (0, "")
    assert "Next: kb review add NOTE" in ran.err
    counts = {"due": 0, "cards": 0, "gone": 0}
    assert kb("review", "--list", "--json").data == {"due": [], "counts": counts, "next_due": None}


def test_a_belief_is_listed_without_what_was_last_said_of_it(kb: Kb, claim: str) -> None:
    assert kb("review", "add", claim).code == 0
    listed = kb("review", "--list", "--json")
    assert listed.data["counts"]["due"] == 1
    assert listed.data["due"][0]["statement"] == "Comparisons are enough"
    told = re.sub(r"[\d-]+T[\d:.+]+", "", listed.out.replace(claim, ""))
    assert not re.search(r"0\.4|hunch|40", told)
    shown = kb("review", "show", claim, "--json")
    assert "before" not in shown.data
    assert kb("review", "show", claim, "--answer", "--json").data["before"]["p"] == 0.4


def test_a_belief_is_rated_from_a_script_and_then_compared(kb: Kb, claim: str) -> None:
    kb("review", "add", claim)
    rated = kb("review", "rate", claim, "60-80%", "--why", "two more papers", "--json").data
    assert rated["before"]["reason"] == "a hunch"
    assert rated["evidence_since"] == []
    assert kb("credence", claim, "--json").data["credence"]["low"] == 0.6
    assert kb("review", "--list", "--json").data["counts"] == {"due": 0, "cards": 1, "gone": 0}
    assert "nothing is due until" in kb("review").err
    assert kb("review", "undo").code == 0
    assert kb("credence", claim, "--json").data["credence"]["p"] == 0.4
    assert kb("review", "rate", claim, "3").code == 2
    assert kb("review", "rate", claim, "70%").out.count("last time") == 1


def test_the_status_says_how_much_is_due(kb: Kb, claim: str) -> None:
    assert "kb review (" not in kb().out
    kb("review", "add", claim)
    assert "Next: kb review (1 due) ·" in kb().out


def test_a_term_is_asked_graded_and_removed(kb: Kb, term: str) -> None:
    added = kb("review", "add", term, "--json").data["added"][0]
    assert "answer" not in added
    assert kb("review", "show", term, "--answer").out.count("pairs that people choose between") == 1
    assert kb("review", "rate", term, "7").code == 2
    assert kb("review", "rate", term, "good", "--json").data["grades"] == [3]
    assert kb("review", "--all", "--json").data["cards"][0]["card"] == term
    assert kb("review", "remove", term[:4]).code == 0
    assert kb("review", "show", term).code == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "nothing-like-it"), 3),
        (("add", "debate", "--as", "quiz"), 2),
        (("add", "debate", "market", "--question", "why?"), 2),
        (("rate", "nothing", "3"), 3),
        (("resolve", "debate", "maybe"), 2),
        (("undo",), 3),
        (("remove", "nothing"), 3),
    ],
)
def test_what_cannot_be_done_says_what_can(kb: Kb, arguments: tuple[str, ...], code: int) -> None:
    ran = kb("review", *arguments)
    assert ran.code == code
    assert "next:" in ran.err


def test_outcomes_are_scored_and_drift_is_told(kb: Kb, claim: str) -> None:
    assert "nothing that you rated has resolved" in kb("review", "calibration").err
    assert "no belief was rated twice" in kb("review", "drift").err
    kb("credence", claim, "0.8", "--why", "more")
    assert "Brier score 0.04" in kb("review", "resolve", claim, "true").err
    assert kb("review", "calibration", "--json").data["brier"] == pytest.approx(0.04)
    assert "came" in kb("review", "calibration").out
    assert kb("review", "drift", "--json").data["drift"][0]["net"] == pytest.approx(0.4)
    assert "+40" in kb("review", "drift").out


def test_a_sitting_asks_rates_blind_and_then_compares(
    kb: Kb, claim: str, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb("review", "add", claim, term)
    said = iter(["maybe", "55%", "it held up", "", "9", "4"])
    typed_at(monkeypatch, said)
    ran = kb("review")
    assert ran.out.index("Comparisons are enough") < ran.out.index("last time, on")
    assert "a hunch" in ran.out
    assert "'maybe' is no probability" in ran.err
    assert "2 reviewed, 0 left" in ran.err
    assert kb("credence", claim, "--json").data["credence"]["reason"] == "it held up"
    assert kb("review", "show", term, "--json").data["grades"] == [4]


def test_a_sitting_can_be_stopped_with_what_was_rated_kept(
    kb: Kb, claim: str, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb("review", "add", claim, term)
    typed_at(monkeypatch, iter(["30%"]))
    assert "1 reviewed, 1 left" in kb("review").err
    assert kb("credence", claim, "--json").data["credence"]["p"] == 0.3
    typed_at(monkeypatch, iter(["s"]))
    assert "0 reviewed, 1 left" in kb("review").err


def typed_at(monkeypatch: pytest.MonkeyPatch, said: Iterator[str]) -> None:
    """A terminal at which these lines are typed, and then the end of input."""

    def line(_: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", line)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
