"""Trafilatura's tree becomes blocks in reading order and the sections over them."""

from collections.abc import Iterator, Sequence

from kb.models.text import Block, BlockKind, Section
from kb.reading.webpage.formulas import Element

Piece = tuple[BlockKind, str, int]
"""Kind, text, and the depth of a heading as the page has it."""


def pieces(body: Element) -> Iterator[Piece]:
    """Headings, paragraphs, list items, tables and code, in order."""
    if (body.text or "").strip():
        yield _paragraph(_joined(body.text))
    for child in body:
        yield from _piece(child)
        if (child.tail or "").strip():
            yield _paragraph(_joined(child.tail))


def _piece(element: Element) -> Iterator[Piece]:
    """What one element of the tree holds."""
    tag = str(element.tag)
    if tag == "head":
        yield BlockKind.HEADING, _inline(element), int(element.get("rend", "h2")[1:] or 2)
    elif tag == "list":
        yield from _items(element)
    elif tag == "table":
        rows = [" | ".join(_inline(cell) for cell in row) for row in element.iter("row")]
        yield BlockKind.TABLE, "\n".join(row for row in rows if row.strip(" |")), 0
    elif tag == "code" or (tag == "quote" and element.find("code") is not None):
        yield BlockKind.CODE, element.xpath("string()").strip("\n"), 0
    elif tag in ("quote", "div", "body") and len(element):
        yield from pieces(element)
    elif tag != "graphic":
        yield _paragraph(_inline(element))


def _paragraph(text: str) -> Piece:
    """A paragraph; one that is nothing but a formula is a formula."""
    alone = text.startswith("$$") and text.endswith("$$") and text.count("$$") == 2
    return BlockKind.FORMULA if alone else BlockKind.TEXT, text, 0


def _items(element: Element) -> Iterator[Piece]:
    """The items of a list, those of lists inside it after the item that they stand in."""
    for item in element.iter("item"):
        yield BlockKind.LIST_ITEM, _inline(item, without="list"), 0


def _inline(element: Element, without: str = "") -> str:
    """The text of an element on one line, without that of some children."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append(" ")
        elif child.tag != without:
            parts.append(("\n" if child.tag in ("p", "list") else "") + _inline(child))
        parts.append(child.tail or "")
    return _joined("".join(parts))


def _joined(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


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
