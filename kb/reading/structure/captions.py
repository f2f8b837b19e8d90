"""Captions go with their figure or table: each stands right after what it is about."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kb.models.text import BlockKind
from kb.reading.structure.paragraphs import Chunk

NEAR = 60.0
"""Points between a caption and what it is about, at most."""
OTHER_KIND = 30.0
"""Points that a table under a figure's caption counts as farther away."""
OTHER_SIDE = 20.0
"""The same for a caption that stands above where the document's captions stand below, or the other way round."""
_TARGETS = {BlockKind.TABLE, BlockKind.PICTURE}


class Pair(NamedTuple):
    """A caption, something near it, and how far away it is."""

    gap: float
    caption: Chunk
    target: Chunk
    below: bool
    """Whether the caption stands below."""


def tie(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks with every caption moved behind the figure or table that it belongs to."""
    _choose(_pairs(chunks))
    behind: dict[int, list[Chunk]] = {}
    for chunk in chunks:
        if chunk.about is not None:
            behind.setdefault(id(chunk.about), []).append(chunk)
    ordered: list[Chunk] = []
    for chunk in chunks:
        if chunk.about is None:
            ordered += [chunk, *behind.get(id(chunk), [])]
    return ordered


def _choose(pairs: Sequence[Pair]) -> None:
    """Give each caption one target and each target one caption, the nearest first, on the side that is usual."""
    usual = _usual_side(pairs)
    taken: set[int] = set()
    for pair in sorted(
        pairs, key=lambda pair: pair.gap + OTHER_SIDE * (usual.get(_kind(pair.caption)) is not pair.below)
    ):
        if pair.caption.about is None and id(pair.target) not in taken:
            pair.caption.about = pair.target
            taken.add(id(pair.target))


def _usual_side(pairs: Sequence[Pair]) -> dict[BlockKind, bool]:
    """Whether captions stand below, by the captions that have only one thing near them."""
    near = Counter(id(pair.caption) for pair in pairs)
    votes = Counter((_kind(pair.caption), pair.below) for pair in pairs if near[id(pair.caption)] == 1)
    return {kind: votes[kind, True] >= votes[kind, False] for kind in _TARGETS}


def _pairs(chunks: Sequence[Chunk]) -> list[Pair]:
    """Every caption with every figure or table right above or below it."""
    captions = [chunk for chunk in chunks if chunk.kind is BlockKind.CAPTION]
    targets = [chunk for chunk in chunks if chunk.kind in _TARGETS and chunk.region is not None]
    found: list[Pair] = []
    for caption in captions:
        for target in targets:
            if target.page is not caption.page or not _over_each_other(caption, target):
                continue
            gap = max(caption.top - target.bottom, target.top - caption.bottom, 0.0)
            if gap < NEAR:
                gap += OTHER_KIND * (target.kind is not _kind(caption))
                found.append(Pair(gap, caption, target, caption.top > target.top))
    return found


def _kind(caption: Chunk) -> BlockKind:
    """What the caption says that it is about."""
    return BlockKind.TABLE if caption.text.lstrip().lower().startswith("tab") else BlockKind.PICTURE


def _over_each_other(caption: Chunk, target: Chunk) -> bool:
    """Whether one stands above the other."""
    assert target.region is not None
    left = min(line.x0 for line in caption.lines)
    right = max(line.x1 for line in caption.lines)
    return min(right, target.region.x1) - max(left, target.region.x0) > 0.25 * (right - left)
