"""What a reader may have meant: names that are spelled nearly like one that there is not."""

import re
from collections.abc import Iterable

from kb.recall.query import FILTERS

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
    best = process.extractOne(name, FILTERS, scorer=fuzz.ratio, score_cutoff=_CLOSE_NAME)
    return str(best[0]) if best else ""
