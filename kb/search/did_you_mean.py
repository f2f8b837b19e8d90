"""What a reader may have meant: names that are spelled nearly like one that there is not."""

import re
from collections.abc import Iterable

from kb.errors import KbError
from kb.recall.query import FILTERS, parts

_MOST = 4
"""Names that fit into one line of an error."""
_CLOSE = 60
"""Likeness (rapidfuzz's WRatio, of 100) from which a value is offered; set by hand: two wrong letters in a word of
eight stay above it."""
_NAME = re.compile(r"""(?<!\S)-?([A-Za-z]{2,12}):(?=[^\s/"]|")""")
_OTHER_WORDS = {
    "tag": "agenda", "topic": "agenda", "by": "author", "writer": "author", "since": "year", "date": "year",
    "type": "kind", "status": "state", "curriculum": "list", "course": "list", "source": "provenance",
}  # fmt: skip
"""What other programs call our filters."""
_EXAMPLES = {
    "list": "list:agisf", "week": "week:3", "agenda": "agenda:debate", "kind": "kind:claim", "state": "state:read",
    "year": "year:2016..2018", "author": "author:christiano", "concept": "concept:rlhf", "provenance": "provenance:me",
    "paper": "paper:1706.03741", "has": "has:notes",
}  # fmt: skip
_CLOSE_NAME = 75
"""The same for the names of filters, which are short, so that more must agree."""


def nearest(text: str, names: Iterable[str]) -> str:
    """``the nearest are …``; empty where nothing is near."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        text.casefold(), list(dict.fromkeys(names)), scorer=fuzz.WRatio, limit=_MOST, score_cutoff=_CLOSE
    )
    near = ", ".join(match[0] for match in found)
    return f"the nearest {'are' if len(found) > 1 else 'is'} {near}" if near else ""


def problem(error: KbError) -> str:
    """What is wrong with a filter, beside what was typed: what happened and why, with what is near."""
    return ". ".join(filter(None, [error.what, error.why]))


def remarks(query: str, *, typing: bool = False) -> list[str]:
    """A sentence for each word that is nearly a filter: one with nothing behind its name, and one of another name.

    While the reader is ``typing``, what stands at the end may only be begun.
    """
    all_parts = parts(query)
    bare = [part for part in all_parts if part.name and not part.text]
    if typing and bare and bare[-1] is all_parts[-1] and query.endswith(bare[-1].typed):
        bare.pop()
    said = [f"{part.name}: has nothing behind it and narrows nothing; write {_EXAMPLES[part.name]}" for part in bare]
    return list(dict.fromkeys([*said, *misspelt_filters(query)]))


def misspelt_filters(query: str) -> list[str]:
    """For each word that looks like a filter of another name, a sentence that says which is meant."""
    said = []
    for name in _NAME.findall(query):
        meant = "" if name.lower() in FILTERS else _meant(name.lower())
        if meant:
            said.append(f"{name}: is no filter and was read as a word; the nearest is {meant}:")
    return said


def _meant(name: str) -> str:
    from rapidfuzz import fuzz, process

    if name in _OTHER_WORDS:
        return _OTHER_WORDS[name]
    best = process.extractOne(name, list(FILTERS), scorer=fuzz.ratio, score_cutoff=_CLOSE_NAME)
    return str(best[0]) if best else ""
