"""The embedded outline: its titles, levels, and where on a page each points to."""

import math
from collections.abc import Iterator
from typing import Any

from kb.reading.pdf.library import load
from kb.reading.structure.outline import OutlineEntry

MOST = 5000
"""Entries that are read; a book has some hundreds."""
DEEPEST = 20


def outline(document: Any) -> list[OutlineEntry]:
    """The outline's entries that point into the file; none where it has no outline, or a broken one."""
    try:
        return list(_entries(document))
    except (RuntimeError, ValueError, load().mupdf.FzErrorBase):
        return []


def _entries(document: Any) -> Iterator[OutlineEntry]:
    """The entries from the first to the last, each before those below it."""
    waiting = [(document.outline, 1)]
    for _ in range(MOST):
        if not waiting:
            return
        item, level = waiting.pop()
        if not item or not item.this.m_internal:
            continue
        waiting.append((item.next, level))
        if level < DEEPEST:
            waiting.append((item.down, level + 1))
        entry = _entry(document, item, level)
        if entry is not None:
            yield entry


def _entry(document: Any, item: Any, level: int) -> OutlineEntry | None:
    """One entry; None where it has no title, or leads out of the file or nowhere."""
    title = (item.title or "").strip()
    if not title or item.is_external:
        return None
    page, _, y = document.resolve_link(item.uri)
    return OutlineEntry(level, title, page + 1, y if math.isfinite(y) else 0.0) if page >= 0 else None
