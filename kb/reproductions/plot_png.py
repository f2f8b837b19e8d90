"""A figure as a PNG, drawn with Pillow: a title, panels side by side, axes, lines, bars and matrices."""

import math
from pathlib import Path
from typing import Any

from kb.reproductions.axis import Axis, short
from kb.reproductions.figure import DrawnPanel, Figure, Series

_SIZE = (560, 460)
_BOX = (70, 50, 540, 340)
_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#555555", "#ee8866")
_INK, _PALE, _FAINT = "#222222", "#bbbbbb", "#eeeeee"
_TITLE = 56
_SCALE = 2
"""Pixels a unit, so that the figure is sharp on today's screens."""


class _Pen:
    """Draws in units, which are several pixels each."""

    def __init__(self, picture: Any) -> None:
        from PIL import ImageDraw

        self._draw = ImageDraw.Draw(picture)

    def line(self, points: Any, fill: str, width: int = 1) -> None:
        """A line through points."""
        self._draw.line([(x * _SCALE, y * _SCALE) for x, y in points], fill=fill, width=width * _SCALE, joint="curve")

    def dot(self, x: float, y: float, fill: str) -> None:
        """A small disc."""
        self._draw.ellipse([(x - 3) * _SCALE, (y - 3) * _SCALE, (x + 3) * _SCALE, (y + 3) * _SCALE], fill=fill)

    def box(self, sides: tuple[float, float, float, float], fill: Any = None, outline: str | None = None) -> None:
        """A rectangle."""
        self._draw.rectangle([side * _SCALE for side in sides], fill=fill, outline=outline)

    def text(self, place: tuple[float, float], text: str, size: int = 11, anchor: str = "la", fill: str = _INK) -> None:
        """One line of text."""
        from PIL import ImageFont

        at = (place[0] * _SCALE, place[1] * _SCALE)
        self._draw.text(at, text, fill=fill, font=ImageFont.load_default(size * _SCALE), anchor=anchor)


