"""Figures that no layout model saw: the space above their caption that no text fills, with the lettering in it."""

from collections.abc import Sequence

from kb.models.text import BlockKind
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.regions import LayoutRegion

LOWEST = 36.0
"""Points of free height from which there is a figure."""
TOP = 0.06
"""Share of the page above which no figure starts."""


def complete(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks, with a figure before every figure's caption that has none."""
    completed = list(chunks)
    for caption in chunks:
        if (
            caption.kind is not BlockKind.CAPTION
            or not caption.text.lower().startswith("fig")
            or _has_figure(caption, chunks)
        ):
            continue
        beside = [chunk for chunk in completed if chunk.page is caption.page]
        lettering = [chunk for chunk in beside if _is_lettering(chunk) and _above(chunk, caption)]
        top = _text_above(caption, beside, lettering)
        lettering = [chunk for chunk in lettering if chunk.top >= top - 1]
        if caption.top - top < LOWEST:
            continue
        completed = [chunk for chunk in completed if chunk not in lettering]
        completed.insert(completed.index(caption), _figure(caption, top, lettering))
    return completed


def _has_figure(caption: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Whether the layout model saw something at the caption already."""
    return any(
        chunk.region is not None
        and chunk.page is caption.page
        and chunk.kind in {BlockKind.PICTURE, BlockKind.TABLE}
        and -20 < caption.top - chunk.bottom < 60
        for chunk in chunks
    )


def _is_lettering(chunk: Chunk) -> bool:
    """Whether the chunk can be the lettering of a figure."""
    return chunk.region is None and chunk.kind in {BlockKind.PICTURE, BlockKind.TABLE} and not chunk.opens


def _above(chunk: Chunk, caption: Chunk) -> bool:
    """Whether the chunk stands over the caption, in its column."""
    if chunk.page is not caption.page or chunk is caption or chunk.bottom > caption.top + 2:
        return False
    left, right = _sides(caption)
    x0, x1 = _sides(chunk)
    return min(right, x1) - max(left, x0) > 0.3 * min(right - left, x1 - x0)


def _sides(chunk: Chunk) -> tuple[float, float]:
    """Its left and right edge."""
    if chunk.region is not None:
        return chunk.region.x0, chunk.region.x1
    return min(line.x0 for line in chunk.lines), max(line.x1 for line in chunk.lines)


def _text_above(caption: Chunk, chunks: Sequence[Chunk], lettering: Sequence[Chunk]) -> float:
    """Where the text above the caption ends."""
    others = [chunk.bottom for chunk in chunks if chunk not in lettering and _above(chunk, caption)]
    return max(others, default=TOP * caption.page.height)


def _figure(caption: Chunk, top: float, lettering: Sequence[Chunk]) -> Chunk:
    """The figure as a chunk; as wide as its caption, or as its lettering."""
    sides = [_sides(caption), *map(_sides, lettering)]
    left, right = min(x0 for x0, _ in sides), max(x1 for _, x1 in sides)
    region = LayoutRegion(kind="picture", x0=left, y0=top + 1, x1=right, y1=caption.top - 1)
    lines = [line for chunk in lettering for line in chunk.lines]
    return Chunk(lines, caption.page, kind=BlockKind.PICTURE, region=region)
