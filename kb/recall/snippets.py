"""A window of a text around the words that a query asked for, and where in it they stand."""

import re
from functools import lru_cache

from kb.recall.query import ParsedQuery, wanted

LENGTH = 260
"""Letters around a hit: three lines of a list that is 100 columns wide."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?:]['”\")\]]?\s+(?=[“\"(]?[A-Z])")
_ENDINGS = re.compile(r"(?:ations?|ingly|edly|ings?|ement|ments?|ness|able|ibly|ably|ies|ied|ely|ers?|ed|es|ly|e|s|y)$")


def snippet(text: str, query: str | ParsedQuery, length: int = LENGTH) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The window with the most of the asked words, and their character ranges in it.

    Marks are a help to the eye: words that share a stem with an asked one, by a rule simpler than the index's.
    """
    asked = wanted(query) if isinstance(query, str) else query
    stems = {_stem(word) for word in (*asked.words, *(w for phrase in asked.phrases for w in _WORD.findall(phrase)))}
    found = [match.span() for match in _WORD.finditer(text) if _stem(match.group()) in stems]
    start, end = _window(text, found, length)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    shift = start - len(before)
    marks = tuple((first - shift, last - shift) for first, last in found if first >= start and last <= end)
    return before + text[start:end].replace("\n", " ") + after, marks


def shares_words(text: str, asked: ParsedQuery) -> float:
    """Which share of the asked words, or words of their stem, the text has."""
    stems = {_stem(word) for word in (*asked.words, *(w for phrase in asked.phrases for w in _WORD.findall(phrase)))}
    if not stems:
        return 0.0
    return len(stems & {_stem(word) for word in _WORD.findall(text)}) / len(stems)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    word = word.lower()
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= 4 else word


def _window(text: str, found: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Where the window begins and ends: at word boundaries, around as many of the found words as fit."""
    if len(text) <= length:
        return 0, len(text)
    if not found:
        return 0, _word_end(text, length)
    best_start, best_count = found[0][0], 0
    last = 0
    for first, (begin, _) in enumerate(found):
        while last < len(found) and found[last][1] <= begin + length * 3 // 4:
            last += 1
        distinct = len({text[a:b].lower() for a, b in found[first:last]})
        if distinct > best_count:
            best_start, best_count = begin, distinct
    start = _sentence_start(text, best_start, best_start - length * 2 // 5)
    if start is None:
        start = max(0, min(best_start - length // 5, len(text) - length))
        while start and not text[start - 1].isspace():
            start -= 1
    return start, _word_end(text, start + length)


def _sentence_start(text: str, before: int, after: int) -> int | None:
    """Where the sentence with the first mark begins, if that is near enough to it; the text's own beginning counts."""
    if after <= 0:
        return 0
    starts = [found.end() for found in _SENTENCE_END.finditer(text, after, before + 1)]
    return starts[-1] if starts else None


def _word_end(text: str, end: int) -> int:
    """The last word boundary at or before ``end``."""
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    return space if space > end - 40 else end
