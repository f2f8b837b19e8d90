"""The numbers that count the lines of a draft: found before lines are put together, since they stand close to them."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kb.reading.structure.page import Span

FEWEST = 12
"""A column of fewer numbers may be the rows of a table; a page of a manuscript has thirty and more."""
LONGEST = 6
"""Characters of a number with the space around it."""
TALLEST = 0.2
"""Share of the page's height that they take at least; the rows of a table seldom do."""
COUNTING = 0.85
"""Share of the steps from one number to the next that must count up: a few are lost to figures and formulas."""
STEPS = {1, 5}
"""Manuscripts number every line, or every fifth (the LaTeX package lineno)."""
EDGE = 3.0
"""Points by which the edges of one column of numbers differ at most."""


def without_line_numbers(spans: Sequence[Span], height: float) -> Sequence[Span]:
    """The spans but for columns of numbers that count up from line to line."""
    numbers = [span for span in spans if len(span.text) < LONGEST and span.text.strip().isdecimal()]
    if len(numbers) < FEWEST:
        return spans
    gone = {id(span) for column in _columns(numbers) if _counts(column, height) for span in column}
    return [span for span in spans if id(span) not in gone] if gone else spans


def _columns(numbers: Sequence[Span]) -> list[list[Span]]:
    """Numbers whose right edges stand one below another, from the top down."""
    columns: list[list[Span]] = []
    for span in sorted(numbers, key=lambda span: span.x1):
        if columns and span.x1 - columns[-1][-1].x1 < EDGE:
            columns[-1].append(span)
        else:
            columns.append([span])
    return [sorted(column, key=lambda span: span.base) for column in columns]


def _counts(column: Sequence[Span], height: float) -> bool:
    """Whether the column counts lines."""
    if len(column) < FEWEST or column[-1].base - column[0].base < TALLEST * height:
        return False
    steps = Counter(int(after.text) - int(before.text) for before, after in pairwise(column))
    step, count = steps.most_common(1)[0]
    return step in STEPS and count >= COUNTING * (len(column) - 1)
