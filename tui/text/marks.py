"""Where a note's quote stands in the text that is shown, so that it can be marked there."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.text.reflow import Position


class Mark(NamedTuple):
    """A range of the paper that a note speaks of."""

    start: Position
    end: Position
    note: str
    kind: str


def find_quote(quote: str, texts: Sequence[str], first_block: int | None) -> tuple[Position, Position] | None:
    """The range of a quote, its white space taken loosely; looked for at its own block first, then everywhere."""
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    span = max(1, quote.count("\n") + 2)
    starts = range(len(texts))
    for block in [*([first_block] if first_block is not None and first_block < len(texts) else []), *starts]:
        if found := match_from(pattern, texts, block, span):
            return found
    return None


def match_from(
    pattern: re.Pattern[str], texts: Sequence[str], block: int, span: int
) -> tuple[Position, Position] | None:
    """The range where the pattern begins in this block; it may run on into the next ones."""
    if match := pattern.search(texts[block]):
        return Position(block, match.start()), Position(block, match.end())
    if span < 3:
        return None
    joined = "\n".join(texts[block : block + span])
    match = pattern.search(joined)
    if match is None or match.start() > len(texts[block]):
        return None
    return Position(block, match.start()), place_in(texts, block, match.end())


def place_in(texts: Sequence[str], block: int, offset: int) -> Position:
    """The block and offset of an offset into blocks that were joined by line breaks."""
    while offset > len(texts[block]) and block + 1 < len(texts):
        offset -= len(texts[block]) + 1
        block += 1
    return Position(block, offset)
