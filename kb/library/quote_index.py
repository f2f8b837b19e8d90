"""A parsed text made ready for finding quotes: only its letters and digits, with the way back to blocks and offsets.

Extraction modes differ in spaces, hyphens, ligatures and quotation marks, hardly ever in letters; so quotes are
compared by letters and digits alone.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.models.text import Block, BlockKind, Box

FLOATS = frozenset({BlockKind.CAPTION, BlockKind.TABLE, BlockKind.PICTURE, BlockKind.FORMULA, BlockKind.FOOTNOTE})
"""Blocks that may stand between two halves of a sentence."""


_PUNCTUATION = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum()) + "“”‘’«»…–— \n\t"


def _marks(text: Iterable[str]) -> list[str]:
    return [mark for mark in text if not mark.isspace()]


def letters(text: str) -> str:
    """Letters and digits of a text, case-folded and with ligatures taken apart."""
    return "".join(_folded(text)[0])


def _folded(text: str) -> tuple[list[str], list[int]]:
    """Folded letters, and for each the offset of the character that it came from."""
    if text.isascii():
        offsets = [offset for offset, character in enumerate(text) if character.isalnum()]
        return [text[offset].lower() for offset in offsets], offsets
    kept: list[str] = []
    offsets = []
    for offset, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if part.isalnum():
                kept.append(part)
                offsets.append(offset)
    return kept, offsets


_SLACK = 0.06
"""By how much of a block's text the edges between its boxes may be off."""


@dataclass(frozen=True)
class TextSpan:
    """A stretch of the text: from a character of one block to the end of a character of the same or a later block."""

    first_block: int
    start: int
    last_block: int
    end: int


class QuoteIndex:
    """Blocks in reading order, joined into one string of letters."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = tuple(block for block in blocks if block.text)
        self._starts: list[int] = []
        self._offsets: list[list[int]] = []
        kept: list[str] = []
        length = 0
        for block in self.blocks:
            folded, offsets = _folded(block.text)
            self._starts.append(length)
            self._offsets.append(offsets)
            kept.append("".join(folded))
            length += len(folded)
        self.letters = "".join(kept)

    def span(self, start: int, end: int) -> TextSpan:
        """The stretch of text behind letters ``start`` to ``end`` (exclusive)."""
        first = self._block_of(start)
        last = self._block_of(end - 1)
        return TextSpan(
            first,
            self._offsets[first][start - self._starts[first]],
            last,
            self._offsets[last][end - 1 - self._starts[last]] + 1,
        )

    def reach(self, number: int) -> tuple[int, int]:
        """From which letter of the whole to which a block goes."""
        start = self._starts[number]
        return start, start + len(self._offsets[number])

    def widened(self, span: TextSpan, quote: str) -> TextSpan:
        """The stretch with the punctuation that the quote has at its two ends, where the text has it too."""
        start, end = span.start, span.end
        first, last = self.blocks[span.first_block].text, self.blocks[span.last_block].text
        for mark in _marks(reversed(quote[: len(quote) - len(quote.lstrip(_PUNCTUATION))])):
            start -= first[start - 1 : start] == mark
        for mark in _marks(quote[len(quote.rstrip(_PUNCTUATION)) :]):
            end += last[end : end + 1] == mark
        return TextSpan(span.first_block, start, span.last_block, end)

    def rounded(self, span: TextSpan, little: int = 0) -> TextSpan:
        """The stretch with its first and last word whole, or the sentences where no more than ``little`` is missing."""
        first, last = self.blocks[span.first_block].text, self.blocks[span.last_block].text
        before, after = first[: span.start], last[span.end :]
        head = re.search(rf"(?:^|[.!?]\s+)([^.!?]{{0,{little}}})$", before) or re.search(r"(\S*)$", before)
        tail = re.match(rf"[^.!?]{{0,{little}}}(?:[.!?]+|$)", after) or re.match(r"\S*", after)
        assert head is not None
        assert tail is not None
        return TextSpan(span.first_block, span.start - len(head[1]), span.last_block, span.end + len(tail[0]))

    def _block_of(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def text(self, span: TextSpan) -> str:
        """What stands there, with one space between blocks."""
        if span.first_block == span.last_block:
            return self.blocks[span.first_block].text[span.start : span.end]
        inner = [block.text for block in self.blocks[span.first_block + 1 : span.last_block]]
        head = self.blocks[span.first_block].text[span.start :]
        return " ".join([head, *inner, self.blocks[span.last_block].text[: span.end]])

    def page(self, span: TextSpan) -> int:
        """The page on which the stretch begins."""
        block = self.blocks[span.first_block]
        held = _boxes_between(block, span.start, span.start + 1, slack=0.0)
        return held[0].page if held else block.page

    def pages(self, span: TextSpan) -> frozenset[int]:
        """The pages that the stretch may begin on: several only where it begins near the foot of one."""
        block = self.blocks[span.first_block]
        held = _boxes_between(block, span.start, span.start + 1, _SLACK)
        return frozenset(box.page for box in held) or frozenset({block.page})

    def boxes(self, span: TextSpan) -> tuple[Box, ...]:
        """Boxes that the stretch touches; of a block that goes on in another column or page, only those it reaches."""
        found: list[Box] = []
        for place in range(span.first_block, span.last_block + 1):
            block = self.blocks[place]
            start = span.start if place == span.first_block else 0
            end = span.end if place == span.last_block else len(block.text)
            found += _boxes_between(block, start, end, _SLACK)
        return tuple(found)

    def around(self, span: TextSpan, length: int) -> tuple[str, str]:
        """Up to ``length`` characters before and after the stretch, within its blocks and their neighbours."""
        before = self.blocks[span.first_block].text[: span.start]
        if len(before) < length and span.first_block:
            before = f"{self.blocks[span.first_block - 1].text} {before}"
        after = self.blocks[span.last_block].text[span.end :]
        if len(after) < length and span.last_block + 1 < len(self.blocks):
            after = f"{after} {self.blocks[span.last_block + 1].text}"
        return before[-length:], after[:length]


def _boxes_between(block: Block, start: int, end: int, slack: float) -> list[Box]:
    """The block's boxes that hold the text between two offsets, taking text to be spread evenly over their area."""
    areas = [max(0.0, box.x1 - box.x0) * max(0.0, box.y1 - box.y0) for box in block.boxes]
    whole = sum(areas)
    if len(areas) < 2 or not whole:
        return list(block.boxes)
    first, last = start / len(block.text) - slack, end / len(block.text) + slack
    found, reached = [], 0.0
    for box, area in zip(block.boxes, areas, strict=True):
        begins, reached = reached, reached + area / whole
        if begins < last and reached > first:
            found.append(box)
    return found or [block.boxes[-1]]
