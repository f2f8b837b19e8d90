"""Cruxes are ranked by a rule that the reader can change, and ranks are ranges."""

from datetime import UTC, datetime

import pytest

from kb.config import Home
from kb.errors import UsageError
from kb.insight.audit import Auditor
from kb.insight.cruxes import DEFAULT, FACTORS, RankedCrux, checked_weight, rank_cruxes, read_rule, write_rule
from kb.models.agenda import Agenda
from tests.insight.library import Mind, agenda

ME = [{"cite": "me", "where": "my own view"}]


def with_cruxes() -> Agenda:
    """An agenda with one crux on each claim."""
    names = ("one", "two", "three")
    cruxes = [{"id": f"on-{name}", "question": "Is it so?", "bears_on": [name], "sources": ME} for name in names]
    return agenda(cruxes=cruxes)


@pytest.fixture
def mind(home: Home) -> Mind:
    return Mind(home, with_cruxes())


def ranked(mind: Mind, **weights: float) -> dict[str, RankedCrux]:
    agendas = list(mind.agenda_index.agendas.values())
    audited = Auditor(mind.record, mind.agenda_index, datetime(2026, 1, 1, tzinfo=UTC)).agendas(
        mind.agenda_index.agendas
    )
    return {one.crux.id: one for one in rank_cruxes(agendas, audited, weights or DEFAULT)}


def test_where_nothing_is_known_all_cruxes_share_the_first_place(mind: Mind) -> None:
    assert {one.rank for one in ranked(mind).values()} == {"1"}


def test_a_claim_that_is_settled_makes_its_crux_worth_less(mind: Mind) -> None:
    mind.rate("one", 0.99)
    mind.rate("two", 0.5)
    mind.rate("three", 0.9)
    found = ranked(mind, uncertainty=1.0)
    assert [one.best for one in found.values()] == [1, 2, 3]
    assert list(found) == ["on-two", "on-three", "on-one"]


def test_evidence_both_ways_makes_a_crux_worth_more_and_more_sources_less(mind: Mind) -> None:
    mind.note("works", "one:supports", paper=mind.paper("A"))
    mind.note("fails", "one:undermines", paper=mind.paper("B", ["Alan Turing"]))
    assert next(iter(ranked(mind, disagreement=1.0))) == "on-one"
    assert list(ranked(mind, neglect=1.0))[-1] == "on-one"


def test_a_wide_credence_makes_a_wide_rank(mind: Mind) -> None:
    mind.rate("one", 0.5, 1.0)
    mind.rate("two", 0.8)
    mind.rate("three", 0.8)
    found = ranked(mind, uncertainty=1.0)
    assert (found["on-one"].rank, found["on-two"].best) == ("1–3", 1)


def test_the_rule_is_kept_and_read_back(home: Home) -> None:
    assert read_rule(home) == DEFAULT
    file = write_rule(home, {**DEFAULT, "neglect": 3.0})
    assert read_rule(home)["neglect"] == 3.0
    assert all(meaning in file.read_text("utf-8") for meaning in FACTORS.values())


@pytest.mark.parametrize("text", ["neglect = -1", "importance = 1", "neglect = 'much'", "neglect = nan", "= ="])
def test_a_rule_that_does_not_fit_is_refused(home: Home, text: str) -> None:
    home.root.mkdir(parents=True)
    (home.root / "cruxes.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError):
        read_rule(home)


def test_a_weight_of_nothing_is_allowed() -> None:
    assert checked_weight("neglect", 0) == 0


def test_an_unrated_claim_is_as_unsure_as_can_be_and_carries_half(mind: Mind) -> None:
    mind.rate("three", 0.8)
    found = ranked(mind)
    assert found["on-one"].factors["uncertainty"] == pytest.approx(1.0)
    assert found["on-three"].factors["leverage"] == pytest.approx(0.5)
    assert found["on-one"].factors["leverage"] == pytest.approx((0.5 * 0.8) ** 0.5)


def test_an_unrated_claim_makes_its_crux_worth_more_than_a_claim_that_leans(mind: Mind) -> None:
    mind.rate("one", 0.6)
    mind.rate("two", 0.4)
    found = ranked(mind, uncertainty=1.0)
    assert {name: one.rank for name, one in found.items()} == {"on-three": "1", "on-one": "2", "on-two": "2"}
