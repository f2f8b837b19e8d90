"""Section numbers: how to read one, and which of a document's numbered lines form its one rising sequence."""

import re
from bisect import bisect_left
from collections.abc import Sequence

NUMBER = re.compile(
    r"(?:(?:Appendix|APPENDIX|Chapter|Section)\s+)?"
    r"((?:S?\d{1,2}|[A-Z])(?:\.\d{1,2}){0,4}|[IVX]{1,5})[.:)]?\s+(?=[^\W\d_]|[\"“‘(¿0-9])"
)
_ROMAN = {"I": 1, "V": 5, "X": 10}

Key = tuple[int, ...]


def number(text: str) -> str:
    """The number that a heading opens with; empty where it has none."""
    found = NUMBER.match(text)
    return found[1] if found else ""


def depth(text: str) -> int:
    """Level that the heading's own number says; 0 where it has none."""
    found = number(text)
    return found.count(".") + 1 if found else 0


def unnumbered(text: str) -> str:
    """The heading without its number."""
    return NUMBER.sub("", text, count=1)


def rising(texts: Sequence[str]) -> set[int]:
    """Places of the longest run of numbers that only rises: axis labels, list items and table cells fall out of it."""
    roman = sum(bool(re.fullmatch(r"[IVX]{2,}", number(text))) for text in texts) >= 2
    keyed = [(at, _key(number(text), roman)) for at, text in enumerate(texts) if number(text)]
    tails: list[Key] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, key) in enumerate(keyed):
        place = bisect_left(tails, key)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [key]
        ends[place : place + 1] = [at]
    chain: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.add(keyed[at][0])
        at = before[at]
    return chain


def _key(text: str, roman: bool) -> Key:
    """A number as a tuple that sorts as sections do: figures, then letters."""
    head, *rest = text.split(".")
    tail = tuple(int(part) for part in rest)
    if head.isdigit():
        return (0, int(head), *tail)
    if roman and re.fullmatch(r"[IVX]+", head):
        return (0, _roman(head), *tail)
    return (1, ord(head[0]), *(int(part) for part in [head[1:]] if part), *tail)


def _roman(text: str) -> int:
    """The value of a Roman number."""
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))
