"""Paragraphs that run on in the next column or on the next page become one again, across the floats between them."""

import re
from collections.abc import Sequence

from kb.models.text import BlockKind
from kb.reading.structure.paragraphs import BULLET, Chunk

FLOATS = {BlockKind.CAPTION, BlockKind.TABLE, BlockKind.PICTURE, BlockKind.FOOTNOTE}
_RUNNING = {BlockKind.TEXT, BlockKind.LIST_ITEM, BlockKind.ABSTRACT, BlockKind.REFERENCE}
_ENDED = re.compile(r"[.!?:][\"'”’)\]]*\d{0,3}$")
_STOP = re.compile(r"[.!?:;][\"'”’)\]]*\d{0,3}$")


def reunite(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks with every continuation moved into the paragraph that it continues."""
    out: list[Chunk] = []
    open_chunk: Chunk | None = None
    for chunk in chunks:
        if open_chunk is not None and _continues(open_chunk, chunk):
            open_chunk.more.append(chunk)
            continue
        out.append(chunk)
        if open_chunk is not None and _stands_between(open_chunk, chunk):
            continue
        open_chunk = chunk if chunk.kind in _RUNNING else None
    return out


def _stands_between(open_chunk: Chunk, chunk: Chunk) -> bool:
    """Whether the paragraph may still go on after this chunk: a float, or a table's row that looks like text."""
    if chunk.kind in FLOATS:
        return True
    broken_off = not _ENDED.search(_last(open_chunk).lines[-1].text.rstrip())
    return chunk.kind is BlockKind.TEXT and broken_off and not _is_prose(chunk) and _moved(_last(open_chunk), chunk)


def _continues(before: Chunk, chunk: Chunk) -> bool:
    """Whether the chunk goes on where the paragraph before it broke off."""
    if chunk.kind is not BlockKind.TEXT or before.kind not in _RUNNING:
        return False
    last = _last(before)
    end, start = last.lines[-1].text.rstrip(), chunk.text.lstrip()
    if abs(chunk.size - last.size) > 0.08 * last.size or BULLET.match(start) or not start or not _is_prose(chunk):
        return False
    if not _moved(last, chunk):
        return start[0].islower() and not _ENDED.search(end) and _full(last)
    if _ENDED.search(end):
        return start[0].islower()
    return start[0].islower() or end.endswith(("-", "\u2010", "\u00ad")) or _full(last)


def _last(chunk: Chunk) -> Chunk:
    """The part of the paragraph that was read last."""
    return chunk.more[-1] if chunk.more else chunk


def _moved(last: Chunk, chunk: Chunk) -> bool:
    """Whether the text went on to another column or page."""
    return chunk.page.number > last.page.number or chunk.first.y0 < last.lines[-1].y0


def _full(chunk: Chunk) -> bool:
    """Whether the chunk's last line is as long as the others: a paragraph's own last line seldom is."""
    width = max(line.x1 for line in chunk.lines)
    return len(chunk.lines) > 1 and chunk.lines[-1].x1 > width - 2 * chunk.size


def _is_prose(chunk: Chunk) -> bool:
    """Whether the chunk reads as sentences, or as the end of one; a table's head does not."""
    text = chunk.text.rstrip()
    if _STOP.search(text):
        return True
    words = text.split()
    return len(words) > 5 and sum(word[0].islower() for word in words) > 0.5 * len(words)
