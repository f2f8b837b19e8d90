"""A figure as plain text: lines as marks on a grid, bars as blocks, matrices as shades."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.reproductions.axis import Axis, short
from kb.reproductions.figure import DrawnPanel, Figure, Series

_MARKS = "●○▲△■□◆◇"
_SHADES = " ░▒▓█"
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LABEL = 9


def as_text(figure: Figure, width: int = 78, height: int = 14) -> str:
    """All panels, one below the other."""
    return "\n\n".join("\n".join([panel.title, *_panel(panel, width, height)]) for panel in figure.panels)


def _panel(panel: DrawnPanel, width: int, height: int) -> list[str]:
    if panel.kind == "bars":
        return _bars(panel, width)
    if panel.kind == "grid":
        return _grid(panel, width)
    return _lines(panel, width, height)


def _bars(panel: DrawnPanel, width: int) -> list[str]:
    names = max(len(one.name) for one in panel.series)
    room = max(width - names - 28, 10)
    ends = [value for one in panel.series for value in (*one.y, *one.hi)] + [mark for _, mark in panel.marks]
    axis = Axis.over([0.0, *ends])
    lines = [f"  {one.name:<{names}} {_block(axis.share(one.y[0]), room)} {_said(one)}" for one in panel.series]
    return lines + [
        f"  {label:<{names}} {_block(axis.share(mark), room, '╌')} {short(mark)}" for label, mark in panel.marks
    ]


def _said(one: Series) -> str:
    if short(one.lo[0]) == short(one.hi[0]) or not math.isfinite(one.lo[0]):
        return short(one.y[0])
    return f"{short(one.y[0])} [{short(one.lo[0])}, {short(one.hi[0])}]"


def _block(share: float | None, room: int, fill: str = "█") -> str:
    eighths = round((share or 0.0) * room * 8)
    full, part = divmod(eighths, 8)
    text = fill * full + (_EIGHTHS[part].strip() if fill == "█" else "")
    return text.ljust(room)


def _grid(panel: DrawnPanel, width: int) -> list[str]:
    values = [value for row in panel.grid for value in row if math.isfinite(value)]
    axis = Axis.over(values)
    each = 2 if 2 * len(panel.grid[0]) + 2 <= width else 1
    lines = ["  " + "".join(_shade(axis.share(value)) * each for value in row) for row in panel.grid]
    return [*lines, f"  {_SHADES[0]!r} {short(axis.low)} … {_SHADES[-1]} {short(axis.high)}"]


def _shade(share: float | None) -> str:
    return "?" if share is None else _SHADES[min(int(share * len(_SHADES)), len(_SHADES) - 1)]


def _lines(panel: DrawnPanel, width: int, height: int) -> list[str]:
    across = Axis.over((value for one in panel.series for value in one.x), log=panel.log_x).widened()
    heights = [value for one in panel.series for value in one.y] + [mark for _, mark in panel.marks]
    up = Axis.over(heights, log=panel.log_y).widened()
    cells = [[" "] * (width - _LABEL - 2) for _ in range(height)]
    for _, mark in panel.marks:
        _rule(cells, up.share(mark))
    places = [[_place(cells, across.share(x), up.share(y)) for x, y in _points(one)] for one in panel.series]
    for line in places:
        _join(cells, line)
    for at, line in enumerate(places):
        for place in filter(None, line):
            cells[place[0]][place[1]] = _MARKS[at % len(_MARKS)]
    labels = {0: short(up.high), height - 1: short(up.low)}
    labels = {_row(up.share(value) or 0.0, height): short(value) for value in up.ticks()} | labels
    rows = [f"{labels.get(at, ''):>{_LABEL}} │" + "".join(row) for at, row in enumerate(cells)]
    return [*rows, *_foot(panel, across, len(cells[0]))]


def _foot(panel: DrawnPanel, across: Axis, room: int) -> list[str]:
    left, right = short(across.low), short(across.high)
    name = panel.x + (" (log)" if panel.log_x else "")
    middle = name.center(max(room - len(left) - len(right), len(name)))
    key = [f"{_MARKS[at % len(_MARKS)]} {one.name}" for at, one in enumerate(panel.series)]
    key += [f"╌ {label} = {short(mark)}" for label, mark in panel.marks]
    lines = [" " * _LABEL + " └" + "─" * room, " " * (_LABEL + 2) + left + middle + right]
    return [*lines, *(" " * (_LABEL + 2) + line for line in _rows_of(key, room))]


def _rows_of(entries: Sequence[str], room: int) -> list[str]:
    """Entries side by side, in as many rows as they need."""
    rows = [entries[0]]
    for entry in entries[1:]:
        if len(rows[-1]) + 3 + len(entry) <= room:
            rows[-1] += f"   {entry}"
        else:
            rows.append(entry)
    return rows


def _rule(cells: list[list[str]], share: float | None) -> None:
    if share is not None:
        row = cells[_row(share, len(cells))]
        row[::2] = ["╌"] * len(row[::2])


def _points(one: Series) -> Iterator[tuple[float, float]]:
    return zip(one.x, one.y, strict=True)


def _place(cells: list[list[str]], across: float | None, up: float | None) -> tuple[int, int] | None:
    """The row and column of a point; None where it cannot be drawn."""
    if across is None or up is None:
        return None
    column = min(int(across * len(cells[0])), len(cells[0]) - 1)
    return _row(up, len(cells)), max(column, 0)


def _join(cells: list[list[str]], places: Sequence[tuple[int, int] | None]) -> None:
    """Small dots from each point to the next, behind everything else."""
    for before, after in pairwise(place for place in places if place is not None):
        steps = max(abs(after[0] - before[0]), abs(after[1] - before[1]))
        for step in range(1, steps):
            row = round(before[0] + (after[0] - before[0]) * step / steps)
            column = round(before[1] + (after[1] - before[1]) * step / steps)
            if cells[row][column] == " ":
                cells[row][column] = "·"


def _row(share: float, height: int) -> int:
    return min(max(height - 1 - int(share * height), 0), height - 1)
