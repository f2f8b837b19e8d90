"""The concepts are whole: prerequisites lead from nothing to every idea, and every idea is used somewhere."""

from graphlib import TopologicalSorter

import pytest
from pydantic import ValidationError

from kb.models.concept import Concept, ConceptMap
from tests.reading_lists.map_files import REPRODUCTIONS, agendas, concepts, listed
from tests.reading_lists.primer_files import NAMES, primer

EACH = pytest.mark.parametrize("concept", concepts().concepts, ids=lambda concept: concept.id)
KNOWN = {concept.id: concept for concept in concepts().concepts}
CITABLE = listed() | {work.id for work in agendas().works}
AGENDAS = {agenda.id for agenda in agendas().agendas}


def before(concept_id: str) -> set[str]:
    """Everything to know before a concept, however far back."""
    needed = set(KNOWN[concept_id].requires)
    return needed.union(*(before(one) for one in needed))


def test_there_are_enough_and_they_form_a_dag() -> None:
    """Sixty or more, in an order in which each comes after what it needs."""
    order = list(TopologicalSorter({name: one.requires for name, one in KNOWN.items()}).static_order())
    assert len(order) == len(KNOWN) >= 60


@EACH
def test_every_id_resolves(concept: Concept) -> None:
    """Agendas, papers and reproductions that a concept names exist."""
    assert set(concept.agendas) <= AGENDAS
    assert set(concept.reproductions) <= REPRODUCTIONS
    assert [paper for paper in concept.papers if paper not in CITABLE] == []


@EACH
def test_definitions_are_one_sentence(concept: Concept) -> None:
    """A line that fits a list row, ends as a sentence and does not merely repeat the title."""
    assert concept.definition[0].isupper()
    assert concept.definition.endswith(".")
    assert len(concept.definition) <= 160
    assert concept.definition.rstrip(".").casefold() != concept.title.casefold()


@EACH
def test_every_concept_is_used(concept: Concept) -> None:
    """Why learn it? An agenda, a paper, a reproduction, or another concept that needs it, says so."""
    needed_by = {name for name, one in KNOWN.items() if concept.id in one.requires}
    assert needed_by or concept.agendas or concept.papers or concept.reproductions


def test_prerequisites_are_not_repeated() -> None:
    """A prerequisite that follows from another only clutters the path."""
    redundant = {
        name: sorted(set(one.requires) & set().union(*(before(other) for other in one.requires)))
        for name, one in KNOWN.items()
    }
    assert {name: extra for name, extra in redundant.items() if extra} == {}


def test_agendas_and_reproductions_have_their_concepts() -> None:
    """Each agenda and each experiment can be prepared for: concepts name it, or it names what to know first."""
    named = {agenda for one in KNOWN.values() for agenda in one.agendas}
    assert named <= AGENDAS
    assert named | {agenda.id for agenda in agendas().agendas if set(agenda.know_first) & KNOWN.keys()} == AGENDAS
    assert {run for one in KNOWN.values() for run in one.reproductions} == REPRODUCTIONS


def test_examples_that_the_manual_gives() -> None:
    """Variational inference needs KL divergence; causal incentives need causal graphs."""
    assert "kl-divergence" in before("variational-inference")
    assert {"causal-graph", "conditioning"} <= before("causal-incentives")


def test_the_four_lessons() -> None:
    """Each lesson leads to its concepts, papers and a run that shows it."""
    bearing = {lesson.id: lesson for lesson in concepts().lessons}
    assert len(bearing) == 4
    assert {"next-token-loss", "myopia"} <= set(bearing["loss-is-on-the-next-token"].concepts)
    assert "superposition" in bearing["parameters-outnumber-what-we-can-read"].concepts
    assert {"context-window", "chain-of-thought"} <= set(bearing["computation-per-token-is-bounded"].concepts)
    assert "hyperparameter" in bearing["hyperparameters-are-known-in-retrospect"].concepts
    for lesson in bearing.values():
        assert lesson.reproductions
        assert set(lesson.reproductions) <= REPRODUCTIONS
        assert set(lesson.papers) <= CITABLE


@pytest.mark.parametrize("name", NAMES)
def test_primers_teach_known_concepts(name: str) -> None:
    """What a primer's front matter names can be looked up."""
    front = primer(name).front
    assert set(front["concepts"]) <= set(KNOWN)
    assert set(front["agendas"]) <= AGENDAS


def concept(name: str, *requires: str) -> Concept:
    """A concept with nothing but its prerequisites."""
    return Concept(id=name, title=name, definition=f"What {name} is.", requires=requires)


def test_a_circle_is_refused() -> None:
    """Two concepts that need each other could never be reached."""
    with pytest.raises(ValidationError, match=r"circle: .*→"):
        ConceptMap(concepts=(concept("one", "two"), concept("two", "one")))


def test_unknown_and_repeated_ids_are_refused() -> None:
    """A misspelt prerequisite is named; an id names one concept."""
    with pytest.raises(ValidationError, match="nowhere"):
        ConceptMap(concepts=(concept("one", "nowhere"),))
    with pytest.raises(ValidationError, match="same id"):
        ConceptMap(concepts=(concept("one"), concept("one")))


def test_definitions_stay_on_one_line() -> None:
    """A list row cannot hold a line break."""
    with pytest.raises(ValidationError, match="definition"):
        Concept(id="one", title="One", definition="Two\nlines.")
