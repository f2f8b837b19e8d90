"""The agendas are whole: every citation leads somewhere, every tag of the lists has its agenda."""

import re
from datetime import date

import pytest
from pydantic import ValidationError

from kb.insight.agenda_lint import KnownNames, lint_agenda
from kb.models.agenda import Agenda, AgendaMap
from kb.reproductions.registry import reproductions
from kb.sources.agenda_files import FOLDER, agenda_files, shown_order, work_conflicts
from kb.sources.map_file import read_map
from tests.reading_lists.map_files import REPRODUCTIONS, agendas, concepts, entries, listed

EACH = pytest.mark.parametrize("agenda", agendas().agendas, ids=lambda agenda: agenda.id)
WORKS = {work.id for work in agendas().works}
OWN_FILES = [file for file in agenda_files() if file.parent.name == FOLDER]
REVIEWED = date(2026, 12, 1)
"""The day on which the agendas were last held against the literature; age is the reader's concern, not the suite's."""


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
def test_papers_can_be_fetched(agenda: Agenda) -> None:
    """What an agenda tells to read stands on a list, or is a work with a title and an id or address."""
    assert [paper for paper in agenda.papers if paper not in listed() | WORKS] == []
    assert len(agenda.papers) == len(set(agenda.papers))


@pytest.mark.parametrize("agenda", [one for file in OWN_FILES for one in read_map(file, AgendaMap).agendas],
                         ids=lambda agenda: agenda.id)  # fmt: skip
def test_agendas_in_files_of_their_own_pass_the_lint(agenda: Agenda) -> None:
    """Chains arrive, links say what bears on them and what would move one, critics disagree, nothing leads nowhere."""
    runs = {one.id for one in reproductions()}
    known = KnownNames(listed() | WORKS, {one.id for one in concepts().concepts}, runs)
    assert [one for one in lint_agenda(agenda, known, REVIEWED) if one.level == "error"] == []


def test_a_file_holds_the_agenda_that_it_is_named_after() -> None:
    """So that it is found, and no agenda hides in the file of another."""
    for file in OWN_FILES:
        assert [f"agenda-{one.id}.yaml" for one in read_map(file, AgendaMap).agendas] == [file.name]


def test_every_agenda_has_its_place_in_the_order() -> None:
    """Nothing is shown last because somebody forgot it, and nothing twice."""
    order = shown_order()
    shown = [agenda.id for agenda in agendas().agendas]
    assert set(shown) <= set(order)
    assert len(set(order)) == len(order)
    assert shown == [named for named in order if named in set(shown)]


def test_files_that_cite_one_work_say_the_same_of_it() -> None:
    """Title, authors and year are the same wherever a work is declared."""
    assert [str(each) for each in work_conflicts()] == []


@EACH
def test_citations_lead_somewhere(agenda: Agenda) -> None:
    """Each source is on a list or among the cited works, whose titles are given."""
    assert [source.cite for source in agenda.sources if source.cite not in listed() | WORKS] == []


@EACH
def test_chain_cruxes_and_reproductions(agenda: Agenda) -> None:
    """Chains are short enough to be judged link by link; reproductions exist."""
    assert 3 <= len(agenda.theory_of_change) <= 7
    assert len(agenda.cruxes) >= 2
    assert set(agenda.reproductions) <= {one.id for one in reproductions()}


@EACH
def test_statements_are_sentences(agenda: Agenda) -> None:
    """One or two plain sentences each: no markup, no dangling ends."""
    said = [agenda.problem.statement, *(claim.statement for claim in agenda.theory_of_change)]
    said += [voice.view for voice in (*agenda.proponents, *agenda.critics)]
    said += [bearing.finding for claim in agenda.theory_of_change for bearing in claim.bearings]
    said += [text for claim in agenda.theory_of_change for text in (*claim.raises, *claim.lowers)]
    asked = [crux.question for crux in agenda.cruxes]
    assert [text for text in said if not text[0].isupper() or not text.endswith(".") or len(text.split()) > 40] == []
    assert all(text[0].isupper() and "?" in text and len(text.split()) <= 40 for text in asked)
    assert not any(re.search(r"[*_`$<>]", text) for text in said + asked)


def test_every_reproduction_serves_an_agenda() -> None:
    """No experiment is without a reason to run it."""
    assert {run for agenda in agendas().agendas for run in agenda.reproductions} >= REPRODUCTIONS


def test_cited_works_are_needed() -> None:
    """The extra bibliography holds only what some agenda cites, or tells to read."""
    cited = {source.cite for agenda in agendas().agendas for source in agenda.sources}
    assert cited | {paper for agenda in agendas().agendas for paper in agenda.papers} >= WORKS


def test_a_crux_must_bear_on_a_claim_of_its_agenda() -> None:
    """A misspelt claim id is an error, not a crux that never shows."""
    first = agendas().agendas[0].model_dump()
    first["cruxes"][0]["bears_on"] = ["no-such-claim"]
    with pytest.raises(ValidationError, match="no-such-claim"):
        Agenda.model_validate(first)


def test_statements_need_sources() -> None:
    """A claim without a source cannot be stored."""
    first = agendas().agendas[0].model_dump()
    first["theory_of_change"][0].update({"sources": [], "for": [], "against": []})
    with pytest.raises(ValidationError, match="sources"):
        Agenda.model_validate(first)


def test_ids_are_unique_over_the_map() -> None:
    """The same agenda twice is an error."""
    twice = agendas().agendas[0].model_dump()
    with pytest.raises(ValidationError, match="scalable-oversight"):
        AgendaMap.model_validate({"agendas": [twice, twice]})
