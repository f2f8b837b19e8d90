"""Section numbers: how to read one, and which of a document's numbered lines form its one rising sequence."""

import re
from bisect import bisect_left
from collections.abc import Sequence

NUMBER = re.compile(
    r"(?:(?:Appendix|APPENDIX|Chapter|Section)\s+)?"
    r"((?:S?\d{1,2}|[A-Z])(?:\.\d{1,2}){0,4}|[IVX]{1,5})[.:)]?\s+(?=[^\W\d_]|[\"“‘(¿0-9])"
)
_ROMAN = {"I": 1, "V": 5, "X": 10}

_ROMAN_NUMBER = re.compile(r"[IVX]+")

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
    numbers = [(at, number(text)) for at, text in enumerate(texts)]
    keyed = _below_roman(texts) if uses_roman(texts) else [(at, _key(own)) for at, own in numbers if own]
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


def uses_roman(texts: Sequence[str]) -> bool:
    """Whether several headings have Roman numbers that are no letters."""
    return sum(len(number(text)) > 1 and is_roman(text) for text in texts) >= 2


def is_roman(text: str) -> bool:
    """Whether the heading's own number is Roman."""
    return bool(_ROMAN_NUMBER.fullmatch(number(text)))


def _below_roman(texts: Sequence[str]) -> list[tuple[int, Key]]:
    """Places and keys where sections have Roman numbers: letters count below them, and figures below letters."""
    keyed: list[tuple[int, Key]] = []
    section = letter = 0
    for at, text in enumerate(texts):
        own = number(text)
        if not own:
            continue
        if is_roman(text):
            section, letter = _roman(own), 0
            keyed.append((at, (section,)))
        elif own.isalpha():
            letter = ord(own[0])
            keyed.append((at, (section, letter)))
        elif own.isdigit():
            keyed.append((at, (section, letter, int(own))))
    return keyed


def _key(text: str) -> Key:
    """A number as a tuple that sorts as sections do: figures, then letters."""
    head, *rest = text.split(".")
    tail = tuple(int(part) for part in rest)
    if head.isdigit():
        return (0, int(head), *tail)
    return (1, ord(head[0]), *(int(part) for part in [head[1:]] if part), *tail)


def _roman(text: str) -> int:
    """The value of a Roman number."""
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))
