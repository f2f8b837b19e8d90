"""Spans become lines: neighbours on one baseline belong together, super- and subscripts included."""

import re
from collections.abc import Iterable

from kb.reading.structure.page import Line, Span, rotated

LABEL = re.compile(r"(?:\d+|[A-Z]|[IVX]+|[a-z])(?:\.\d+)*[.)]?|[•‣▪–*◦∙·-]|\(\w{1,3}\)|\[\w{1,4}\]")
"""A section number or a list's bullet: what it labels may stand a wide gap away."""
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic and their neighbours."""


def group(spans: Iterable[Span]) -> list[Line]:
    """Lines in the order of the spans."""
    runs: list[list[Span]] = []
    for span in spans:
        if not span.text or span.text.isspace():
            continue
        if runs and _continues(runs[-1], span):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [Line(run) for run in runs]


def _continues(run: list[Span], span: Span) -> bool:
    """Whether the span stands right after the run, at about its height."""
    last = run[-1]
    em = last.size if last.size > span.size else span.size
    gap = span.x0 - last.x1
    if gap < -em and RIGHT_TO_LEFT.search(span.text):
        gap = last.x0 - span.x1
    if not -1.5 * em < gap < 3.2 * em or not _level(run, span) or rotated(last) or rotated(span):
        return False
    return gap < 1.3 * em or (len(run) == 1 and bool(LABEL.fullmatch(last.text.strip())))


def _level(run: list[Span], span: Span) -> bool:
    """Whether the span overlaps in height with the last or the first of the run."""
    for other in (run[-1], run[0]):
        top = other.y0 if other.y0 > span.y0 else span.y0
        bottom = other.y1 if other.y1 < span.y1 else span.y1
        lower = min(other.y1 - other.y0, span.y1 - span.y0)
        if bottom - top > 0.45 * lower:
            return True
    return False
