"""The embedded outline laid over the text: where a file says what its headings are, nothing needs to be guessed."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kb.models.text import BlockKind
from kb.reading.structure.headings import KNOWN
from kb.reading.structure.mend import clean
from kb.reading.structure.paragraphs import Chunk, Opening


class OutlineEntry(NamedTuple):
    """One line of the outline."""

    level: int
    title: str
    page: int
    y: float
    """Where on the page it points to; 0 where the file does not say."""


def lay_over(chunks: Sequence[Chunk], entries: Sequence[OutlineEntry]) -> float:
    """Let the outline's entries open the sections, and nothing else; a main heading stays one without.

    Returns the share of the entries that stand in the text as headings.
    """
    for chunk in chunks:
        minor = chunk.kind is BlockKind.HEADING and chunk.opens[-1].level > 1
        if minor and not KNOWN.fullmatch(chunk.text.strip()):
            chunk.kind = BlockKind.TEXT
        chunk.opens = []
    at = fitting = 0
    for entry in entries:
        found = _find(chunks, entry, at)
        if found is None:
            found = _place(chunks, entry, at)
        else:
            chunks[found].kind = BlockKind.HEADING
            fitting += 1
        chunks[found].opens.append(Opening(entry.level, clean(entry.title), entry.page))
        at = found + (chunks[found].kind is BlockKind.HEADING)
        at = min(at, len(chunks) - 1)
    return fitting / len(entries)


def _find(chunks: Sequence[Chunk], entry: OutlineEntry, start: int) -> int | None:
    """The chunk that reads as the entry does, on its page or the next, not before the entry before it."""
    wanted = plain(entry.title)
    for at in range(start, len(chunks)):
        chunk = chunks[at]
        if chunk.page.number > entry.page + 1:
            return None
        if chunk.page.number >= entry.page and len(chunk.lines) <= 5 and _same(plain(chunk.text), wanted):
            return at
    return None


def _place(chunks: Sequence[Chunk], entry: OutlineEntry, start: int) -> int:
    """The first chunk at or below the point that the entry names, for a heading that stands in its paragraph."""
    for at in range(start, len(chunks)):
        chunk = chunks[at]
        if chunk.page.number > entry.page:
            return at
        if chunk.page.number == entry.page and chunk.bottom > entry.y:
            return at
    return len(chunks) - 1


def plain(text: str) -> str:
    """Letters only, without the section's number: titles in outlines drop accents, mathematics and often the number."""
    text = re.sub(
        r"^\W*(?:appendix\s+)?(?:(?:\d{1,2}|[A-Z])(?:\.\d+)*[.:]?|[IVX]{1,5}[.:])\s+",
        "",
        clean(text).strip(),
        flags=re.IGNORECASE,
    )
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _same(text: str, wanted: str) -> bool:
    """Whether the two titles are the same, or differ only by what an outline cannot write."""
    return bool(wanted) and (text == wanted or (len(wanted) > 12 and text.startswith(wanted)))
