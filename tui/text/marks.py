"""Where a note's quote stands in the text that is shown, so that it can be marked there."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.text.plain import plain
from tui.text.reflow import TextPosition

MOST_BLOCKS = 8
"""Blocks that a quote may run over."""
REACH = 30
"""Characters on both sides by which a place is known again."""


class TextMark(NamedTuple):
    """A range of the paper that a note speaks of."""

    start: TextPosition
    end: TextPosition
    note: str
    kind: str


def find_quote(quote: str, texts: Sequence[str], first_block: int | None) -> tuple[TextPosition, TextPosition] | None:
    """The range of a quote, its white space taken loosely; looked for at its own block first, then everywhere."""
    words = plain(quote).split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    own = [first_block] if first_block is not None and first_block < len(texts) else []
    places = [(block, 1) for block in own] + [(block, MOST_BLOCKS) for block in own]
    places += [(block, 1) for block in range(len(texts))] + [(block, 2) for block in range(len(texts) - 1)]
    return next((found for block, span in places if (found := match_from(pattern, texts, block, span))), None)


def match_from(
    pattern: re.Pattern[str], texts: Sequence[str], block: int, span: int
) -> tuple[TextPosition, TextPosition] | None:
    """The range where the pattern begins in this block; it may run on over as many blocks."""
    joined = "\n".join(plain(text) for text in texts[block : block + span])
    match = pattern.search(joined)
    if match is None or match.start() > len(texts[block]):
        return None
    return TextPosition(block, match.start()), place_in(texts, block, match.end())


def place_in(texts: Sequence[str], block: int, offset: int) -> TextPosition:
    """The block and offset of an offset into blocks that were joined by line breaks."""
    while offset > len(texts[block]) and block + 1 < len(texts):
        offset -= len(texts[block]) + 1
        block += 1
    return TextPosition(block, offset)


def moved(position: TextPosition, old: str, texts: Sequence[str]) -> TextPosition | None:
    """Where a character of an old block stands in other blocks, known by the words around it."""
    start = old.rfind(" ", 0, max(0, position.offset - REACH)) + 1
    end = old.find(" ", position.offset + REACH)
    around = old[start : end if end > 0 else len(old)]
    found = find_quote(around, texts, min(position.block, len(texts) - 1))
    if found is None:
        return None
    place = place_in(texts, found[0].block, found[0].offset + position.offset - start)
    return TextPosition(place.block, min(place.offset, max(0, len(texts[place.block]) - 1)))
