"""Drawing one line of text with ranges laid over it."""

from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from tui.text.reflow import ScreenLine


class Overlay(NamedTuple):
    """A range of a block's characters drawn in a style; an open end runs to the end of the block."""

    start: int
    end: int | None
    style: Style


def paint_line(text: str, line: ScreenLine, base: Style, overlays: list[Overlay]) -> list[Segment]:
    """The line's indent and its text, cut where a range begins or ends."""
    lead = Segment(" " * (line.indent - len(line.lead)) + line.lead, base)
    spans = [clipped(overlay, line) for overlay in overlays]
    spans = [span for span in spans if span.start < (span.end or 0)]
    cuts = sorted({line.start, line.end, *(s.start for s in spans), *(s.end or 0 for s in spans)})
    pieces = [lead]
    for start, end in pairwise(cuts):
        style = base
        for span in spans:
            if span.start <= start and end <= (span.end or 0):
                style = style + span.style
        pieces.append(Segment(text[start:end], style))
    return pieces


def clipped(overlay: Overlay, line: ScreenLine) -> Overlay:
    """The part of a range that lies on the line."""
    end = line.end if overlay.end is None else min(overlay.end, line.end)
    return Overlay(max(overlay.start, line.start), end, overlay.style)
