"""What the program remembers of reading itself: bookmarks, and which parts of a text were gone over."""

from collections.abc import Iterable

from kb.models.base import Value

WHOLE = 1000
"""Parts that a text is counted in, so that what was read stays known when the text is parsed better."""

Ranges = tuple[tuple[int, int], ...]
"""Parts from and up to, in order and apart."""


class Bookmark(Value):
    """A place in a paper that the reader wants to come back to, known by its words."""

    id: int
    paper: str
    block: int
    words: str
    page: int | None = None


def joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same parts in order, with those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return tuple(found)


def share(ranges: Ranges, start: int, end: int) -> float:
    """How much of the parts from ``start`` up to ``end`` is in the ranges, from 0 to 1."""
    inside = sum(max(0, min(end, b) - max(start, a)) for a, b in ranges)
    return inside / (end - start) if end > start else 0.0
