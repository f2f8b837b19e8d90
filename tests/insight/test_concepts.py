"""Concepts say why they are worth learning, and the path to one is in order, complete, and the shortest there is."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.config import Home
from kb.errors import NotFoundError
from kb.insight.cited_works import CitedWorks
from kb.insight.concepts import Concepts
from kb.insight.reading_paths import DEFINITION_MINUTES, ReadingPath, reading_path
from kb.library.known_concepts import KnownConcepts
from kb.library.record import Record
from kb.models.concept import ConceptMap
from kb.sources.maps import load_concepts, map_problems
from tests.insight.library import Mind

MINUTES = {"a": 30, "b": 50, "c": 10}


def source(name: str, minutes: int | None = None, **more: Any) -> dict[str, Any]:
    """A chapter that explains something."""
    return {
        "title": f"Chapter {name}",
        "url": f"https://example.org/{name}",
        "kind": "chapter",
        "minutes": minutes or MINUTES[name],
        "minutes_from": "words",
        "seen": "there",
        **more,
    }


MAP: list[dict[str, Any]] = [
    {"id": "entropy", "title": "Entropy", "definition": "Surprise.", "learn_from": ["a"], "papers": ["used-in"]},
    {
        "id": "kl",
        "title": "KL divergence",
        "synonyms": ["relative entropy"],
        "definition": "Distance.",
        "requires": ["entropy"],
        "learn_from": ["a", "b"],
    },
    {
        "id": "vi",
        "title": "Variational inference",
        "definition": "Approximation.",
        "requires": ["kl"],
        "learn_from": ["b", "c"],
        "agendas": ["rlhf"],
    },
    {
        "id": "cai",
        "title": "Control as inference",
        "definition": "Control.",
        "requires": ["vi"],
        "agendas": ["control"],
    },
]
LESSON = {"id": "l", "fact": "A fact.", "relevant_for": "A reason.", "concepts": ["kl"]}
SOURCES = {name: source(name) for name in MINUTES}
CONCEPTS = Concepts(ConceptMap.model_validate({"sources": SOURCES, "concepts": MAP, "lessons": [LESSON]}))


@pytest.fixture
def catalogue(mind: Mind) -> CitedWorks:
    mind.listed({"id": "used-in", "title": "A paper that uses entropy", "minutes": 5})
    return mind.standing.catalogue


def ids(path: ReadingPath) -> list[tuple[str, list[str]]]:
    return [
        (
            step.reading.url.removeprefix("https://example.org/") if step.reading else "",
            [one.id for one in step.concepts],
        )
        for step in path.steps
    ]


def test_why_learn_this_names_what_needs_it_and_through_what(catalogue: CitedWorks) -> None:
    why = CONCEPTS.why(CONCEPTS.find("entropy"), {}, catalogue)
    assert [(use.name, use.through) for use in why.agendas] == [("rlhf", "vi"), ("control", "cai")]
    assert [one.id for one in why.leads_to] == ["kl"]
    assert CONCEPTS.why(CONCEPTS.find("kl"), {}, catalogue).lessons[0].relevant_for == "A reason."


NAMED = [("kl", "kl"), ("KL divergence", "kl"), ("Relative  entropy", "kl"), ("ent", "entropy")]


@pytest.mark.parametrize(("said", "means"), NAMED)
def test_a_concept_is_found_by_id_title_synonym_or_beginning(said: str, means: str) -> None:
    assert CONCEPTS.find(said).id == means


def test_an_unknown_concept_names_what_is_near() -> None:
    with pytest.raises(NotFoundError) as caught:
        CONCEPTS.find("entropie")
    assert "entropy" in caught.value.why


def test_the_path_takes_the_fewest_minutes_and_keeps_the_order(catalogue: CitedWorks) -> None:
    path = reading_path(CONCEPTS, CONCEPTS.find("cai"), {}, catalogue)
    assert ids(path) == [("a", ["entropy", "kl"]), ("c", ["vi"]), ("", ["cai"])]
    assert path.minutes == 30 + 10 + DEFINITION_MINUTES


def test_what_is_known_is_left_out_with_what_it_builds_on(mind: Mind, catalogue: CitedWorks) -> None:
    known = CONCEPTS.known({"kl": True}, catalogue)
    assert set(known) == {"kl", "entropy"}
    assert ids(reading_path(CONCEPTS, CONCEPTS.find("vi"), known, catalogue)) == [("c", ["vi"])]
    assert reading_path(CONCEPTS, CONCEPTS.find("kl"), known, catalogue).steps == ()


def test_what_explains_a_concept_makes_it_known_once_read_unless_the_reader_disagrees(mind: Mind) -> None:
    mind.paper("Chapter c", state="read", url="https://example.org/c")
    catalogue = mind.standing.catalogue
    assert set(CONCEPTS.known({}, catalogue)) == {"vi", "kl", "entropy"}
    assert set(CONCEPTS.known({"vi": False}, catalogue)) == set()
    assert "you read" in CONCEPTS.known({}, catalogue)["vi"]


def test_a_paper_that_uses_a_concept_does_not_make_it_known(mind: Mind) -> None:
    paper = mind.paper("A paper that uses entropy", state="read")
    mind.listed({"id": "used-in", "title": "A paper that uses entropy"})
    mind.reading_lists.attach("course", "used-in", paper.id)
    assert CONCEPTS.known({}, mind.standing.catalogue) == {}


def test_the_newest_word_on_a_concept_stands(home: Home) -> None:
    with Record.open(home) as record:
        known = KnownConcepts(record)
        known.declare(["kl", "vi"])
        known.declare(["vi"], known=False)
        assert known.standing() == {"kl": True, "vi": False}


NAMES = [f"c{number}" for number in range(6)]
GRAPHS = st.lists(st.sets(st.sampled_from(NAMES)), min_size=6, max_size=6)
TEACHES = st.lists(st.sets(st.sampled_from("pqrst"), max_size=3), min_size=6, max_size=6)
COSTS = st.lists(st.integers(1, 60), min_size=5, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GRAPHS, TEACHES, COSTS)
def test_any_path_is_in_order_complete_and_no_choice_of_readings_is_shorter(
    mind: Mind, needs: list[set[str]], teaches: list[set[str]], costs: list[int]
) -> None:
    sources = {name: source(name, cost) for name, cost in zip("pqrst", costs, strict=True)}
    rows = [
        {
            "id": name,
            "title": name,
            "definition": "x",
            "requires": sorted(need & set(NAMES[:place])),
            "learn_from": sorted(by),
        }
        for place, (name, need, by) in enumerate(zip(NAMES, needs, teaches, strict=True))
    ]
    concepts = Concepts(ConceptMap.model_validate({"sources": sources, "concepts": rows}))
    path = reading_path(concepts, concepts.find("c5"), {}, mind.standing.catalogue)
    learned = [one.id for step in path.steps for one in step.concepts]
    missing = [one.id for one in concepts.first(["c5"], ())]
    assert sorted(learned) == sorted(missing)
    places = {one.id: place for place, step in enumerate(path.steps) for one in step.concepts}
    assert all(places[need] <= places[one] for one in missing for need in concepts.by_id[one].requires)
    assert path.minutes == _best(concepts, missing, dict(zip("pqrst", costs, strict=True)))


def _best(concepts: Concepts, missing: list[str], costs: dict[str, int]) -> int:
    """By trying every set of readings."""
    taught = [_by(concepts, one) for one in missing if _by(concepts, one)]
    looked_up = (len(missing) - len(taught)) * DEFINITION_MINUTES
    sets = (set(chosen) for size in range(6) for chosen in combinations(costs, size))
    return looked_up + min(sum(costs[one] for one in s) for s in sets if all(s & by for by in taught))


def _by(concepts: Concepts, one: str) -> set[str]:
    """The short names of what explains a concept."""
    return {source.url[-1] for source in concepts.by_id[one].learn_from}


def test_readers_own_concepts_lie_over_those_that_come_with_the_program(home: Home) -> None:
    home.root.mkdir(parents=True)
    (home.root / "concepts.yaml").write_text(
        "concepts:\n- {id: my-idea, title: Mine, definition: A thing.}\n"
        "- {id: entropy, title: Entropy, definition: My own words.}\n",
        "utf-8",
    )
    found = {one.id: one for one in load_concepts(home).concepts}
    assert (found["my-idea"].title, found["entropy"].definition) == ("Mine", "My own words.")
    assert len(found) > 60
    assert map_problems(home) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("concepts: 3\n", "concepts"),
        ("- a\n", "no fields"),
        ("concepts:\n- {id: x, title: X, definition: d, requires: [nope]}\n", "nope"),
        ("concepts:\n- {id: x, title: X}\n", "entry 'x', field definition"),
        ("concepts: [\n", "YAML"),
    ],
)
def test_a_bad_file_is_left_out_and_said(home: Home, text: str, says: str) -> None:
    home.root.mkdir(parents=True)
    (home.root / "concepts.yaml").write_text(text, "utf-8")
    assert len(load_concepts(home).concepts) > 60
    (problem,) = map_problems(home)
    assert "concepts.yaml" in str(problem)
    assert says in str(problem)
