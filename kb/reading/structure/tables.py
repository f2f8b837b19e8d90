"""A table's cells in rows, so that a reader in a terminal can follow them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from kb.reading.structure.mend import clean
from kb.reading.structure.page import Line, Span

SEPARATOR = " | "


def table_text(lines: Sequence[Line], columns: Sequence[float] = ()) -> str:
    """One row a line, cells parted by bars; cut at the column lines where they are known, else at wide gaps."""
    rows = _rows([span for line in lines for span in line.spans])
    cells = [_by_lines(row, columns) if columns else _by_gaps(row) for row in rows]
    return "\n".join(SEPARATOR.join(row).strip(" ") for row in cells if any(row))


def _rows(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans whose heights overlap, each row from left to right."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: (span.y0 + span.y1) / 2):
        middle = (span.y0 + span.y1) / 2
        if rows and middle < max(rows[-1][0].y1 - 0.25 * rows[-1][0].size, rows[-1][0].y0):
            rows[-1].append(span)
        else:
            rows.append([span])
    return [sorted(row, key=lambda span: span.x0) for row in rows]


def _by_lines(row: Sequence[Span], columns: Sequence[float]) -> list[str]:
    """The row's cells between the column lines."""
    cells = [""] * (len(columns) + 1)
    for span in row:
        at = bisect_right(columns, (span.x0 + span.x1) / 2)
        cells[at] = f"{cells[at]} {clean(span.text).strip()}".strip()
    return cells


def _by_gaps(row: Sequence[Span]) -> list[str]:
    """The row's cells, parted where the gap is wider than a space."""
    cells = [clean(row[0].text).strip()]
    for before, span in pairwise(row):
        text = clean(span.text).strip()
        gap = span.x0 - before.x1
        if gap > 0.9 * span.size:
            cells.append(text)
        else:
            cells[-1] += (" " if gap > 0.15 * span.size or before.text.endswith(" ") else "") + text
    return cells
