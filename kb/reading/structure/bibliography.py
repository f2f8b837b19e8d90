"""The bibliography: found by its heading, and cut into entries."""

import re
from collections import Counter
from collections.abc import Sequence

from kb.models.text import Block, BlockKind, Reference
from kb.reading.structure.citation import read
from kb.reading.structure.entries import LABEL, PlacedLine, cut
from kb.reading.structure.paragraphs import Chunk

HEADING = re.compile(
    r"(?:\d{1,2}\.?\s+|[A-Z]\.?\s+)?(?:references|bibliography|literature cited|works cited|references and notes)\W*",
    re.IGNORECASE,
)
_TEXT = {BlockKind.TEXT, BlockKind.LIST_ITEM, BlockKind.CODE}
_PERHAPS = {BlockKind.TABLE, BlockKind.PICTURE, BlockKind.FORMULA}
"""Kinds that numbers and names can be mistaken for, unless a layout model saw them or they stand apart."""


def mark(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks, with one for each entry in place of the bibliography's paragraphs."""
    marked: list[Chunk] = []
    inside: list[Chunk] | None = None
    sizes: Counter[float] = Counter()
    for chunk in chunks:
        if chunk.kind is BlockKind.HEADING:
            marked += _entries(inside or [])
            inside = [] if HEADING.fullmatch(chunk.text.strip()) else None
            sizes.clear()
            marked.append(chunk)
        elif inside and chunk.size > 1.15 * _usual(sizes):
            marked += [*_entries(inside), chunk]
            inside = None
        elif inside is not None and _belongs(chunk, inside):
            inside.append(chunk)
            sizes[chunk.size] += _length(chunk)
        else:
            marked.append(chunk)
    return marked + _entries(inside or [])


def _belongs(chunk: Chunk, inside: Sequence[Chunk]) -> bool:
    """Whether the chunk can be a part of a bibliography, of which ``inside`` is known already."""
    if chunk.kind in _TEXT:
        return True
    if chunk.kind not in _PERHAPS or chunk.region is not None:
        return False
    if LABEL.match(chunk.text) or not inside:
        return bool(LABEL.match(chunk.text))
    last = inside[-1]
    return chunk.page is last.page and 0 < chunk.top - last.bottom < 1.5 * chunk.size


def _entries(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The bibliography as one chunk for each entry, and behind them what stands between but is set otherwise."""
    sizes: Counter[float] = Counter()
    for chunk in chunks:
        sizes[chunk.size] += _length(chunk)
    size = _usual(sizes)
    own = [chunk for chunk in chunks if abs(chunk.size - size) < 0.07 * size]
    lines = [PlacedLine(line, chunk.page) for chunk in own for line in chunk.lines]
    opens = [opening for chunk in own for opening in chunk.opens]
    entries = [_chunk(entry) for entry in cut(lines)]
    if entries:
        entries[0].opens = opens
    return entries + [chunk for chunk in chunks if chunk not in own]


def _usual(sizes: Counter[float]) -> float:
    """The font size of the entries, of characters by size; footnotes and running heads between them have another."""
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def _length(chunk: Chunk) -> int:
    """How many characters the chunk has."""
    return sum([len(line.text) for line in chunk.lines])


def _chunk(entry: Sequence[PlacedLine]) -> Chunk:
    """One entry; a part of it on another page or in another column is its continuation."""
    parts: list[Chunk] = []
    last: PlacedLine | None = None
    for placed in entry:
        if last is None or placed.page is not last.page or placed.line.base < last.line.base - placed.line.size:
            parts.append(Chunk([], placed.page, kind=BlockKind.REFERENCE))
        parts[-1].lines.append(placed.line)
        last = placed
    parts[0].more = parts[1:]
    return parts[0]


def references(blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """The entries with what could be recognised in each."""
    texts = [block.text for block in blocks if block.kind is BlockKind.REFERENCE]
    return tuple(read(text, index) for index, text in enumerate(texts))
