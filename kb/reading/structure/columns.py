"""Reading order: full-width parts from the top down; between them, each column to its end before the next one."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with a rectangle on the page."""

    @property
    def x0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def y1(self) -> float: ...


Item = TypeVar("Item", bound=Placed)

MIN_SIDE = 4
"""Fewer lines than this on one side are no column."""
LINE = 12.0
"""Points that a line takes; a figure counts as the lines that would fill its place."""


def columns(items: Sequence[Item], depth: int = 3) -> list[list[Item]]:
    """The items as columns in reading order; a full-width part counts as a column of its own."""
    if depth == 0 or _lines(items) < 2 * MIN_SIDE:
        return [_downward(items)] if items else []
    gutter = find_gutter(items)
    if gutter is None:
        return [_downward(items)]
    ordered: list[list[Item]] = []
    for crossing, band in _bands(items, gutter):
        if crossing:
            ordered.append(_downward(band))
            continue
        for side in _sides(band, gutter):
            ordered.extend(columns(side, depth - 1))
    return ordered


def find_gutter(items: Sequence[Item]) -> float | None:
    """The x of a vertical strip that separates two columns; None where the items stand in one."""
    left = min(item.x0 for item in items)
    right = max(item.x1 for item in items)
    best: tuple[float, float] | None = None
    for x in [*_candidates(items, left, right), (left + right) / 2]:
        middle = abs(x - (left + right) / 2) < 0.05 * (right - left)
        cost = _cost(items, x, middle)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, x)
    return best[1] if best else None


def _candidates(items: Sequence[Item], left: float, right: float) -> list[float]:
    """Left edges that several items share in the middle of the region: a second column starts at one of them."""
    width = right - left
    starts: dict[int, list[Item]] = {}
    for item in items:
        if left + 0.25 * width < item.x0 < left + 0.75 * width:
            starts.setdefault(round(item.x0 / 4), []).append(item)
    return [min(item.x0 for item in group) - 2.0 for group in starts.values() if _lines(group) >= MIN_SIDE]


def _cost(items: Sequence[Item], x: float, middle: bool) -> float | None:
    """How badly the strip cuts through the items; None where there are no two columns around it.

    In the middle of a page, one column may be a figure's lettering; elsewhere that would be a table.
    """
    before = [item for item in items if item.x1 <= x + 2]
    after = [item for item in items if item.x0 >= x - 1]
    if _lines(before) < MIN_SIDE or _lines(after) < MIN_SIDE:
        return None
    if _shared_height(before, after) < max(0.35 * min(_height(before), _height(after)), 4 * LINE):
        return None
    textual = [_reads_like_text(before), _reads_like_text(after)]
    if not (all(textual) or (middle and any(textual))):
        return None
    crossing = [item for item in items if item.x0 < x - 1 and item.x1 > x + 2]
    across = _ink(crossing)
    return None if min(_ink(before), _ink(after)) < 0.08 * across else across - 0.01 * _ink(after)


def _reads_like_text(items: Sequence[Item]) -> bool:
    """Whether most pieces fill the column: the cells of a table do not."""
    width = max(item.x1 for item in items) - min(item.x0 for item in items)
    filling = _lines([item for item in items if item.x1 - item.x0 > 0.6 * width])
    return filling > 0.4 * _lines(items)


def _lines(items: Sequence[Item]) -> float:
    """How many lines the items are, or take the place of."""
    return sum([max(1.0, (item.y1 - item.y0) / LINE) for item in items])


def _ink(items: Sequence[Item]) -> float:
    """Summed widths: how much text there is."""
    return sum([(item.x1 - item.x0) * max(1.0, (item.y1 - item.y0) / LINE) for item in items])


def _height(items: Sequence[Item]) -> float:
    """From the top of the first to the bottom of the last."""
    return max(item.y1 for item in items) - min(item.y0 for item in items)


def _shared_height(one: Sequence[Item], other: Sequence[Item]) -> float:
    """How far down the page the two run side by side."""
    top = max(min(item.y0 for item in one), min(item.y0 for item in other))
    bottom = min(max(item.y1 for item in one), max(item.y1 for item in other))
    return bottom - top


def _bands(items: Sequence[Item], x: float) -> list[tuple[bool, list[Item]]]:
    """The items from the top down, cut wherever a full-width piece starts or ends."""
    bands: list[tuple[bool, list[Item]]] = []
    for item in sorted(items, key=lambda item: (item.y0, item.x0)):
        crossing = item.x0 < x - 1 and item.x1 > x + 2
        if not bands or bands[-1][0] != crossing:
            bands.append((crossing, []))
        bands[-1][1].append(item)
    return bands


def _sides(band: Sequence[Item], x: float) -> tuple[list[Item], list[Item]]:
    """The band's left and right column."""
    middle = [(item, (item.x0 + item.x1) / 2 < x) for item in band]
    return [item for item, is_left in middle if is_left], [item for item, is_left in middle if not is_left]


def _downward(items: Sequence[Item]) -> list[Item]:
    """From the top down; pieces on one baseline from left to right."""
    rows = sorted(items, key=lambda item: item.y1)
    ordered: list[Item] = []
    row: list[Item] = []
    for item in rows:
        if row and item.y1 - row[0].y1 > 0.5 * min(item.y1 - item.y0, row[0].y1 - row[0].y0):
            ordered.extend(sorted(row, key=lambda piece: piece.x0))
            row = []
        row.append(item)
    return ordered + sorted(row, key=lambda piece: piece.x0)
