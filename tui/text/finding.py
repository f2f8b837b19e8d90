"""Where words stand in the paper that is shown."""

import re
from collections.abc import Sequence

from tui.text.motion import Range
from tui.text.reflow import TextPosition

MOST = 2000
"""Places at most; a single letter stands everywhere."""


def find_all(texts: Sequence[str], wanted: str) -> tuple[Range, ...]:
    """Every place of the text, in any case unless capitals are typed; white space matches loosely."""
    words = wanted.split()
    if not words:
        return ()
    flags = re.NOFLAG if wanted != wanted.lower() else re.IGNORECASE
    pattern = re.compile(r"\s+".join(map(re.escape, words)), flags)
    found: list[Range] = []
    for block, text in enumerate(texts):
        for match in pattern.finditer(text):
            found.append((TextPosition(block, match.start()), TextPosition(block, match.end())))
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


def first_after(
    places: Sequence[TextPosition], position: TextPosition, *, inclusive: bool = False
) -> TextPosition | None:
    """The nearest place behind a position."""
    behind = (place for place in places if place > position or (inclusive and place == position))
    return min(behind, default=None)
