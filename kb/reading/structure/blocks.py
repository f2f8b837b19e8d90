"""Chunks become blocks: mended text, raw text, boxes, and the section that each stands in."""

from collections.abc import Collection, Sequence

from kb.models.text import Block, BlockKind, Box, Section
from kb.reading.structure import run_in
from kb.reading.structure.formulas import formula_text
from kb.reading.structure.mend import join
from kb.reading.structure.page import Line, as_displayed
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.tables import table_text

_OUTSIDE = {BlockKind.TITLE, BlockKind.AUTHORS, BlockKind.ABSTRACT}


def build(chunks: Sequence[Chunk], words: Collection[str]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Blocks in reading order and the tree of their sections."""
    blocks: list[Block] = []
    places: dict[int, int] = {}
    sections: list[Section] = []
    for chunk in chunks:
        text = _text(chunk, words)
        if not text:
            continue
        sections.extend(_sections(sections, chunk, text, len(blocks)))
        current = sections[-1].index if sections and chunk.kind not in _OUTSIDE else None
        places[id(chunk)] = len(blocks)
        blocks.append(_block(chunk, text, len(blocks), current, places.get(id(chunk.about)), words))
    return tuple(blocks), tuple(sections)


def _parts(chunk: Chunk) -> list[Chunk]:
    """The chunk and its continuations."""
    return [chunk, *chunk.more]


def _text(chunk: Chunk, words: Collection[str]) -> str:
    """The mended text; code keeps its lines, tables their cells; figures and what is not legible are named only."""
    if chunk.kind is BlockKind.PICTURE:
        return "[figure]"
    if chunk.kind is BlockKind.FORMULA:
        return formula_text(chunk.lines)
    if chunk.kind is BlockKind.TABLE:
        return table_text(chunk.lines, chunk.region.columns if chunk.region else ())
    lines = [line.text for part in _parts(chunk) for line in part.lines]
    if chunk.kind is BlockKind.CODE:
        return "\n".join(join([line]) for line in lines).strip()
    return join(lines, words).strip()


def _block(
    chunk: Chunk, text: str, index: int, section: int | None, about: int | None, words: Collection[str]
) -> Block:
    """One block, with a box for each column or page that it runs through."""
    raw = "\n".join(line.text for part in _parts(chunk) for line in part.lines)
    return Block(
        index=index,
        kind=chunk.kind,
        text=text,
        raw="" if raw == text else raw,
        page=chunk.page.number,
        boxes=tuple(_box(part) for part in _parts(chunk)),
        section=section,
        level=_level(chunk),
        head=run_in.head(chunk, words) if chunk.kind is BlockKind.TEXT else "",
        about=about,
    )


def _box(chunk: Chunk) -> Box:
    """Where the chunk stands: its region, or the rectangle around its lines."""
    region = chunk.region
    rectangle = _bounds(chunk.lines) if region is None else (region.x0, region.y0, region.x1, region.y1)
    x0, y0, x1, y1 = as_displayed(chunk.page, *rectangle)
    return Box(page=chunk.page.number, x0=round(x0, 2), y0=round(y0, 2), x1=round(x1, 2), y1=round(y1, 2))


def _bounds(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    """The rectangle around the lines."""
    return (
        min([line.x0 for line in lines]),
        min([line.y0 for line in lines]),
        max([line.x1 for line in lines]),
        max([line.y1 for line in lines]),
    )


def _level(chunk: Chunk) -> int:
    """Depth of a heading; one that opens no section of the outline's, such as the bibliography's, is of the first."""
    if chunk.kind is not BlockKind.HEADING:
        return 0
    return chunk.opens[-1].level if chunk.opens else 1


def _sections(before: Sequence[Section], chunk: Chunk, text: str, first_block: int) -> list[Section]:
    """The sections that this chunk opens, each under the nearest one of a higher level."""
    opened: list[Section] = []
    for opening in chunk.opens:
        above = (each for each in reversed([*before, *opened]) if each.level < opening.level)
        parent = next((each.index for each in above), None)
        index = len(before) + len(opened)
        title = opening.title or text
        section = Section(
            index=index, level=opening.level, title=title, page=opening.page, first_block=first_block, parent=parent
        )
        opened.append(section)
    return opened
