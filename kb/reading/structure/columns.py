"""Reading order: full-width parts from the top down; between them, each column to its end before the next one."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar


class Positioned(Protocol):
    """Anything with a rectangle and a baseline on the page."""

    @property
    def x0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def y1(self) -> float: ...
    @property
    def base(self) -> float: ...


Item = TypeVar("Item", bound=Positioned)

MIN_SIDE = 4
"""Fewer lines than this on one side are no column."""
LINE = 12.0
"""Points that a line takes; a figure counts as the lines that would fill its place."""


class Piece(NamedTuple):
    """An item's rectangle, with what is asked of it again and again."""

    x0: float
    x1: float
    y0: float
    y1: float
    lines: float
    """How many lines it is, or takes the place of."""
    ink: float
    """Its width times its lines."""


def columns(items: Sequence[Item], depth: int = 3) -> list[list[Item]]:
    """The items as columns in reading order; a full-width part counts as a column of its own."""
    gutter = find_gutter(items) if depth else None
    if gutter is None:
        return [_downward(items)] if items else []
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
    pieces = [_piece(item) for item in items]
    if sum([piece.lines for piece in pieces]) < 2 * MIN_SIDE:
        return None
    left = min([piece.x0 for piece in pieces])
    right = max([piece.x1 for piece in pieces])
    center = (left + right) / 2
    best: tuple[float, float] | None = None
    for x in [*_candidates(pieces, left, right), center]:
        cost = _cost(pieces, x, abs(x - center) < 0.05 * (right - left))
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, x)
    return best[1] if best else None


def _piece(item: Positioned) -> Piece:
    """The item as a piece."""
    lines = (item.y1 - item.y0) / LINE
    lines = lines if lines > 1.0 else 1.0
    return Piece(item.x0, item.x1, item.y0, item.y1, lines, (item.x1 - item.x0) * lines)


def _candidates(pieces: Sequence[Piece], left: float, right: float) -> list[float]:
    """Left edges that several pieces share in the middle of the region: a second column starts at one of them."""
    low, high = left + 0.25 * (right - left), left + 0.75 * (right - left)
    starts: dict[int, list[Piece]] = {}
    for piece in pieces:
        if low < piece.x0 < high:
            starts.setdefault(round(piece.x0 / 4), []).append(piece)
    return [min(piece.x0 for piece in group) - 2.0 for group in starts.values() if _lines(group) >= MIN_SIDE]


def _cost(pieces: Sequence[Piece], x: float, middle: bool) -> float | None:
    """How much text the strip cuts through; None where there are no two columns around it.

    In the middle of a page, one column may be a figure's lettering; elsewhere that would be a table.
    """
    before = [piece for piece in pieces if piece.x1 <= x + 2]
    after = [piece for piece in pieces if piece.x0 >= x - 1]
    if _lines(before) < MIN_SIDE or _lines(after) < MIN_SIDE:
        return None
    narrowest = 0.22 * (max([piece.x1 for piece in pieces]) - min([piece.x0 for piece in pieces]))
    if min(_width(before), _width(after)) < narrowest:
        return None
    across = sum([piece.ink for piece in pieces if piece.x0 < x - 1 and piece.x1 > x + 2])
    if min(_ink(before), _ink(after)) < 0.08 * across:
        return None
    if _shared_height(before, after) < max(0.35 * min(_height(before), _height(after)), 4 * LINE):
        return None
    textual = [_reads_like_text(before), _reads_like_text(after)]
    if not (all(textual) or (middle and any(textual))):
        return None
    return across - 0.01 * _ink(after)


def _reads_like_text(pieces: Sequence[Piece]) -> bool:
    """Whether most of the text fills the column: the cells of a table do not; a chart's few letters do not matter."""
    width = 0.6 * _width(pieces)
    filling = [piece for piece in pieces if piece.x1 - piece.x0 > width]
    return _lines(filling) > 0.4 * _lines(pieces) or _ink(filling) > 0.6 * _ink(pieces)


def _lines(pieces: Sequence[Piece]) -> float:
    """How many lines the pieces are."""
    return sum([piece.lines for piece in pieces])


def _ink(pieces: Sequence[Piece]) -> float:
    """How much text there is."""
    return sum([piece.ink for piece in pieces])


def _width(pieces: Sequence[Piece]) -> float:
    """From the left of the first to the right of the last."""
    return max([piece.x1 for piece in pieces]) - min([piece.x0 for piece in pieces])


def _height(pieces: Sequence[Piece]) -> float:
    """From the top of the first to the bottom of the last."""
    return max([piece.y1 for piece in pieces]) - min([piece.y0 for piece in pieces])


def _shared_height(one: Sequence[Piece], other: Sequence[Piece]) -> float:
    """How far down the page the two run side by side."""
    top = max(min([piece.y0 for piece in one]), min([piece.y0 for piece in other]))
    bottom = min(max([piece.y1 for piece in one]), max([piece.y1 for piece in other]))
    return bottom - top


def _bands(items: Sequence[Item], x: float) -> list[tuple[bool, list[Item]]]:
    """The items from the top down, cut where columns start or end; a short line alone is no column."""
    runs: list[tuple[bool, list[Item]]] = []
    for item in sorted(items, key=lambda item: (item.base, item.x0)):
        crossing = item.x0 < x - 1 and item.x1 > x + 2
        if not runs or runs[-1][0] != crossing:
            runs.append((crossing, []))
        runs[-1][1].append(item)
    bands: list[tuple[bool, list[Item]]] = []
    for crossing, run in runs:
        alone = crossing or not all(_sides(run, x))
        if bands and bands[-1][0] and alone:
            bands[-1][1].extend(run)
        else:
            bands.append((alone, run))
    return bands


def _sides(band: Sequence[Item], x: float) -> tuple[list[Item], list[Item]]:
    """The band's left and right column."""
    middle = [(item, (item.x0 + item.x1) / 2 < x) for item in band]
    return [item for item, is_left in middle if is_left], [item for item, is_left in middle if not is_left]


def _downward(items: Sequence[Item]) -> list[Item]:
    """From the top down; pieces on one baseline from left to right."""
    rows = sorted(items, key=lambda item: item.base)
    ordered: list[Item] = []
    row: list[Item] = []
    for item in rows:
        if row and item.base - row[0].base > 0.5 * min(item.y1 - item.y0, row[0].y1 - row[0].y0, LINE):
            ordered.extend(sorted(row, key=lambda piece: piece.x0))
            row = []
        row.append(item)
    return ordered + sorted(row, key=lambda piece: piece.x0)
