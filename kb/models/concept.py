"""Concepts with their prerequisites, so that "why learn this?" and "what must I know first?" have answers."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any

from pydantic import Field, model_validator

from kb.models.agenda import Slug, Text
from kb.models.base import Value
from kb.models.study_source import CanonicalWork, CheckQuestion, StudySource


class Concept(Value):
    """An idea: what it is, what it needs, what explains it, and what needs it."""

    id: Slug
    title: Text
    synonyms: tuple[Text, ...] = ()
    """Other words, spellings and abbreviations under which a text mentions it."""
    definition: Annotated[str, Field(min_length=1, max_length=240, pattern=r"^[^\n]+$")]
    formula: str = ""
    """In LaTeX, short; for technical ideas."""
    example: str = ""
    """A small example with numbers; for technical ideas."""
    requires: tuple[Slug, ...] = ()
    """Ids of the concepts to know first."""
    why: str = ""
    """What it lets one judge, in one sentence."""
    learn_from: tuple[StudySource, ...] = ()
    """What explains it; any one of them is enough."""
    canonical: CanonicalWork | None = None
    no_canonical: str = ""
    """Why no work is named as canonical."""
    check: CheckQuestion | None = None
    """A question that shows whether one knows it already."""
    exercise: CheckQuestion | None = None
    """A task that shows whether one has it; a reproduction may stand in its place."""
    agendas: tuple[Slug, ...] = ()
    papers: tuple[Text, ...] = ()
    """arXiv ids, or ids of list entries, that use it; what teaches it stands under ``learn_from``."""
    reproductions: tuple[Slug, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (self.title, *self.synonyms)

    @model_validator(mode="after")
    def _canonical_or_not(self) -> "Concept":
        """A reason for having no canonical work makes no sense beside one."""
        if self.canonical and self.no_canonical:
            raise ValueError(f"{self.id} has a canonical work and a sentence that it has none")
        return self


class Lesson(Value):
    """A fact about models together with what it is relevant for: the reason to learn the concepts behind it."""

    id: Slug
    fact: Text
    relevant_for: Text
    concepts: Annotated[tuple[Slug, ...], Field(min_length=1)]
    papers: tuple[Text, ...] = ()
    reproductions: tuple[Slug, ...] = ()


class ConceptMap(Value):
    """The content of the files of concepts: prerequisites without a cycle, and lessons over them."""

    sources: Mapping[str, StudySource] = Field(default_factory=dict)
    """Sources by a short name, since one page explains several concepts."""
    lessons: tuple[Lesson, ...] = ()
    concepts: tuple[Concept, ...]

    @model_validator(mode="before")
    @classmethod
    def _names_of_sources_are_looked_up(cls, data: Any) -> Any:
        """Where ``learn_from`` has a short name, put the source that it stands for."""
        if not isinstance(data, Mapping) or not isinstance(data.get("sources"), Mapping):
            return data
        sources = data["sources"]
        return {**data, "concepts": [_with_sources(row, sources) for row in data.get("concepts") or ()]}

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


def _with_sources(row: Any, sources: Mapping[str, Any]) -> Any:
    """A concept with its sources in place of their names; what is no name is left as it is."""
    if not isinstance(row, Mapping) or not isinstance(row.get("learn_from"), list):
        return row
    named = [one for one in row["learn_from"] if isinstance(one, str)]
    if unknown := [one for one in named if one not in sources]:
        raise ValueError(f"{row.get('id')}: no source is called {', '.join(unknown)}")
    found = [sources[one] if isinstance(one, str) else one for one in row["learn_from"]]
    return {**row, "learn_from": found}
