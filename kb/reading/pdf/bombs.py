"""Pages whose content unpacks into far more than any page needs, told before the C library chews on them."""

import zlib
from typing import Any

MAX_CONTENT = 48_000_000
"""Unpacked bytes; a page of dense vector graphics has a few million."""
SUSPICIOUS = MAX_CONTENT // 1030
"""Packed bytes from which a stream is looked at: Deflate packs at most 1,030 to one."""
STEP = 4_000_000


class TooMuchContentError(Exception):
    """A page holds more than any page can."""


def check(document: Any, page: Any) -> None:
    """Raise TooMuchContentError where the page's content streams unpack into too much."""
    total = 0
    for xref in page.get_contents():
        kind, length = document.xref_get_key(xref, "Length")
        if kind == "int" and int(length) < SUSPICIOUS:
            continue
        total += _unpacked(document.xref_stream_raw(xref) or b"", MAX_CONTENT - total)
        if total >= MAX_CONTENT:
            raise TooMuchContentError


def _unpacked(packed: bytes, most: int) -> int:
    """Length of the unpacked stream, or ``most`` where it is longer; other packings than Deflate count as they are."""
    unpacker = zlib.decompressobj()
    length = 0
    try:
        while packed and length < most:
            length += len(unpacker.decompress(packed, STEP))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return max(length, len(packed))
    return length
