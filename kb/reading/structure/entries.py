"""A bibliography's lines cut into entries: by their labels, by hanging indents, or by the gaps between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.reading.structure.page import Line, Page

LABEL = re.compile(r"\[(\d{1,3})\]|\((\d{1,3})\)\s|(\d{1,3})\.\s|\[([A-Z][\w+&’'-]{1,11}|[a-z]\w{2,11}\d\d)\]\s*\S")
NAMES = 4
"""The group of labels that are letters, such as ``[ABC17]``, which do not count."""
HANGING = 4.0
"""Points by which an entry's further lines are set in, at least."""
_OPENS = re.compile(r"[^\W\d_a-z]|[\"“]|de |van |von ")


@dataclass(frozen=True)
class PlacedLine:
    """A line of the bibliography and the page that it stands on."""

    line: Line
    page: Page


def cut(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """The entries, each with its lines."""
    runs = _runs(lines)
    starts = _by_label(runs) or _by_indent(runs) or _by_gap(runs)
    entries: list[list[PlacedLine]] = []
    for placed in lines:
        if not entries or id(placed.line) in starts:
            entries.append([])
        entries[-1].append(placed)
    return entries


def _runs(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """The lines of each column: a line that stands higher than the one before it starts the next column."""
    runs: list[list[PlacedLine]] = []
    for placed in lines:
        last = runs[-1][-1] if runs else None
        if last is None or placed.page is not last.page or placed.line.base < last.line.base - placed.line.size:
            runs.append([])
        runs[-1].append(placed)
    return runs


def _by_label(runs: Sequence[Sequence[PlacedLine]]) -> set[int]:
    """Lines that open with a label, where the labels are most entries' first words; numbers must rise by one."""
    styles: dict[int, list[tuple[int, str]]] = {}
    for placed in (placed for run in runs for placed in run):
        label = LABEL.match(placed.line.text.lstrip())
        if label and label.lastindex:
            styles.setdefault(label.lastindex, []).append((id(placed.line), label[label.lastindex]))
    style, found = max(styles.items(), key=lambda item: len(item[1]), default=(0, []))
    if len(found) < 3 or len(found) < 0.12 * sum(map(len, runs)):
        return set()
    return {line for line, _ in found} if style == NAMES else _counting(found)


def _counting(found: Sequence[tuple[int, str]]) -> set[int]:
    """The labels that count up; a year or a page number at a line's start does not."""
    starts: set[int] = set()
    last = 0
    for line, number in found:
        if last < int(number) <= last + 3:
            starts.add(line)
            last = int(number)
    return starts if len(starts) > 2 else set()


def _by_indent(runs: Sequence[Sequence[PlacedLine]]) -> set[int]:
    """Lines at the left edge of their column, where enough others are set in."""
    starts: set[int] = set()
    hanging = total = 0
    for run in runs:
        left = min(placed.line.x0 for placed in run)
        inside = [placed for placed in run if placed.line.x0 > left + HANGING]
        hanging, total = hanging + len(inside), total + len(run)
        if len(run) == len(inside) or (len(run) > 1 and not inside and len(runs) > 1 and not _whole(run)):
            continue
        starts |= {id(placed.line) for placed in run if placed.line.x0 <= left + HANGING}
    return starts if hanging > 0.25 * total else set()


def _whole(run: Sequence[PlacedLine]) -> bool:
    """Whether all of the run's lines look like whole entries, each of one line."""
    return all(_OPENS.match(placed.line.text) and placed.line.text.rstrip().endswith(".") for placed in run)


def _by_gap(runs: Sequence[Sequence[PlacedLine]]) -> set[int]:
    """Lines after a wider gap than the usual one; a column's first line, where the entry before it has ended."""
    steps = sorted(b.line.base - a.line.base for run in runs for a, b in pairwise(run))
    usual = steps[len(steps) // 3] if steps else 0.0
    starts: set[int] = set()
    before: PlacedLine | None = None
    for run in runs:
        for at, placed in enumerate(run):
            if at == 0:
                opens = before is None or before.line.text.rstrip().endswith((".", "]", ")"))
                wider = opens and bool(_OPENS.match(placed.line.text.lstrip()))
            else:
                wider = before is not None and placed.line.base - before.line.base > 1.18 * usual
            if wider:
                starts.add(id(placed.line))
            before = placed
    return starts
