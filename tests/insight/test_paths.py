"""The way to a concept holds its canonical work, counts each reading once, and comes back to one where it must."""

from typing import Any

from kb.insight.concepts import Concepts
from kb.insight.reading_paths import ReadingPath, reading_path
from kb.models.concept import ConceptMap
from tests.insight.library import Mind
from tests.insight.test_concepts import source

CANONICAL = {
    "cite": "1805.00899",
    "title": "AI safety via debate",
    "authors": ["Geoffrey Irving"],
    "year": 2018,
    "where": "sections 1-3",
    "minutes": 35,
    "minutes_from": "course",
}


def concept(name: str, *requires: str, by: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A concept that these sources explain."""
    return {
        "id": name,
        "title": name,
        "definition": f"What {name} is.",
        "why": f"{name} lets one judge it.",
        "requires": list(requires),
        "learn_from": by,
        **more,
    }


def way(mind: Mind, *rows: dict[str, Any], to: str) -> ReadingPath:
    """The way to one of these concepts from nothing."""
    concepts = Concepts(ConceptMap.model_validate({"concepts": rows}))
    return reading_path(concepts, concepts.find(to), {}, mind.standing.catalogue)


def steps(path: ReadingPath) -> list[tuple[str, list[str], int]]:
    return [(s.reading.title if s.reading else "", [one.id for one in s.concepts], s.minutes) for s in path.steps]


def test_the_canonical_work_of_the_goal_comes_after_what_explains_it(mind: Mind) -> None:
    path = way(
        mind,
        concept("oversight", by=[source("a")], canonical={**CANONICAL, "cite": "1606.06565", "title": "Other"}),
        concept("debate", "oversight", by=[source("c")], canonical=CANONICAL),
        to="debate",
    )
    assert steps(path) == [
        ("Chapter a", ["oversight"], 30),
        ("Chapter c", ["debate"], 10),
        ("AI safety via debate", ["debate"], 35),
    ]
    assert [step.canonical for step in path.steps] == [False, False, True]
    assert path.steps[-1].section == "sections 1-3"
    assert path.minutes == 75
    assert path.steps[0].why == "oversight lets one judge it."


def test_a_source_that_is_the_canonical_work_is_read_once(mind: Mind) -> None:
    paper = source("x", 20, url="https://arxiv.org/abs/1805.00899", section="sections 1-3", kind="paper")
    path = way(
        mind,
        concept("judge", by=[source("b"), paper]),
        concept("debate", "judge", by=[paper], canonical=CANONICAL),
        to="debate",
    )
    assert steps(path) == [("AI safety via debate", ["judge", "debate"], 35)]
    assert path.steps[0].canonical


def test_a_source_that_is_another_part_of_the_canonical_work_is_a_reading_of_its_own(mind: Mind) -> None:
    other = source("x", 20, url="https://arxiv.org/abs/1805.00899", section="appendix", kind="paper")
    path = way(mind, concept("debate", by=[other], canonical=CANONICAL), to="debate")
    assert [minutes for _, _, minutes in steps(path)] == [20, 35]


def test_a_reading_waits_until_what_all_its_concepts_need_is_taught(mind: Mind) -> None:
    both = source("a")
    path = way(
        mind,
        concept("first", by=[both]),
        concept("between", by=[source("b")]),
        concept("goal", "first", "between", by=[both]),
        to="goal",
    )
    assert steps(path) == [("Chapter b", ["between"], 50), ("Chapter a", ["first", "goal"], 30)]


def test_a_reading_is_come_back_to_where_its_second_concept_needs_another_reading_on_its_first(mind: Mind) -> None:
    both = source("a")
    path = way(
        mind,
        concept("first", by=[both]),
        concept("between", "first", by=[source("b")]),
        concept("goal", "between", by=[both]),
        to="goal",
    )
    assert steps(path) == [
        ("Chapter a", ["first"], 30),
        ("Chapter b", ["between"], 50),
        ("Chapter a", ["goal"], 0),
    ]
    assert [step.again for step in path.steps] == [False, False, True]


def test_minutes_that_are_a_guess_make_the_whole_a_guess(mind: Mind) -> None:
    guess = source("a", minutes_from="estimate")
    assert way(mind, concept("goal", by=[guess]), to="goal").estimated
    assert not way(mind, concept("goal", by=[source("a")]), to="goal").estimated


def test_a_primer_in_the_library_is_found_by_its_title(mind: Mind) -> None:
    paper = mind.paper("Control as inference", kind="primer", state="skimmed")
    primer = source("p", 10, title="Control as inference", url="primer:control-as-inference", kind="primer")
    (step,) = way(mind, concept("goal", by=[primer]), to="goal").steps
    assert step.reading is not None
    assert (step.reading.paper, step.reading.get) == (paper.id, f"kb read {paper.id}")


def test_a_primer_that_is_not_here_says_how_to_get_it(mind: Mind) -> None:
    primer = source("p", 10, title="Control as inference", url="primer:control-as-inference", kind="primer")
    (step,) = way(mind, concept("goal", by=[primer]), to="goal").steps
    assert step.reading is not None
    assert step.reading.get == "kb add primer:control-as-inference"
