"""The agendas are whole: every citation leads somewhere, every tag of the lists has its agenda."""

import re

import pytest
from pydantic import ValidationError

from kb.models.agenda import Agenda, AgendaMap
from tests.reading_lists.map_files import REPRODUCTIONS, agendas, entries, listed

EACH = pytest.mark.parametrize("agenda", agendas().agendas, ids=lambda agenda: agenda.id)
WORKS = {work.id for work in agendas().works}


def test_every_subject_is_covered() -> None:
    """At least a dozen agendas, and among their tags those that the curricula are built around."""
    tags = {tag for agenda in agendas().agendas for tag in agenda.tags}
    assert len(agendas().agendas) >= 12
    assert tags >= {"debate", "iterated-amplification", "rlhf", "reward-modeling", "deceptive-alignment"}
    assert tags >= {"interpretability", "eliciting-latent-knowledge", "robustness", "ood-detection", "trojans"}
    assert tags >= {"power-seeking", "causal-incentives", "machine-ethics", "value-learning", "bayesian-rlhf"}


def test_every_tag_of_the_lists_has_one_agenda() -> None:
    """So each list entry shows up under some agenda, and no tag leads to two."""
    used = {tag for entry in entries() for tag in entry.get("agendas", ())}
    owned = [tag for agenda in agendas().agendas for tag in agenda.tags]
    assert used <= set(owned)
    assert len(owned) == len(set(owned))


def test_an_agenda_is_named_after_one_of_its_tags() -> None:
    """A reader may filter by either word and find the same thing."""
    assert [agenda.id for agenda in agendas().agendas if agenda.id not in agenda.tags] == []


@EACH
def test_papers_are_on_the_lists(agenda: Agenda) -> None:
    """What an agenda tells to read can be fetched from a list."""
    assert [paper for paper in agenda.papers if paper not in listed()] == []
    assert len(agenda.papers) == len(set(agenda.papers))


@EACH
def test_citations_lead_somewhere(agenda: Agenda) -> None:
    """Each source is on a list or among the cited works, whose titles are given."""
    assert [source.cite for source in agenda.sources if source.cite not in listed() | WORKS] == []


@EACH
def test_chain_cruxes_and_reproductions(agenda: Agenda) -> None:
    """Chains are short enough to be judged link by link; reproductions exist."""
    assert 3 <= len(agenda.theory_of_change) <= 6
    assert len(agenda.cruxes) >= 2
    assert set(agenda.reproductions) <= REPRODUCTIONS


@EACH
def test_statements_are_sentences(agenda: Agenda) -> None:
    """One or two plain sentences each: no markup, no dangling ends."""
    said = [agenda.problem.statement, *(claim.statement for claim in agenda.theory_of_change)]
    said += [voice.view for voice in (*agenda.proponents, *agenda.critics)]
    asked = [crux.question for crux in agenda.cruxes]
    assert all(text[0].isupper() and text.endswith(".") and len(text.split()) <= 40 for text in said)
    assert all(text[0].isupper() and "?" in text and len(text.split()) <= 40 for text in asked)
    assert not any(re.search(r"[*_`$<>]", text) for text in said + asked)


def test_every_reproduction_serves_an_agenda() -> None:
    """No experiment is without a reason to run it."""
    assert {run for agenda in agendas().agendas for run in agenda.reproductions} == REPRODUCTIONS


def test_cited_works_are_needed() -> None:
    """The extra bibliography holds only what some agenda cites."""
    cited = {source.cite for agenda in agendas().agendas for source in agenda.sources}
    assert cited >= WORKS


def test_a_crux_must_bear_on_a_claim_of_its_agenda() -> None:
    """A misspelt claim id is an error, not a crux that never shows."""
    first = agendas().agendas[0].model_dump()
    first["cruxes"][0]["bears_on"] = ["no-such-claim"]
    with pytest.raises(ValidationError, match="no-such-claim"):
        Agenda.model_validate(first)


def test_statements_need_sources() -> None:
    """A claim without a source cannot be stored."""
    first = agendas().agendas[0].model_dump()
    first["theory_of_change"][0]["sources"] = []
    with pytest.raises(ValidationError, match="sources"):
        Agenda.model_validate(first)


def test_ids_are_unique_over_the_map() -> None:
    """The same agenda twice is an error."""
    twice = agendas().agendas[0].model_dump()
    with pytest.raises(ValidationError, match="scalable-oversight"):
        AgendaMap.model_validate({"agendas": [twice, twice]})
