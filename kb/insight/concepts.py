"""Concepts: what an idea is for, what must be known first, and what the reader knows already."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kb.errors import NotFoundError
from kb.insight.cited_works import CitedWorks, Reading
from kb.insight.study_readings import canonical_reading, source_reading, teachers
from kb.models.base import Value
from kb.models.concept import Concept, ConceptMap, Lesson

if TYPE_CHECKING:
    from networkx import DiGraph

_NEAR = 4
"""Names that fit into one line of an error."""
_CLOSE = 60
"""Likeness (rapidfuzz's WRatio, of 100) from which a name is offered, as in ``kb.search.did_you_mean``."""


class Use(Value):
    """Something that needs a concept: by itself, or through another concept that builds on it."""

    name: str
    through: str = ""
    """The concept that needs this one; empty where it is needed itself."""


class Why(Value):
    """Why a concept is worth learning, and what comes before and after it."""

    concept: Concept
    known: str
    """Why it counts as known; empty where it does not."""
    requires: tuple[Concept, ...]
    leads_to: tuple[Concept, ...]
    agendas: tuple[Use, ...]
    reproductions: tuple[Use, ...]
    learn_from: tuple[Reading, ...]
    canonical: Reading | None
    papers: tuple[Reading, ...]
    lessons: tuple[Lesson, ...]


class Concepts:
    """The map of concepts as a graph: an edge leads from what must be known to what needs it."""

    def __init__(self, found: ConceptMap) -> None:
        self.by_id = {concept.id: concept for concept in found.concepts}
        self.lessons = found.lessons

    @cached_property
    def graph(self) -> "DiGraph[str]":
        """The prerequisites."""
        import networkx as nx

        graph: DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.by_id)
        graph.add_edges_from((need, concept.id) for concept in self.by_id.values() for need in concept.requires)
        return graph

    def find(self, text: str) -> Concept:
        """The concept with this id or name, or the only one that begins so; raises NotFoundError with what is near."""
        wanted = "-".join(text.lower().replace("_", " ").split())
        if wanted in self.by_id:
            return self.by_id[wanted]
        called = " ".join(text.casefold().split())
        titled = [one for one in self.by_id.values() if called in (name.casefold() for name in one.names)]
        begun = [concept for name, concept in self.by_id.items() if wanted and name.startswith(wanted)]
        found = titled or begun
        if len(found) == 1:
            return found[0]
        near = [concept.id for concept in found] or self._near(wanted)
        why = f"the nearest are {', '.join(near)}" if near else ""
        raise NotFoundError(f"no concept is called {text.strip()!r}", why, "kb concept list")

    def first(self, wanted: Iterable[str], known: Iterable[str]) -> tuple[Concept, ...]:
        """What must be learned for these concepts, themselves included, in an order that a reader can follow."""
        import networkx as nx

        needed: set[str] = set()
        for concept in wanted:
            needed |= nx.ancestors(self.graph, concept) | {concept}
        needed -= set(known)
        places = {name: place for place, name in enumerate(self.by_id)}
        order = nx.lexicographical_topological_sort(self.graph.subgraph(needed), key=places.__getitem__)
        return tuple(self.by_id[name] for name in order)

    def missing(self, concept: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """Prerequisites of a concept that are not known."""
        return tuple(need for need in self.by_id[concept].requires if need not in known)

    def known(self, declared: Mapping[str, bool], catalogue: CitedWorks) -> dict[str, str]:
        """What counts as known, and why: what the reader says, what explains it and was read, what those build on."""
        import networkx as nx

        found = {name: "you said so" for name, known in declared.items() if known and name in self.by_id}
        for concept in self.by_id.values():
            read = next((reading for reading in teachers(concept, catalogue) if reading.is_read), None)
            if read and declared.get(concept.id, True):
                found.setdefault(concept.id, f"you read {read.title}")
        for name in list(found):
            for need in nx.ancestors(self.graph, name):
                if declared.get(need, True):
                    found.setdefault(need, f"{name} builds on it")
        return found

    def why(self, concept: Concept, known: Mapping[str, str], catalogue: CitedWorks) -> Why:
        """Why learn this: the agendas, papers and reproductions that need it, however far away."""
        import networkx as nx

        after = nx.single_source_shortest_path_length(self.graph, concept.id)
        later = [self.by_id[name] for name in sorted(after, key=lambda name: (after[name], name)) if after[name]]
        return Why(
            concept=concept,
            known=known.get(concept.id, ""),
            requires=tuple(self.by_id[name] for name in concept.requires),
            leads_to=tuple(one for one in later if concept.id in one.requires),
            agendas=_uses(concept, later, "agendas"),
            reproductions=_uses(concept, later, "reproductions"),
            learn_from=tuple(source_reading(source, catalogue) for source in concept.learn_from),
            canonical=canonical_reading(concept.canonical, catalogue) if concept.canonical else None,
            papers=tuple(catalogue.reading(cite) for cite in concept.papers),
            lessons=tuple(lesson for lesson in self.lessons if concept.id in lesson.concepts),
        )

    def _near(self, wanted: str) -> list[str]:
        from rapidfuzz import fuzz, process

        found = process.extract(wanted, list(self.by_id), scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=_CLOSE)
        return [match[0] for match in found]


def _uses(concept: Concept, later: Iterable[Concept], field: str) -> tuple[Use, ...]:
    """Each use once, with the nearest concept that it comes through."""
    found = {name: Use(name=name) for name in getattr(concept, field)}
    for one in later:
        for name in getattr(one, field):
            found.setdefault(name, Use(name=name, through=one.id))
    return tuple(found.values())
