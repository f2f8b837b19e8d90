"""Concepts with their prerequisites, so that "why learn this?" and "what must I know first?" have answers."""

from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from pydantic import Field, model_validator

from kb.models.agenda import Slug, Text
from kb.models.base import Value


class Concept(Value):
    """An idea: one line that says what it is, what it needs, and what needs it."""

    id: Slug
    title: Text
    definition: Annotated[str, Field(min_length=1, max_length=240, pattern=r"^[^\n]+$")]
    requires: tuple[Slug, ...] = ()
    """Ids of the concepts to know first."""
    agendas: tuple[Slug, ...] = ()
    papers: tuple[Text, ...] = ()
    """arXiv ids, or ids of list entries, that teach or use it."""
    reproductions: tuple[Slug, ...] = ()


class Lesson(Value):
    """A fact about models together with what it is relevant for: the reason to learn the concepts behind it."""

    id: Slug
    fact: Text
    relevant_for: Text
    concepts: Annotated[tuple[Slug, ...], Field(min_length=1)]
    papers: tuple[Text, ...] = ()
    reproductions: tuple[Slug, ...] = ()


class ConceptMap(Value):
    """The content of ``concepts.yaml``: prerequisites without a cycle, and lessons over them."""

    lessons: tuple[Lesson, ...] = ()
    concepts: tuple[Concept, ...]

    @model_validator(mode="after")
    def _prerequisites_are_a_dag(self) -> "ConceptMap":
        """Every id is known and used once, and no concept needs itself, however long the way around."""
        needs = {concept.id: concept.requires for concept in self.concepts}
        if len(needs) != len(self.concepts):
            raise ValueError("two concepts have the same id")
        named = {one for requires in needs.values() for one in requires}
        named |= {one for lesson in self.lessons for one in lesson.concepts}
        if unknown := sorted(named - set(needs)):
            raise ValueError(f"unknown concepts: {', '.join(unknown)}")
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            raise ValueError(f"concepts need each other in a circle: {' → '.join(error.args[1])}") from error
        return self
