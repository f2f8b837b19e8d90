"""Pieces of a drawn row: text cut or filled to a number of cells, with parts of it marked."""

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.render.colors import readable
from tui.text.plain import plain


def fit(text: str, width: int) -> str:
    """Text of exactly this many cells; what does not fit ends in an ellipsis."""
    safe = plain(text)
    if width <= 0:
        return ""
    if cell_len(safe) > width:
        safe = set_cell_size(safe, width - 1) + "…"
    return set_cell_size(safe, width)


def marked(text: str, marks: Iterable[tuple[int, int]], base: Style, mark: Style) -> list[Segment]:
    """Segments of a text with some character ranges in another style."""
    segments: list[Segment] = []
    at = 0
    for start, end in sorted(marks):
        start, end = max(at, start), min(end, len(text))
        if start >= end:
            continue
        segments += [Segment(text[at:start], base), Segment(text[start:end], base + mark)]
        at = end
    segments.append(Segment(text[at:], base))
    return [segment for segment in segments if segment.text]


def legible(strip: Strip) -> Strip:
    """The strip with every text drawn strongly enough for what it stands on."""
    return Strip(
        [Segment(text, style and readable(style), control) for text, style, control in strip], strip.cell_length
    )


def found_in(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the words stands in the text, in any case."""
    lower = text.lower()
    ranges = []
    for word in words:
        at = lower.find(word) if word else -1
        while at >= 0:
            ranges.append((at, at + len(word)))
            at = lower.find(word, at + len(word))
    return merged(ranges)


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, with those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
