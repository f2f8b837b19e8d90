"""The readings that together teach all that is wanted in the fewest minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.insight.cited_works import Reading

EXACT_UP_TO = 18
"""Wanted concepts that share readings, for which every combination is tried; beyond, the best next one is taken."""


@dataclass(frozen=True)
class Offer:
    """A reading, what it teaches of what is wanted, and what it costs here: nothing where it is read anyway."""

    reading: Reading
    teaches: frozenset[str]
    minutes: int
    section: str = ""
    open: bool = True


def cheapest_cover(wanted: Sequence[str], offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Offers that teach all of it; every wanted name must be taught by one."""
    chosen: list[Offer] = []
    for group in _groups(wanted, offers):
        near = [offer for offer in offers if offer.teaches & group]
        ordered = tuple(name for name in wanted if name in group)
        chosen += _exact(ordered, near) if len(ordered) <= EXACT_UP_TO else _greedy(ordered, near)
    return tuple(chosen)


def _groups(wanted: Sequence[str], offers: Sequence[Offer]) -> Iterator[frozenset[str]]:
    """What is linked by readings that teach several, so that each group can be decided for itself."""
    left = set(wanted)
    while left:
        group, border = set[str](), {next(name for name in wanted if name in left)}
        while border:
            group |= border
            border = {name for offer in offers if offer.teaches & border for name in offer.teaches} & left - group
        yield frozenset(group)
        left -= group


def _exact(wanted: Sequence[str], offers: Sequence[Offer]) -> list[Offer]:
    """The best of all combinations, found from the back: what is left decides, not how one came there."""
    best: dict[frozenset[str], tuple[int, tuple[Offer, ...]]] = {frozenset(): (0, ())}

    def cheapest(left: frozenset[str]) -> tuple[int, tuple[Offer, ...]]:
        if left not in best:
            first = next(name for name in wanted if name in left)
            ways = []
            for offer in offers:
                if first in offer.teaches:
                    minutes, rest = cheapest(left - offer.teaches)
                    ways.append((offer.minutes + minutes, len(rest), (offer, *rest)))
            minutes, _, found = min(ways, key=lambda way: way[:2])
            best[left] = minutes, found
        return best[left]

    return list(cheapest(frozenset(wanted))[1])


def _greedy(wanted: Sequence[str], offers: Sequence[Offer]) -> list[Offer]:
    """The reading with the fewest minutes for each name that is new, until none is missing."""
    left, found = set(wanted), []
    while left:
        near = (offer for offer in offers if offer.teaches & left)
        choice = min(near, key=lambda offer: offer.minutes / len(offer.teaches & left))
        found.append(choice)
        left -= choice.teaches
    return found
