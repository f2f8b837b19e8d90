"""Figures and tables that notes speak of: found by their captions, and the place on the page that shows them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.models.anchor import Anchor
from kb.models.note import Note
from kb.models.text import Block, BlockKind, Box

_NAMED = re.compile(r"\b(?P<sort>Fig(?:ure)?|Tab(?:le)?)s?\b\.?[\s~]*(?P<number>\d+|[IVX]+\b)", re.IGNORECASE)
_OPENS = re.compile(r"\s*(?P<sort>Fig(?:ure)?|Tab(?:le)?)\b\.?\s*(?P<number>\d+|[IVX]+\b)\s*[.:|–—-]", re.IGNORECASE)
_SHOWN = (BlockKind.PICTURE, BlockKind.TABLE)
_SMALLEST = 36.0
"""Points; a box that is lower is a piece of a drawing, such as its legend."""
_GAP = 4.0
_TOP = 40.0
"""Where a page's text begins, for a figure that has nothing above it."""


class PaperFigure(NamedTuple):
    """A figure or table of a paper, and where it stands."""

    label: str
    caption: str
    box: Box


def figures_of(note: Note, blocks: Sequence[Block]) -> tuple[PaperFigure, ...]:
    """The figures that a note's quotes lie in, or that it or its quotes name, in that order, each once."""
    captions = {label: block for block in reversed(blocks) if (label := _label(block))}
    wanted = [label for anchor in note.anchors for label in _lies_in(anchor, blocks)]
    texts = (*(anchor.quote for anchor in note.anchors), note.body, *map(str, note.fields.model_dump().values()))
    wanted += [label for text in texts for label in named_in(text)]
    found = (_figure(label, captions[label], blocks) for label in dict.fromkeys(wanted) if label in captions)
    return tuple(figure for figure in found if figure)


def named_in(text: str) -> list[str]:
    """Labels of the figures and tables that a text names."""
    return [_written(match) for match in _NAMED.finditer(text)]


def _label(block: Block) -> str:
    """``Figure 2`` for the caption of that figure; empty for any other block."""
    opening = _OPENS.match(block.text) if block.kind is BlockKind.CAPTION else None
    return _written(opening) if opening else ""


def _written(match: re.Match[str]) -> str:
    sort = "Figure" if match["sort"].lower().startswith("fig") else "Table"
    return f"{sort} {match['number'].upper()}"


def _lies_in(anchor: Anchor, blocks: Sequence[Block]) -> Iterable[str]:
    """The figure whose caption or picture a quote was taken from."""
    at = anchor.first_block
    block = blocks[at] if at is not None and at < len(blocks) and blocks[at].index == at else None
    if block is None or block.kind not in (*_SHOWN, BlockKind.CAPTION):
        return []
    captions = [block] if block.kind is BlockKind.CAPTION else [one for one in blocks if one.about == block.index]
    return [label for caption in captions if (label := _label(caption))]


def _figure(label: str, caption: Block, blocks: Sequence[Block]) -> PaperFigure | None:
    box = _own_box(caption, blocks) or _space_above(caption, blocks)
    words = _OPENS.sub("", caption.text, count=1).strip()
    return PaperFigure(label, words, box) if box else None


def _own_box(caption: Block, blocks: Sequence[Block]) -> Box | None:
    """The box of the figure that the caption was tied to, unless it is a piece of it, or a guess from the caption."""
    own = next((block for block in blocks if block.index == caption.about and block.kind in _SHOWN), None)
    box, under = _around(box for box in (own.boxes if own else ()) if box.page == caption.page), _around(caption.boxes)
    if box is None or under is None or (round(box.x0), round(box.x1)) == (round(under.x0), round(under.x1)):
        return None
    return box if box.y1 - box.y0 >= _SMALLEST and box.x1 - box.x0 >= _SMALLEST else None


def _space_above(caption: Block, blocks: Sequence[Block]) -> Box | None:
    """The space between a caption and the text above it, as wide as that text, where no drawing itself was seen."""
    under = _around(caption.boxes)
    if under is None:
        return None
    text = [block for block in blocks if block.index != caption.index and block.kind not in _SHOWN and _is_prose(block)]
    above = [box for block in text for box in block.boxes if _is_over(box, under)]
    top = max((box.y1 for box in above), default=_TOP) + _GAP
    column = [under, *above]
    x0, x1 = min(box.x0 for box in column), max(box.x1 for box in column)
    made = Box(page=under.page, x0=x0, y0=top, x1=x1, y1=under.y0 - _GAP)
    return made if made.y1 - made.y0 >= _SMALLEST else None


def _is_prose(block: Block) -> bool:
    """Whether a block bounds a figure: labels inside a drawing are short, and captions of its parts stand in it."""
    return len(block.text) > 60 or block.kind in (BlockKind.HEADING, BlockKind.TITLE) or bool(_label(block))


def _is_over(box: Box, under: Box) -> bool:
    return box.page == under.page and box.y1 <= under.y0 and box.x0 < under.x1 and box.x1 > under.x0


def _around(boxes: Iterable[Box]) -> Box | None:
    held = list(boxes)
    if not held:
        return None
    return Box(
        page=held[0].page,
        x0=min(box.x0 for box in held),
        y0=min(box.y0 for box in held),
        x1=max(box.x1 for box in held),
        y1=max(box.y1 for box in held),
    )
