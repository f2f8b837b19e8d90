"""Finding a passage by what stands before and after it: a revised sentence keeps its neighbours."""

from collections.abc import Iterator

from rapidfuzz import fuzz

KEY = 24
"""Letters of context that must stand there as they were."""
ALIKE = 55.0
"""The similarity (of 100) that a passage between the same neighbours must have; between others it must have more."""
ALIKE_ONE_SIDED = 75.0
_LONGER = 2.0


def between(text: str, before: str, after: str, wanted: str) -> tuple[int, int] | None:
    """The stretch of ``text`` that stands between two contexts and is most like ``wanted``; all are letters alone."""
    best, place = 0.0, None
    for start, end, enough in _stretches(text, before[-KEY:], after[:KEY], len(wanted)):
        score = fuzz.ratio(wanted, text[start:end], score_cutoff=enough)
        if score > best:
            best, place = score, (start, end)
    return place


def _stretches(text: str, before: str, after: str, length: int) -> Iterator[tuple[int, int, float]]:
    """Stretches with the right neighbours on both sides; else, of the same length, with one of them."""
    starts = [place + KEY for place in occurrences(text, before)] if len(before) == KEY else []
    ends = occurrences(text, after) if len(after) == KEY else []
    pairs = [(start, end) for start in starts for end in ends if length / _LONGER <= end - start <= length * _LONGER]
    yield from ((start, end, ALIKE) for start, end in pairs)
    if not pairs:
        yield from ((start, min(len(text), start + length), ALIKE_ONE_SIDED) for start in starts)
        yield from ((max(0, end - length), end, ALIKE_ONE_SIDED) for end in ends)


def occurrences(text: str, wanted: str) -> list[int]:
    """Every place where one string stands in another."""
    found, start = [], text.find(wanted)
    while start >= 0:
        found.append(start)
        start = text.find(wanted, start + 1)
    return found
