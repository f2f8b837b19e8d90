"""Lines of a column become paragraphs, by gaps, indents, bullets and changes of font."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kb.models.text import BlockKind
from kb.reading.structure.numbering import number
from kb.reading.structure.page import Line, Page
from kb.reading.structure.regions import LayoutRegion
from kb.reading.structure.style import Style

BULLET = re.compile(
    r"[•‣▪◦∙●○■–-]\s+\S|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+\S|\[\d{1,3}\]\s*\S|\[[A-Z][\w+]{1,9}\]\s*\S"
)
"""A line that opens an item of a list, or an entry of a bibliography."""
_STOPS = (".", "!", "?", ":", ";")
_CLOSERS = "\"'”’)]"


class Opening(NamedTuple):
    """A section that starts with a chunk."""

    level: int
    title: str
    """As the file's outline writes it; empty where the chunk's own text is the title."""
    page: int


class Look(NamedTuple):
    """How a chunk is set; headings of one level look alike."""

    size: float
    bold: bool
    italic: bool
    capitals: bool


@dataclass(eq=False)
class Chunk:
    """Lines that belong together: what will become a block."""

    lines: list[Line]
    page: Page
    kind: BlockKind = BlockKind.TEXT
    opens: list[Opening] = field(default_factory=list)
    """Sections that start here; a heading opens one, and any chunk can where the outline points to it."""
    region: LayoutRegion | None = None
    """The region that a layout model drew around it; a figure may have one and no lines."""
    about: "Chunk | None" = None
    """For a caption: the figure or table that it belongs to."""
    more: list["Chunk"] = field(default_factory=list)
    """The same paragraph's continuation in later columns or pages."""

    @cached_property
    def text(self) -> str:
        """The lines in one, for looking at; the block's own text is mended with the whole document's words."""
        return " ".join(line.text.strip() for line in self.lines)

    @cached_property
    def look(self) -> Look:
        """The look of its largest type, so that small capitals count by their capitals."""
        first = self.lines[0]
        size = max([span.size for span in first.spans if span.text.strip()])
        return Look(round(size * 2) / 2, first.bold, first.italic, _capitals(self.text))

    @property
    def first(self) -> Line:
        """The line that opens the chunk."""
        return self.lines[0]

    @property
    def top(self) -> float:
        """Where it starts on its page."""
        return self.region.y0 if self.region else self.lines[0].y0

    @property
    def bottom(self) -> float:
        """Where it ends on its page."""
        return self.region.y1 if self.region else self.lines[-1].y1

    @cached_property
    def size(self) -> float:
        """Font size of most of its characters."""
        if len(self.lines) == 1:
            return self.lines[0].size
        sizes: dict[float, int] = {}
        for line in self.lines:
            sizes[line.size] = sizes.get(line.size, 0) + len(line.text)
        return max(sizes, key=lambda size: sizes[size])


def _capitals(text: str) -> bool:
    """Whether all letters are capitals."""
    upper = sum(map(str.isupper, text))
    return upper > 3 and upper > 0.9 * sum(map(str.isalpha, text))


def rows(lines: Sequence[Line]) -> list[Line]:
    """Pieces that stand on one baseline of a column, made one line."""
    merged: list[Line] = []
    for line in lines:
        if merged and _same_row(merged[-1], line):
            merged[-1] = Line(merged[-1].spans + line.spans)
        else:
            merged.append(line)
    return merged


def _same_row(before: Line, line: Line) -> bool:
    """Whether the line stands to the right of the one before, at its height."""
    if line.x0 <= before.x1 - 2:
        return False
    overlap = min(before.y1, line.y1) - max(before.y0, line.y0)
    return overlap > 0.6 * min(before.y1 - before.y0, line.y1 - line.y0)


def split(column: Sequence[Line], page: Page, style: Style, items: Collection[int] = ()) -> list[Chunk]:
    """The column's paragraphs; ``items`` are ids of lines that may open an item of a list."""
    lines = rows(column)
    if not lines:
        return []
    left, right = _edges(lines)
    chunks = [Chunk([lines[0]], page)]
    for at in range(1, len(lines)):
        following = lines[at + 1] if at + 1 < len(lines) else None
        known = id(lines[at]) in items and ends_sentence(lines[at - 1].text)
        if known or _breaks(chunks[-1].lines, lines[at], following, (left, right), style):
            chunks.append(Chunk([lines[at]], page))
        else:
            chunks[-1].lines.append(lines[at])
    return chunks


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, quotes and brackets aside."""
    return text.rstrip().rstrip(_CLOSERS).endswith(_STOPS)


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the column's text starts and ends."""
    starts = sorted(line.x0 for line in lines)
    ends = sorted(line.x1 for line in lines)
    return starts[len(starts) // 10], ends[-1 - len(ends) // 10]


def _breaks(before: list[Line], line: Line, following: Line | None, edges: tuple[float, float], style: Style) -> bool:
    """Whether the line opens a new paragraph."""
    last = before[-1]
    em = max(line.size, 1.0)
    step = line.base - last.base
    ended = ends_sentence(last.text)
    goes_on = not ended and line.text.lstrip()[:1].islower()
    if step > (1.6 if goes_on else 1.32) * max(style.pitch * em / style.size, 1.1 * em) or step < -em:
        return True
    if _changes_look(last, line):
        return True
    if _display(last, style) and _display(line, style):
        return bool(number(line.text))
    if goes_on:
        return False
    if BULLET.match(line.text.lstrip()) and (ended or _opens_item(before) or last.x1 < edges[1] - 3 * em):
        return True
    if _indents(before, line, following, edges[0], em):
        return True
    return ended and last.x1 < edges[1] - 0.12 * (edges[1] - edges[0]) and line.x0 < edges[0] + 2 * em


def _opens_item(lines: list[Line]) -> bool:
    """Whether the paragraph so far is an item of a list."""
    return bool(BULLET.match(lines[0].text.lstrip()))


def _display(line: Line, style: Style) -> bool:
    """Whether the line is set as headings are, so that indents and short lines mean nothing."""
    return (line.bold and not style.bold) or line.size > 1.1 * style.size or (line.text.isupper() and _letters(line))


def _changes_look(last: Line, line: Line) -> bool:
    """Whether the font changes in a way that running text does not; bold words may open and run into a paragraph."""
    if abs(last.size - line.size) > 0.07 * max(last.size, line.size) and min(len(last.text), len(line.text)) > 2:
        return True
    if last.bold == line.bold or not _letters(line) or not _letters(last):
        return False
    return line.bold or not line.spans[0].font.bold


def _letters(line: Line) -> bool:
    """Whether the line has a word."""
    return sum(map(str.isalpha, line.text)) > 2


def _indents(before: list[Line], line: Line, following: Line | None, left: float, em: float) -> bool:
    """Whether the line is set in as the first line of a paragraph is."""
    indent = line.x0 - before[-1].x0
    if not 0.7 * em < indent < 4 * em or _opens_item(before):
        return False
    if following is None or following.base - line.base > 2 * em:
        return True
    return following.x0 < line.x0 - 0.5 * em