def write_png(figure: Figure, path: Path) -> None:
    """Draw the title and all panels, two a row, into a file."""
    from PIL import Image

    panels = figure.panels
    columns = min(len(panels), 2) or 1
    rows = math.ceil(len(panels) / columns) or 1
    size = _SIZE[0] * columns * _SCALE, (_TITLE + _SIZE[1] * rows) * _SCALE
    page = Image.new("RGB", size, "white")
    pen = _Pen(page)
    pen.text((_BOX[0], 10), figure.title, 16 if columns == 1 else 18)
    pen.text((_BOX[0], 32), "at a reduced scale", 11, fill="#777777")
    for at, panel in enumerate(panels):
        corner = at % columns * _SIZE[0] * _SCALE, (_TITLE + at // columns * _SIZE[1]) * _SCALE
        page.paste(_picture(panel), corner)
    page.save(path, format="PNG")


def _picture(panel: DrawnPanel) -> Any:
    from PIL import Image

    picture = Image.new("RGB", (_SIZE[0] * _SCALE, _SIZE[1] * _SCALE), "white")
    pen = _Pen(picture)
    pen.text((_BOX[0], 8), panel.title, 15)
    if panel.kind == "grid":
        _grid(pen, panel)
    elif panel.kind == "bars":
        _bars(pen, panel)
    else:
        _lines(pen, panel)
    return picture


def _lines(pen: _Pen, panel: DrawnPanel) -> None:
    across = Axis.over((value for one in panel.series for value in one.x), log=panel.log_x).widened()
    heights = [value for one in panel.series for value in (*one.y, *one.lo, *one.hi)]
    up = Axis.over([*heights, *(mark for _, mark in panel.marks)], log=panel.log_y).widened()
    _frame(pen, panel, across, up)
    for label, mark in panel.marks:
        _rule(pen, up, label, mark)
    for at, one in enumerate(panel.series):
        _line(pen, one, across, up, _COLOURS[at % len(_COLOURS)])
        _key(pen, at, one.name)


def _frame(pen: _Pen, panel: DrawnPanel, across: Axis, up: Axis) -> None:
    left, top, right, bottom = _BOX
    for value in up.ticks():
        height = _y(up, value) or 0.0
        pen.line([(left, height), (right, height)], _FAINT)
        pen.text((left - 6, height), short(value), anchor="rm")
    for value in across.ticks():
        pen.text((_x(across, value) or 0.0, bottom + 6), short(value), anchor="ma")
    pen.line([(left, top), (left, bottom), (right, bottom)], _INK)
    name = panel.x + (" (log)" if panel.log_x else "")
    pen.text(((left + right) / 2, bottom + 22), name, 12, "ma")
    pen.text((left, top - 6), panel.y + (" (log)" if panel.log_y else ""), anchor="lb")


def _rule(pen: _Pen, up: Axis, label: str, mark: float) -> None:
    if (height := _y(up, mark)) is not None:
        for start in range(_BOX[0], _BOX[2], 12):
            pen.line([(start, height), (start + 6, height)], _PALE)
        pen.text((_BOX[2], height - 2), label, anchor="rb", fill="#777777")


def _line(pen: _Pen, one: Series, across: Axis, up: Axis, colour: str) -> None:
    points = []
    for x, y, lo, hi in zip(one.x, one.y, one.lo, one.hi, strict=True):
        at, height = _x(across, x), _y(up, y)
        if at is None or height is None:
            continue
        points.append((at, height))
        low, high = _y(up, lo), _y(up, hi)
        if low is not None and high is not None and lo != hi:
            pen.line([(at, low), (at, high)], colour)
    if len(points) > 1:
        pen.line(points, colour, 2)
    if len(points) < 30:
        for at, height in points:
            pen.dot(at, height, colour)


def _key(pen: _Pen, at: int, name: str) -> None:
    left, top = _BOX[0] + 240 * (at % 2), _BOX[3] + 46 + 18 * (at // 2)
    pen.box((left, top, left + 12, top + 8), _COLOURS[at % len(_COLOURS)])
    pen.text((left + 18, top + 4), name, anchor="lm")


def _bars(pen: _Pen, panel: DrawnPanel) -> None:
    left, top, right, bottom = 220, _BOX[1], _BOX[2] - 90, _SIZE[1] - 40
    ends = [value for one in panel.series for value in (*one.y, *one.lo, *one.hi)]
    axis = Axis.over([0.0, *ends, *(mark for _, mark in panel.marks)])
    each = min((bottom - top) / len(panel.series), 60)
    low = top + each * len(panel.series)

    def at(value: float) -> float:
        return left + (axis.share(value) or 0.0) * (right - left)

    pen.line([(at(0.0), top), (at(0.0), low)], _INK)
    for number, one in enumerate(panel.series):
        middle, end = top + each * (number + 0.5), at(one.y[0])
        pen.box((min(at(0.0), end), middle - each * 0.3, max(at(0.0), end), middle + each * 0.3), _COLOURS[0])
        pen.line([(at(one.lo[0]), middle), (at(one.hi[0]), middle)], _INK)
        pen.text((left - 8, middle), one.name, anchor="rm")
        pen.text((max(at(0.0), end, at(one.hi[0])) + 6, middle), short(one.y[0]), anchor="lm")
    for label, mark in panel.marks:
        pen.line([(at(mark), top), (at(mark), low)], _PALE)
        pen.text((at(mark), low + 4), label, anchor="ma", fill="#777777")


def _grid(pen: _Pen, panel: DrawnPanel) -> None:
    axis = Axis.over(value for row in panel.grid for value in row)
    each = min((_BOX[2] - _BOX[0]) / len(panel.grid[0]), (_SIZE[1] - _BOX[1] - 50) / len(panel.grid))
    for down, row in enumerate(panel.grid):
        for across, value in enumerate(row):
            level = round(255 * (1 - (axis.share(value) or 0.0)))
            left, top = _BOX[0] + across * each, _BOX[1] + down * each
            pen.box((left, top, left + each, top + each), (level, level, level))
    right, bottom = _BOX[0] + len(panel.grid[0]) * each, _BOX[1] + len(panel.grid) * each
    pen.box((_BOX[0], _BOX[1], right, bottom), outline=_PALE)
    legend = f"{panel.y}  white {short(axis.low)}, black {short(axis.high)}".strip()
    pen.text((_BOX[0], bottom + 8), legend)


def _x(axis: Axis, value: float) -> float | None:
    share = axis.share(value)
    return None if share is None else _BOX[0] + share * (_BOX[2] - _BOX[0])


def _y(axis: Axis, value: float) -> float | None:
    share = axis.share(value)
    return None if share is None else _BOX[3] - share * (_BOX[3] - _BOX[1])
