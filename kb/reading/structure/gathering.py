"""Pieces of one figure or formula, which a file draws one by one, gathered into one chunk."""

from collections.abc import Sequence

from kb.models.text import BlockKind
from kb.reading.structure.paragraphs import Chunk

SCATTERED = {BlockKind.PICTURE, BlockKind.FORMULA}
NEAR = 60.0
"""Points between two pieces of one figure or formula, at most."""


def gather(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks, with neighbours of one scattered kind made one; what a layout model saw stays as it saw it."""
    gathered: list[Chunk] = []
    for chunk in chunks:
        last = gathered[-1] if gathered else None
        if last is not None and _belong_together(last, chunk):
            gathered[-1] = Chunk(
                [*last.lines, *chunk.lines], chunk.page, kind=chunk.kind, opens=[*last.opens, *chunk.opens]
            )
        else:
            gathered.append(chunk)
    return gathered


def _belong_together(last: Chunk, chunk: Chunk) -> bool:
    """Whether the two are pieces of one figure or formula."""
    if chunk.kind not in SCATTERED or last.kind is not chunk.kind or last.page is not chunk.page:
        return False
    return not (last.region or chunk.region) and abs(chunk.top - last.bottom) < NEAR
