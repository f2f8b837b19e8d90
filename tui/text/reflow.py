"""A paper's blocks set as lines of a readable width, and the way back from a line and column to block and offset."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.text.plain import plain
from tui.text.wrap import column_of, offset_at, wrap

if TYPE_CHECKING:
    from kb.models.text import Block


class TextPosition(NamedTuple):
    """A character of the paper: the place of its block in the sequence, and its offset there."""

    block: int
    offset: int


class ScreenLine(NamedTuple):
    """One line on the screen: a range of a block's text, set in by some cells; ``block`` is -1 for an empty line."""

    block: int
    start: int
    end: int
    indent: int
    lead: str = ""


class Setting(NamedTuple):
    """How one kind of block is set."""

    indent: int = 0
    hang: int = 0
    before: int = 1
    lead: str = ""
    keep_lines: bool = False


SETTINGS: dict[str, Setting] = {
    "title": Setting(before=0),
    "authors": Setting(),
    "abstract": Setting(indent=2),
    "heading": Setting(before=2),
    "text": Setting(),
    "list-item": Setting(indent=2, hang=2, before=0, lead="• "),
    "caption": Setting(indent=2, lead="▏ ", hang=2),
    "table": Setting(indent=2, keep_lines=True),
    "formula": Setting(indent=4, keep_lines=True),
    "picture": Setting(indent=2),
    "footnote": Setting(indent=2),
    "reference": Setting(hang=4, before=0),
    "code": Setting(indent=2, keep_lines=True),
}

BULLET = re.compile(r"[•◦▪–—*·●○■□►‣∙-]\s+")
BULLETS = "•◦▪–—-*·●○■□►‣∙(["
GROUPED = {"authors", "list-item", "reference"}
"""Kinds that stand together without an empty line between them."""


@dataclass(frozen=True)
class LaidOutPaper:
    """A paper set for one width."""

    kinds: tuple[str, ...]
    texts: tuple[str, ...]
    lines: tuple[ScreenLine, ...]
    first_line: tuple[int, ...]
    """Index of each block's first line."""
    pages: tuple[int, ...] = ()
    """The page of the file that each block begins on."""

    def line_of(self, position: TextPosition) -> int:
        """The line on which a character stands."""
        first = self.first_line[position.block]
        last = self._last_line(position.block)
        starts = [line.start for line in self.lines[first : last + 1]]
        return first + max(0, bisect_right(starts, position.offset) - 1)

    def _last_line(self, block: int) -> int:
        """Index of a block's last line."""
        end = self.first_line[block + 1] if block + 1 < len(self.first_line) else len(self.lines)
        while end > 0 and self.lines[end - 1].block != block:
            end -= 1
        return end - 1

    def column_of(self, position: TextPosition) -> int:
        """The cell at which a character stands on its line, the indent included."""
        line = self.lines[self.line_of(position)]
        return line.indent + column_of(self.texts[position.block], line.start, position.offset)

    def position_at(self, line: int, column: int) -> TextPosition | None:
        """The character at a cell of a line; None on an empty line."""
        row = self.lines[line]
        if row.block < 0:
            return None
        return TextPosition(row.block, offset_at(self.texts[row.block], row.start, row.end, column - row.indent))

    def near(self, line: int, column: int, direction: int = 1) -> TextPosition:
        """The character at a cell, or at that column of the next line in this direction that has text."""
        at = min(max(line, 0), len(self.lines) - 1)
        for step in (direction, -direction):
            probe = at
            while 0 <= probe < len(self.lines):
                if (position := self.position_at(probe, column)) is not None:
                    return position
                probe += step
        return TextPosition(0, 0)


def text_between(texts: Sequence[str], start: TextPosition, end: TextPosition) -> str:
    """The text from one character up to, and not including, another; blocks are joined by a line break."""
    if start.block == end.block:
        return texts[start.block][start.offset : end.offset]
    middle = texts[start.block + 1 : end.block]
    return "\n".join([texts[start.block][start.offset :], *middle, texts[end.block][: end.offset]])


def typeset(blocks: "Sequence[Block]", width: int) -> LaidOutPaper:
    """Set all blocks for a column of this many cells."""
    lines: list[ScreenLine] = []
    first_line: list[int] = []
    kinds = tuple(str(block.kind) for block in blocks)
    texts = tuple(display_text(block) for block in blocks)
    for index, (kind, text) in enumerate(zip(kinds, texts, strict=True)):
        setting = SETTINGS[kind]
        lines.extend([ScreenLine(-1, 0, 0, 0)] * space_before(kinds, index))
        first_line.append(len(lines))
        lines.extend(set_block(index, text, setting, width))
    return LaidOutPaper(kinds, texts, tuple(lines), tuple(first_line), tuple(block.page for block in blocks))


def display_text(block: "Block") -> str:
    """The block's text, safe to draw and of the same length; a picture without text says what it is."""
    if SETTINGS[str(block.kind)].keep_lines:
        return "\n".join(plain(line) for line in block.text.split("\n"))
    return plain(block.text) or (f"[figure on page {block.page}]" if block.kind == "picture" else "")


def space_before(kinds: tuple[str, ...], index: int) -> int:
    """Empty lines above a block: none at the top, and none between members of a group."""
    if index == 0:
        return 0
    kind, above = kinds[index], kinds[index - 1]
    if kind in GROUPED:
        return 0 if above == kind else 1
    if above == "heading":
        return 1
    return max(1, SETTINGS[kind].before)


def set_block(index: int, text: str, setting: Setting, width: int) -> list[ScreenLine]:
    """The lines of one block."""
    if setting.keep_lines:
        return kept_lines(index, text, setting, width)
    lead = "" if setting.lead == "• " and brings_bullet(text) else setting.lead
    hang = setting.indent + (bullet_width(text) if setting.lead == "• " else setting.hang)
    first = setting.indent + len(lead)
    pieces = wrap(text, width - first, width - hang)
    bar = lead if setting.lead.startswith("▏") else ""
    return [
        ScreenLine(index, start, end, first if number == 0 else hang, lead if number == 0 else bar)
        for number, (start, end) in enumerate(pieces)
    ]


def bullet_width(text: str) -> int:
    """How far the further lines of a list item are set in: as far as the words behind its own bullet, or ours."""
    own = BULLET.match(text)
    return len(own[0]) if own else len("• ")


def brings_bullet(text: str) -> bool:
    """Whether a list item has its own bullet or number."""
    return text[:1] in BULLETS or text[:1].isdigit()


def kept_lines(index: int, text: str, setting: Setting, width: int) -> list[ScreenLine]:
    """The lines of a block whose own line breaks matter; one that is too long is broken further."""
    lines: list[ScreenLine] = []
    start = 0
    for part in text.split("\n"):
        room = width - setting.indent
        lines += [ScreenLine(index, start + a, start + b, setting.indent) for a, b in wrap(part, room, room)]
        start += len(part) + 1
    return lines
