"""Words, sentences and paragraphs as character ranges, for moving and selecting by keyboard."""

import re
from bisect import bisect_right
from functools import lru_cache

Span = tuple[int, int]

WORD = re.compile(r"\S+")
STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9À-Þ]|\s*$)|[。！？]+[」』）]*")
ABBREVIATION = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|resp|approx|Fig|Figs|Eq|Eqs|Sec|Secs|Ref|Refs|Tab|Thm|No|Nos|Dr|Prof|Mr|Mrs|Ms|St|pp?|ed|eds)"
    r"|(?:^|[\s(])[A-Z])\.$"
)
"""A full stop after one of these, or after an initial, does not end a sentence."""


@lru_cache(maxsize=512)
def words(text: str) -> tuple[Span, ...]:
    """Runs of characters between white space."""
    return tuple(match.span() for match in WORD.finditer(text))


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[Span, ...]:
    """Sentences without the white space between them; abbreviations and initials do not end one."""
    found: list[Span] = []
    start = 0
    for stop in STOP.finditer(text):
        if ABBREVIATION.search(text, max(start, stop.start() - 12), stop.start() + 1) and stop.end() < len(text):
            continue
        found.append(trimmed(text, start, stop.end()))
        start = stop.end()
    if text[start:].strip():
        found.append(trimmed(text, start, len(text)))
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> Span:
    """The range without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def around(spans: tuple[Span, ...], offset: int) -> Span | None:
    """The span that the offset stands in, or the last one that begins before it, else the first."""
    if not spans:
        return None
    return spans[max(0, bisect_right(spans, offset, key=lambda span: span[0]) - 1)]


def following(spans: tuple[Span, ...], offset: int) -> Span | None:
    """The first span that begins after the offset."""
    at = bisect_right(spans, offset, key=lambda span: span[0])
    return spans[at] if at < len(spans) else None


def preceding(spans: tuple[Span, ...], offset: int) -> Span | None:
    """The last span that begins before the offset."""
    at = bisect_right(spans, offset - 1, key=lambda span: span[0]) - 1
    return spans[at] if at >= 0 else None
