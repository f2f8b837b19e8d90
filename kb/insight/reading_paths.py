"""The shortest way to a concept: what explains whatever is still missing, in order, and the goal's canonical work."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from kb.insight.cheapest_cover import Offer, cheapest_cover
from kb.insight.cited_works import CitedWorks, Reading
from kb.insight.concepts import Concepts
from kb.insight.study_readings import canonical_reading, is_same_work, source_reading
from kb.models.base import Value
from kb.models.concept import Concept

DEFINITION_MINUTES = 5
"""For a concept that names nothing to learn it from, where its one line should be enough."""


class PathStep(Value):
    """One reading, with the missing concepts that it teaches; or a concept to be looked up."""

    reading: Reading | None
    concepts: tuple[Concept, ...]
    minutes: int
    section: str = ""
    """The part of the reading that is meant; empty where it is the whole."""
    open: bool = True
    """Whether anybody can read it without paying."""
    canonical: bool = False
    """Whether it is the canonical work of the goal."""
    again: bool = False
    """Whether the same reading stands before: what is left of it needed something else first, and costs nothing new."""

    @property
    def estimated(self) -> bool:
        """Whether the minutes are a guess."""
        return self.reading is None or self.reading.estimated

    @property
    def why(self) -> str:
        """What it lets one judge: of the concepts that it teaches, the one that leads furthest."""
        return next((one.why for one in reversed(self.concepts) if one.why), "")


class ReadingPath(Value):
    """Steps to a concept in order."""

    target: Concept
    steps: tuple[PathStep, ...]

    @property
    def minutes(self) -> int:
        """All steps together."""
        return sum(step.minutes for step in self.steps)

    @property
    def estimated(self) -> bool:
        """Whether some of the minutes are guesses."""
        return any(step.estimated for step in self.steps)


def reading_path(concepts: Concepts, target: Concept, known: Mapping[str, str], catalogue: CitedWorks) -> ReadingPath:
    """From what is known to the target, its canonical work included; empty where the target is known itself."""
    if target.id in known:
        return ReadingPath(target=target, steps=())
    missing = concepts.first([target.id], known)
    canonical = _canonical(target, missing, catalogue)
    offers = _offers(missing, target, catalogue)
    if canonical:
        offers = (canonical, *offers)
    taught = [one.id for one in missing if any(one.id in offer.teaches for offer in offers)]
    steps = _in_order(missing, cheapest_cover(taught, offers), canonical)
    if canonical and not any(step.canonical for step in steps):
        steps = [*steps, _step(canonical, (target,), canonical)]
    return ReadingPath(target=target, steps=tuple(steps))


def _canonical(target: Concept, missing: Sequence[Concept], catalogue: CitedWorks) -> Offer | None:
    """The goal's canonical work as an offer: it is read anyway, so what else it explains costs nothing more."""
    work = target.canonical
    if work is None:
        return None
    teaches = {one.id for one in missing if any(is_same_work(source, work) for source in one.learn_from)}
    reading = canonical_reading(work, catalogue)
    return Offer(reading, frozenset(teaches), minutes=0, section=work.where, open=work.open)


def _offers(missing: Sequence[Concept], target: Concept, catalogue: CitedWorks) -> tuple[Offer, ...]:
    """Each source once, with all that it explains of what is missing."""
    named = [(source, one.id) for one in missing for source in one.learn_from]
    sources = {source.place: source for source, _ in named}
    teaches = {place: frozenset(name for source, name in named if source.place == place) for place in sources}
    work = target.canonical
    return tuple(
        Offer(source_reading(source, catalogue), teaches[place], source.minutes, source.section, source.open)
        for place, source in sources.items()
        if work is None or not is_same_work(source, work)
    )


def _in_order(missing: Sequence[Concept], chosen: Sequence[Offer], canonical: Offer | None) -> list[PathStep]:
    """A step for each reading and for each concept that nothing explains, each after what its concepts need."""
    by_concept = {one.id: next((offer for offer in chosen if one.id in offer.teaches), None) for one in missing}
    ordered = _sorted(_joined(_in_parts(missing, by_concept), by_concept))
    visited: set[int] = set()
    steps = []
    for group in ordered:
        offer = by_concept[group[0].id]
        steps.append(_step(offer, tuple(group), canonical, again=id(offer) in visited))
        visited |= {id(offer)} if offer else set()
    return steps


def _sorted(groups: Sequence[list[Concept]]) -> list[list[Concept]]:
    """Groups after those that they build on; empty where two need each other's concepts."""
    import networkx as nx

    places = {one.id: place for place, group in enumerate(groups) for one in group}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(groups)))
    for place, group in enumerate(groups):
        needed = {places[need] for one in group for need in one.requires if need in places}
        graph.add_edges_from((before, place) for before in needed - {place})
    try:
        return [groups[place] for place in nx.lexicographical_topological_sort(graph)]
    except nx.NetworkXUnfeasible:
        return []


def _joined(parts: list[list[Concept]], by_concept: Mapping[str, Offer | None]) -> list[list[Concept]]:
    """Two parts of one reading in one go, wherever nothing between them is needed for the second."""
    for first, second in combinations(range(len(parts)), 2):
        offer = by_concept[parts[first][0].id]
        if offer is not None and offer is by_concept[parts[second][0].id]:
            rest = [part for place, part in enumerate(parts) if place != second]
            rest[first] = [*parts[first], *parts[second]]
            if _sorted(rest):
                return _joined(rest, by_concept)
    return parts


def _in_parts(missing: Sequence[Concept], by_concept: Mapping[str, Offer | None]) -> list[list[Concept]]:
    """Readings whose later concepts need something else first are come back to for them."""
    ids = {one.id for one in missing}
    covered: set[str] = set()
    groups = []
    for first in missing:
        if first.id in covered:
            continue
        group: list[Concept] = []
        for one in missing:
            same = one is first or (by_concept[one.id] is not None and by_concept[one.id] is by_concept[first.id])
            if same and one.id not in covered and ids & set(one.requires) <= covered:
                group.append(one)
                covered.add(one.id)
        groups.append(group)
    return groups


def _step(offer: Offer | None, told: tuple[Concept, ...], canonical: Offer | None, *, again: bool = False) -> PathStep:
    if offer is None:
        return PathStep(reading=None, concepts=told, minutes=DEFINITION_MINUTES)
    return PathStep(
        reading=offer.reading,
        concepts=told,
        minutes=0 if again else offer.reading.minutes,
        section=offer.section,
        open=offer.open,
        canonical=offer is canonical,
        again=again,
    )
