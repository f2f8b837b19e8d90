"""What a concept's card says is short, is computed, and can be opened."""

from fractions import Fraction

import pytest

from kb.models.concept import Concept
from tests.reading_lists.concept_numbers import ANSWERS, EXAMPLES
from tests.reading_lists.map_files import concepts

WORDS_ONLY = frozenset(
    ["pre-caching", "self-fulfilling-prophecy", "debate", "sandwiching", "control-evaluation", "natural-abstraction"]
)
"""Concepts whose formula stands for an argument in words, with no number to compute."""

EACH = pytest.mark.parametrize("concept", concepts().concepts, ids=lambda concept: concept.id)
LONGEST_WHY = 30
"""Words; one sentence that is read before deciding whether to learn something."""


def same(said: str, value: float) -> bool:
    """Whether a number as it is written is what was computed, to its last digit."""
    number = said.replace(",", "")
    half = 0 if "/" in number else 0.5 * 10 ** -len(number.partition(".")[2])
    return abs(float(Fraction(number)) - value) <= half + 1e-9


@EACH
def test_a_card_is_short_and_whole(concept: Concept) -> None:
    assert concept.why[0].isupper()
    assert concept.why.endswith(".")
    assert len(concept.why.split()) <= LONGEST_WHY
    assert len(concept.example) <= 260
    assert 1 <= len(concept.learn_from) <= 3
    assert bool(concept.canonical) != bool(concept.no_canonical)
    assert not concept.formula or EXAMPLES.get(concept.id) or concept.id in WORDS_ONLY


@EACH
def test_every_number_of_its_example_is_right(concept: Concept) -> None:
    for said, value in EXAMPLES.get(concept.id, {}).items():
        assert said in concept.example
        assert same(said, value), (said, value)


@EACH
def test_every_number_of_its_answers_is_right(concept: Concept) -> None:
    asked = [one for one in (concept.check, concept.exercise) if one]
    answers = " ".join(one.answer for one in asked)
    for said, value in ANSWERS.get(concept.id, {}).items():
        assert said in answers
        assert same(said, value), (said, value)


def test_numbers_are_of_concepts_that_there_are() -> None:
    known = {concept.id for concept in concepts().concepts}
    assert set(EXAMPLES) <= known
    assert set(ANSWERS) <= known
    assert sum(map(len, EXAMPLES.values())) > 200


def test_every_source_is_used() -> None:
    used = {source.place for concept in concepts().concepts for source in concept.learn_from}
    assert {source.place for source in concepts().sources.values()} == used


def test_an_unknown_source_is_named() -> None:
    from pydantic import ValidationError

    from kb.models.concept import ConceptMap

    row = {"id": "a", "title": "A", "definition": "A.", "learn_from": ["nowhere"]}
    with pytest.raises(ValidationError, match="a: no source is called nowhere"):
        ConceptMap.model_validate({"sources": {}, "concepts": [row]})


def test_a_canonical_work_and_the_sentence_that_there_is_none_exclude_each_other() -> None:
    from pydantic import ValidationError

    work = concepts().concepts[11].canonical
    assert work is not None
    with pytest.raises(ValidationError, match="has a canonical work and a sentence"):
        Concept(id="a", title="A", definition="A.", canonical=work, no_canonical="None.")
