"""Spans become lines: neighbours on one baseline belong together, super- and subscripts included."""

import re
from collections.abc import Iterable

from kb.reading.structure.page import Line, Span

LABEL = re.compile(r"(?:\d+|[A-Z]|[IVX]+|[a-z])(?:\.\d+)*[.)]?|[•‣▪–*◦∙·-]|\(\w{1,3}\)|\[\w{1,4}\]")
"""A section number or a list's bullet: what it labels may stand a wide gap away."""


def group(spans: Iterable[Span]) -> list[Line]:
    """Lines in the order of the spans."""
    lines: list[Line] = []
    for span in spans:
        if not span.text.strip():
            continue
        if lines and _continues(lines[-1], span):
            _add(lines[-1], span)
        else:
            lines.append(Line([span], span.x0, span.y0, span.x1, span.y1))
    return lines


def _continues(line: Line, span: Span) -> bool:
    """Whether the span stands right after the line, at about its height."""
    overlap = min(line.y1, span.y1) - max(line.y0, span.y0)
    if overlap < 0.45 * min(line.y1 - line.y0, span.y1 - span.y0):
        return False
    last = line.spans[-1]
    em = max(last.size, span.size)
    reach = 3.2 if len(line.spans) == 1 and LABEL.fullmatch(last.text.strip()) else 1.3
    return -1.0 * em < span.x0 - line.x1 < reach * em


def _add(line: Line, span: Span) -> None:
    """Put the span at the line's end."""
    line.spans.append(span)
    line.x0, line.x1 = min(line.x0, span.x0), max(line.x1, span.x1)
    line.y0, line.y1 = min(line.y0, span.y0), max(line.y1, span.y1)
