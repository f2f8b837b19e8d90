"""Pieces of a page become numbered blocks and the sections over them."""

from collections.abc import Sequence

from kb.models.text import Block, BlockKind, Section
from kb.reading.webpage.visible import Piece


def build(title: str, body: Sequence[Piece], footnotes: Sequence[str]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Numbered blocks, each knowing its section; headings count from 1 whatever the page calls its first."""
    depths = sorted({depth for kind, text, depth in body if kind is BlockKind.HEADING and text})
    blocks: list[Block] = [Block(index=0, kind=BlockKind.TITLE, text=title, page=1)] if title else []
    sections: list[Section] = []
    notes = [(BlockKind.FOOTNOTE, f"[{number}] {text}", 0) for number, text in enumerate(footnotes, 1) if text]
    for kind, text, depth in (*body, *notes):
        if not text or (kind is BlockKind.HEADING and text == title):
            continue
        level = depths.index(depth) + 1 if kind is BlockKind.HEADING else 0
        if level:
            sections.append(_section(sections, level, text, len(blocks)))
        current = sections[-1].index if sections and kind is not BlockKind.FOOTNOTE else None
        blocks.append(Block(index=len(blocks), kind=kind, text=text, page=1, section=current, level=level))
    return tuple(blocks), tuple(sections)


def _section(before: Sequence[Section], level: int, title: str, first_block: int) -> Section:
    """A section, under the nearest one before it that is of a higher level."""
    parent = next((section.index for section in reversed(before) if section.level < level), None)
    return Section(index=len(before), level=level, title=title, page=1, first_block=first_block, parent=parent)
