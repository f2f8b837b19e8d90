"""Each rule for agendas finds the agenda that breaks it, and only that."""

from datetime import date
from typing import Any

import pytest

from kb.insight.agenda_lint import STALE_MONTHS, AgendaFinding, KnownNames, lint_agenda
from kb.models.agenda import Agenda

TODAY = date(2026, 12, 1)
KNOWN = KnownNames({"2210.10860", "1805.00899", "2311.14125", "me"}, {"debate"}, {"debate-digits"})
SOURCE = {"cite": "1805.00899", "where": "section 2"}
FOUND = {**SOURCE, "finding": "It was found."}
LINK = {"statement": "A claim.", "raises": ["Up."], "lowers": ["Down."], "for": [FOUND]}


def whole() -> dict[str, Any]:
    """An agenda at which nothing is wrong, as it would be written."""
    return {
        "id": "debate",
        "title": "Debate",
        "tags": ["debate"],
        "reviewed": "2026-12",
        "know_first": ["debate"],
        "problem": {"statement": "Judges are weak.", "sources": [SOURCE]},
        "theory_of_change": [
            {**LINK, "id": "one", "reproductions": ["debate-digits"]},
            {**LINK, "id": "two", "against": [{**FOUND, "cite": "2210.10860"}]},
            {**LINK, "id": "three", "outcome": True, "scale": "a fifth less", "date": 2030},
        ],
        "former_links": [{"id": "gone", "statement": "It was so.", "now": "one"}],
        "cruxes": [{"id": "c", "question": "Is it?", "bears_on": ["one"], "sources": [SOURCE]}],
        "proponents": [{"who": "Ada", "view": "It works.", "sources": [SOURCE]}],
        "critics": [{"who": who, "view": "It fails.", "sources": [SOURCE]} for who in ("Alan", "Grace")],
        "papers": [{"cite": "1805.00899", "minutes": 40, "why": "the idea"}, "2210.10860"],
        "reproductions": ["debate-digits"],
    }


def found(data: dict[str, Any], today: date = TODAY) -> list[tuple[str, str]]:
    """Where something is wrong, and how badly."""
    return [(one.part, one.level) for one in findings(data, today)]


def findings(data: dict[str, Any], today: date = TODAY) -> tuple[AgendaFinding, ...]:
    return lint_agenda(Agenda.model_validate(data), KNOWN, today)


def test_nothing_is_wrong_with_a_whole_one() -> None:
    assert found(whole()) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"outcome": False}, "three"),
        ({"scale": ""}, "three"),
        ({"raises": []}, "three"),
        ({"lowers": []}, "three"),
        ({"for": [], "sources": [SOURCE]}, "three"),
        ({"reproductions": ["no-such-run"]}, "three"),
    ],
)
def test_a_last_link_that_is_not_whole_is_found(change: dict[str, Any], part: str) -> None:
    data = whole()
    data["theory_of_change"][2].update(change)
    assert found(data) == [(part, "error")]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"critics": whole()["critics"][:1]}, "critics"),
        ({"reviewed": None}, "reviewed"),
        ({"papers": ["1805.00899"]}, "papers"),
        ({"papers": [*whole()["papers"], "2210.10860"]}, "papers"),
        ({"papers": [*whole()["papers"], "2406.00001"]}, "papers"),
        ({"papers": [*whole()["papers"], "https://example.org/no-title"]}, "papers"),
        ({"problem": {"statement": "Weak.", "sources": [{"cite": "1805.00899", "where": "Title"}]}}, "sources"),
        ({"reproductions": ["debate-digits", "no-such-run"]}, "reproductions"),
        ({"former_links": [{"id": "gone", "statement": "So.", "now": "nowhere"}]}, "gone"),
    ],
)
def test_a_field_that_is_not_whole_is_found(change: dict[str, Any], part: str) -> None:
    assert found(whole() | change) == [(part, "error")]


def test_an_outcome_in_the_middle_is_found() -> None:
    data = whole()
    data["theory_of_change"][0].update({"outcome": True, "scale": "all"})
    assert found(data) == [("one", "error")]


def test_a_run_that_informs_a_link_belongs_to_the_agenda() -> None:
    assert found(whole() | {"reproductions": []}) == [("one", "error")]


def test_a_sentence_may_say_why_a_link_is_gone_or_that_no_critic_was_found() -> None:
    former = [{"id": "gone", "statement": "So.", "now": "Nobody disputes it any more."}]
    assert found(whole() | {"former_links": former}) == []
    assert found(whole() | {"critics": [], "no_critics": "None was found in 2026."}) == []


def test_an_unknown_concept_is_a_warning_and_loads() -> None:
    assert found(whole() | {"know_first": ["debate", "not-yet"]}) == [("know_first", "warning")]


def test_a_review_is_too_old_after_eighteen_months() -> None:
    assert STALE_MONTHS == 18
    assert found(whole(), date(2028, 6, 30)) == []
    assert found(whole(), date(2028, 7, 1)) == [("reviewed", "warning")]
    assert "19 months" in findings(whole(), date(2028, 7, 1))[0].message
