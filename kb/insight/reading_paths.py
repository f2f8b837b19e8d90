"""The shortest reading path to a concept: the fewest minutes that teach all that is still missing, in order."""

from collections.abc import Mapping, Sequence

from kb.insight.cited_works import CitedWorks, Reading
from kb.insight.concepts import Concepts
from kb.models.base import Value
from kb.models.concept import Concept

EXACT_UP_TO = 14
"""Missing concepts for which every combination of readings is tried; beyond, the best next one is taken each time."""
DEFINITION_MINUTES = 5
"""For a concept that no listed paper teaches, or where its one line should be enough."""


class PathStep(Value):
    """One reading, with the missing concepts that it teaches; or a concept to be looked up."""

    reading: Reading | None
    concepts: tuple[Concept, ...]
    minutes: int

    @property
    def estimated(self) -> bool:
        """Whether the minutes are a guess."""
        return self.reading is None or self.reading.estimated


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
    """From what is known to the target; empty where the target is known itself."""
    missing = () if target.id in known else concepts.first([target.id], known)
    chosen = _cheapest(missing, catalogue)
    steps: list[PathStep] = []
    covered: set[str] = set()
    for concept in missing:
        if concept.id in covered:
            continue
        reading = next((one for one, taught in chosen if concept.id in taught), None)
        taught = next((taught for one, taught in chosen if one is reading), frozenset({concept.id}))
        told = tuple(one for one in missing if one.id in taught - covered)
        covered |= taught
        steps.append(
            PathStep(reading=reading, concepts=told, minutes=reading.minutes if reading else DEFINITION_MINUTES)
        )
    return ReadingPath(target=target, steps=tuple(steps))


Chosen = list[tuple[Reading, frozenset[str]]]


def _cheapest(missing: Sequence[Concept], catalogue: CitedWorks) -> Chosen:
    """Readings that teach all of it in the fewest minutes, each with what it teaches of it."""
    taught: dict[str, set[str]] = {}
    readings: dict[str, Reading] = {}
    for concept in missing:
        for cite in concept.papers:
            reading = catalogue.reading(cite)
            readings[reading.title] = reading
            taught.setdefault(reading.title, set()).add(concept.id)
    wanted = [concept.id for concept in missing if concept.papers]
    choices: Chosen = [(readings[title], frozenset(held)) for title, held in taught.items()]
    return _exact(wanted, choices) if len(wanted) <= EXACT_UP_TO else _greedy(wanted, choices)


def _exact(wanted: Sequence[str], choices: Chosen) -> Chosen:
    """The best of all combinations: for each set of concepts, the cheapest way to have covered at least them."""
    bits = {name: 1 << place for place, name in enumerate(wanted)}
    masks = [sum(bits[name] for name in held) for _, held in choices]
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for covered in range(1 << len(wanted)):
        if covered not in best:
            continue
        minutes, used = best[covered]
        lowest = next((bit for bit in bits.values() if not covered & bit), 0)
        for index, mask in enumerate(masks):
            if mask & lowest:
                total = minutes + choices[index][0].minutes
                reached = covered | mask
                if reached not in best or total < best[reached][0]:
                    best[reached] = (total, (*used, index))
    return [choices[index] for index in best[(1 << len(wanted)) - 1][1]]


def _greedy(wanted: Sequence[str], choices: Chosen) -> Chosen:
    """The reading with the fewest minutes for each concept that is new, until none is missing."""
    left, found = set(wanted), []
    while left:
        choice = min((one for one in choices if one[1] & left), key=lambda one: one[0].minutes / len(one[1] & left))
        found.append(choice)
        left -= choice[1]
    return found
