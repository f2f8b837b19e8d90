"""Captions go with their figure or table: each stands right after what it is about."""

from collections.abc import Sequence

from kb.models.text import BlockKind
from kb.reading.structure.paragraphs import Chunk

NEAR = 60.0
"""Points between a caption and what it is about, at most."""


def tie(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks with every caption moved behind the figure or table that it belongs to."""
    taken: dict[int, list[Chunk]] = {}
    moved: set[int] = set()
    for chunk in chunks:
        if chunk.kind is BlockKind.CAPTION:
            chunk.about = _nearest(chunk, chunks)
            if chunk.about is not None:
                taken.setdefault(id(chunk.about), []).append(chunk)
                moved.add(id(chunk))
    ordered: list[Chunk] = []
    for chunk in chunks:
        if id(chunk) not in moved:
            ordered += [chunk, *taken.get(id(chunk), [])]
    return ordered


def _nearest(caption: Chunk, chunks: Sequence[Chunk]) -> Chunk | None:
    """The figure or table right above or below the caption."""
    wanted = BlockKind.TABLE if caption.text.lstrip().lower().startswith("tab") else BlockKind.PICTURE
    best: tuple[float, Chunk] | None = None
    for chunk in chunks:
        if chunk.page is not caption.page or chunk.kind not in {BlockKind.TABLE, BlockKind.PICTURE}:
            continue
        if chunk.region is None or not _side_by_side(caption, chunk):
            continue
        gap = max(caption.top - chunk.bottom, chunk.top - caption.bottom, 0.0)
        gap += 0.0 if chunk.kind is wanted else NEAR / 2
        if gap < NEAR and (best is None or gap < best[0]):
            best = (gap, chunk)
    return best[1] if best else None


def _side_by_side(caption: Chunk, chunk: Chunk) -> bool:
    """Whether one stands above the other."""
    assert chunk.region is not None
    left = min(line.x0 for line in caption.lines)
    right = max(line.x1 for line in caption.lines)
    return min(right, chunk.region.x1) - max(left, chunk.region.x0) > 0.25 * (right - left)
