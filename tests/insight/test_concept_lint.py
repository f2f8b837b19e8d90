"""Each mistake in a concept is named, and the concepts that come with the program have none."""

from typing import Any

import pytest

from kb.config import Home
from kb.insight.cited_works import CitedWorks
from kb.insight.concept_lint import lint_concepts, lint_paths
from kb.insight.concepts import Concepts
from kb.library.reading_lists import ReadingLists
from kb.library.record import Record
from kb.models.concept import ConceptMap
from kb.reading.primer_pdf import primer_concepts
from kb.sources.lists import load_lists
from kb.sources.maps import load_agendas, load_concepts
from tests.insight.library import Mind
from tests.insight.test_concepts import source
from tests.insight.test_paths import CANONICAL

ASKED = {"question": "What?", "answer": "That."}


def concept(name: str = "kl", **fields: Any) -> dict[str, Any]:
    """A concept with which nothing is wrong but for what is given."""
    whole = {
        "id": name,
        "title": name,
        "definition": "A distance.",
        "why": "It lets one judge.",
        "check": ASKED,
        "exercise": ASKED,
        "learn_from": [source("a")],
        "no_canonical": "A school-book word.",
    }
    return {**whole, **fields}


def problems(*rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What is found, with one known work, one primer and one agenda."""
    concepts = Concepts(ConceptMap.model_validate({"concepts": rows}))
    found = lint_concepts(
        concepts, works={"1805.00899": "AI safety via debate"}, primers={"vi": ("elbo",)}, agendas={"debate"}
    )
    return [(one.entry, one.field, one.message) for one in found]


def test_a_whole_concept_is_fine() -> None:
    assert problems(concept(agendas=["debate"])) == []
    assert problems(concept(no_canonical="", canonical=CANONICAL)) == []
    assert problems(concept("elbo", learn_from=[source("p", 10, url="primer:vi", kind="primer", seen="")])) == []


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"why": ""}, "why", "no why"),
        ({"learn_from": []}, "learn_from", "no learn_from"),
        ({"check": None}, "check", "no check"),
        ({"exercise": None}, "exercise", "neither an exercise nor a reproduction"),
        ({"no_canonical": ""}, "canonical", "no canonical work, and no reason"),
        ({"learn_from": [source("a", url="Any textbook")]}, "learn_from", "only a title"),
        ({"learn_from": [source("a", seen="")]}, "learn_from", "was seen beside its title"),
        ({"learn_from": [source("a", kind="paper")]}, "learn_from", "stands for a school-book word"),
        ({"learn_from": [source("a", url="primer:none")]}, "learn_from", "there is no primer none"),
        ({"learn_from": [source("a", url="primer:vi")]}, "learn_from", "does not say that it teaches this"),
        ({"agendas": ["debates"]}, "agendas", "no agenda is called debates"),
    ],
)
def test_each_mistake_is_named(fields: dict[str, Any], field: str, says: str) -> None:
    ((entry, found, message),) = problems(concept(**fields))
    assert (entry, found) == ("kl", field)
    assert says in message


@pytest.mark.parametrize(
    ("work", "says"),
    [
        ({"cite": "2101.00001"}, "nothing says where 2101.00001 was seen"),
        ({"title": "Something quite different"}, "'AI safety via debate' elsewhere"),
        ({"cite": "Shannon 1948", "seen": "a library"}, "no arXiv id"),
    ],
)
def test_an_id_that_was_not_seen_beside_its_title_is_named(work: dict[str, Any], says: str) -> None:
    ((_, field, message),) = problems(concept(no_canonical="", canonical={**CANONICAL, **work}))
    assert field == "canonical"
    assert says in message


def test_an_id_on_no_list_is_fine_where_it_says_where_it_was_seen() -> None:
    assert problems(concept(no_canonical="", canonical={**CANONICAL, "cite": "2101.00001", "seen": "its page"})) == []


def test_a_prerequisite_that_follows_from_another_is_named() -> None:
    rows = [concept("a"), concept("b", requires=["a"]), concept("c", requires=["a", "b"])]
    assert problems(*rows) == [("c", "requires", "a is needed for b anyway")]


def test_a_prerequisite_that_only_the_goals_own_canonical_work_explains_is_named() -> None:
    paper = source("x", 20, url="https://arxiv.org/abs/1805.00899", section="sections 1-3", kind="paper")
    judge = concept("judge", no_canonical="", canonical=CANONICAL, learn_from=[paper])
    debate = concept("debate", requires=["judge"], no_canonical="", canonical=CANONICAL)
    ((entry, field, message),) = problems(judge, debate)
    assert (entry, field) == ("debate", "requires")
    assert "which it should prepare for" in message
    assert problems({**judge, "learn_from": [paper, source("a")]}, debate) == []


def test_a_name_that_two_concepts_have_is_named() -> None:
    found = problems(concept("a", synonyms=["Softmax"]), concept("b", synonyms=["softmax"]))
    assert [(entry, field) for entry, field, _ in found] == [("a", "synonyms"), ("b", "synonyms")]


def test_ways_hold_their_canonical_works_and_keep_the_order(mind: Mind) -> None:
    rows = [concept("a"), concept("b", requires=["a"], no_canonical="", canonical=CANONICAL)]
    concepts = Concepts(ConceptMap.model_validate({"concepts": rows}))
    assert lint_paths(concepts, mind.standing.catalogue) == ()


def test_a_way_without_the_canonical_work_would_be_named(mind: Mind, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.insight import concept_lint
    from kb.insight.reading_paths import reading_path

    def cut(*given: Any) -> Any:
        path = reading_path(*given)
        return path.model_copy(update={"steps": path.steps[1:-1]})

    monkeypatch.setattr(concept_lint, "reading_path", cut)
    more = {"requires": ["a"], "no_canonical": "", "canonical": CANONICAL, "learn_from": [source("b")]}
    concepts = Concepts(ConceptMap.model_validate({"concepts": [concept("a"), concept("b", **more)]}))
    found = [(one.entry, one.message) for one in lint_paths(concepts, mind.standing.catalogue)]
    assert ("b", "the way to it leaves out AI safety via debate") in found
    assert ("b", "the way to it needs a before that is taught") in found


def test_the_concepts_that_come_with_the_program_are_clean(home: Home) -> None:
    concepts, agendas = Concepts(load_concepts(home)), load_agendas(home)
    works = {work.id: work.title for work in agendas.works}
    for entry in (entry for one in load_lists(home) for entry in one.entries):
        works |= {name: entry.title for name in (entry.id, entry.arxiv_id, entry.url) if name}
    ids = {agenda.id for agenda in agendas.agendas}
    found = lint_concepts(concepts, works=works, primers=primer_concepts(), agendas=ids)
    assert found == ()


def test_every_way_that_comes_with_the_program_is_in_order_and_whole(home: Home) -> None:
    concepts = Concepts(load_concepts(home))
    with Record.open(home) as record:
        for one in load_lists(home):
            ReadingLists(record).sync(one)
        catalogue = CitedWorks(record, load_agendas(home).works)
        assert lint_paths(concepts, catalogue) == ()
