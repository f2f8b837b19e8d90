"""A figure as a PNG, drawn with Pillow: panels side by side, axes, lines with their intervals, bars, matrices."""

import math
from pathlib import Path
from typing import Any

from kb.reproductions.axis import Axis, short
from kb.reproductions.figure import DrawnPanel, Figure, Series

_SIZE = (560, 460)
_BOX = (70, 50, 540, 340)
_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#555555", "#ee8866")
_INK, _PALE = "#222222", "#bbbbbb"


def write_png(figure: Figure, path: Path) -> None:
    """Draw all panels, two a row, into a file."""
    from PIL import Image

    panels = figure.panels
    columns = min(len(panels), 2) or 1
    rows = math.ceil(len(panels) / columns) or 1
    page = Image.new("RGB", (_SIZE[0] * columns, _SIZE[1] * rows), "white")
    for at, panel in enumerate(panels):
        page.paste(_picture(panel), (at % columns * _SIZE[0], at // columns * _SIZE[1]))
    page.save(path, format="PNG")


def _picture(panel: DrawnPanel) -> Any:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(picture)
    pen.text((_BOX[0], 16), panel.title, fill=_INK, font=_font(15))
    if panel.kind == "grid":
        _grid(pen, panel)
    elif panel.kind == "bars":
        _bars(pen, panel)
    else:
        _lines(pen, panel)
    return picture


def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _lines(pen: Any, panel: DrawnPanel) -> None:
    across = Axis.over((value for one in panel.series for value in one.x), log=panel.log_x)
    heights = [value for one in panel.series for value in (*one.y, *one.lo, *one.hi)]
    up = Axis.over([*heights, *(mark for _, mark in panel.marks)], log=panel.log_y)
    _frame(pen, panel, across, up)
    for label, mark in panel.marks:
        _rule(pen, up, label, mark)
    for at, one in enumerate(panel.series):
        _line(pen, one, across, up, _COLOURS[at % len(_COLOURS)])
        _key(pen, at, one.name)


def _frame(pen: Any, panel: DrawnPanel, across: Axis, up: Axis) -> None:
    left, top, right, bottom = _BOX
    pen.line([(left, top), (left, bottom), (right, bottom)], fill=_INK)
    for value in up.ticks(5):
        pen.text((left - 6, _y(up, value)), short(value), fill=_INK, font=_font(11), anchor="rm")
    for value in across.ticks(5):
        pen.text((_x(across, value), bottom + 6), short(value), fill=_INK, font=_font(11), anchor="ma")
    name = panel.x + (" (log)" if panel.log_x else "")
    pen.text(((left + right) / 2, bottom + 22), name, fill=_INK, font=_font(12), anchor="ma")
    pen.text((left, top - 4), panel.y + (" (log)" if panel.log_y else ""), fill=_INK, font=_font(11), anchor="lb")


def _rule(pen: Any, up: Axis, label: str, mark: float) -> None:
    if (height := _y(up, mark)) is not None:
        for start in range(_BOX[0], _BOX[2], 12):
            pen.line([(start, height), (start + 6, height)], fill=_PALE)
        pen.text((_BOX[2], height - 2), label, fill="#777777", font=_font(11), anchor="rb")


def _line(pen: Any, one: Series, across: Axis, up: Axis, colour: str) -> None:
    points = []
    for x, y, lo, hi in zip(one.x, one.y, one.lo, one.hi, strict=True):
        at, height = _x(across, x), _y(up, y)
        if at is None or height is None:
            continue
        points.append((at, height))
        low, high = _y(up, lo), _y(up, hi)
        if low is not None and high is not None and lo != hi:
            pen.line([(at, low), (at, high)], fill=colour)
    if len(points) > 1:
        pen.line(points, fill=colour, width=2)
    if len(points) < 60:
        for at, height in points:
            pen.ellipse([at - 3, height - 3, at + 3, height + 3], fill=colour)


def _key(pen: Any, at: int, name: str) -> None:
    left, top = _BOX[0] + 240 * (at % 2), _BOX[3] + 46 + 18 * (at // 2)
    pen.rectangle([left, top, left + 12, top + 8], fill=_COLOURS[at % len(_COLOURS)])
    pen.text((left + 18, top + 4), name, fill=_INK, font=_font(11), anchor="lm")


def _bars(pen: Any, panel: DrawnPanel) -> None:
    left, top, right, bottom = 200, _BOX[1], _BOX[2] - 60, _SIZE[1] - 40
    ends = [value for one in panel.series for value in (*one.y, *one.lo, *one.hi)]
    axis = Axis.over([0.0, *ends, *(mark for _, mark in panel.marks)])
    each = (bottom - top) / len(panel.series)
    zero = left + (axis.share(0.0) or 0.0) * (right - left)
    for at, one in enumerate(panel.series):
        share, middle = axis.share(one.y[0]), top + each * (at + 0.5)
        end = zero if share is None else left + share * (right - left)
        sides = [min(zero, end), middle - each * 0.3, max(zero, end), middle + each * 0.3]
        pen.rectangle(sides, fill=_COLOURS[at % len(_COLOURS)])
        pen.text((left - 8, middle), one.name, fill=_INK, font=_font(11), anchor="rm")
        pen.text((max(zero, end) + 6, middle), short(one.y[0]), fill=_INK, font=_font(11), anchor="lm")
    for label, mark in panel.marks:
        at_mark = left + (axis.share(mark) or 0.0) * (right - left)
        pen.line([(at_mark, top), (at_mark, bottom)], fill=_PALE)
        pen.text((at_mark, bottom + 4), label, fill="#777777", font=_font(11), anchor="ma")


def _grid(pen: Any, panel: DrawnPanel) -> None:
    axis = Axis.over(value for row in panel.grid for value in row)
    each = min((_BOX[2] - _BOX[0]) / len(panel.grid[0]), (_SIZE[1] - _BOX[1] - 40) / len(panel.grid))
    for down, row in enumerate(panel.grid):
        for across, value in enumerate(row):
            level = round(255 * (1 - (axis.share(value) or 0.0)))
            left, top = _BOX[0] + across * each, _BOX[1] + down * each
            pen.rectangle([left, top, left + each, top + each], fill=(level, level, level))
    legend = f"{panel.y}  white {short(axis.low)}, black {short(axis.high)}"
    pen.text((_BOX[0], _SIZE[1] - 28), legend, fill=_INK, font=_font(11))


def _x(axis: Axis, value: float) -> float | None:
    share = axis.share(value)
    return None if share is None else _BOX[0] + share * (_BOX[2] - _BOX[0])


def _y(axis: Axis, value: float) -> float | None:
    share = axis.share(value)
    return None if share is None else _BOX[3] - share * (_BOX[3] - _BOX[1])
