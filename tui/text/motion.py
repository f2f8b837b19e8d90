"""Moving and selecting by word, sentence and paragraph over a paper that is set in lines."""

from collections.abc import Callable

from tui.text.reflow import Page, Position
from tui.text.units import Span, around, following, preceding

Cut = Callable[[str], tuple[Span, ...]]
Range = tuple[Position, Position]


def whole(text: str) -> tuple[Span, ...]:
    """A paragraph is one span."""
    return ((0, len(text)),) if text else ()


def range_at(page: Page, position: Position, cut: Cut) -> Range:
    """The word, sentence or paragraph that a character stands in."""
    span = around(cut(page.texts[position.block]), position.offset) or (0, 0)
    return Position(position.block, span[0]), Position(position.block, span[1])


def line_at(page: Page, position: Position) -> Range:
    """The line that a character stands on."""
    line = page.lines[page.line_of(position)]
    return Position(line.block, line.start), Position(line.block, line.end)


def onward(page: Page, position: Position, cut: Cut) -> Position | None:
    """The start of the next word, sentence or paragraph; None at the end of the paper."""
    if span := following(cut(page.texts[position.block]), position.offset):
        return Position(position.block, span[0])
    for block in range(position.block + 1, len(page.texts)):
        if spans := cut(page.texts[block]):
            return Position(block, spans[0][0])
    return None


def back(page: Page, position: Position, cut: Cut) -> Position | None:
    """The start of this word, sentence or paragraph, or of the one before where the cursor stands at a start."""
    if span := preceding(cut(page.texts[position.block]), position.offset):
        return Position(position.block, span[0])
    for block in range(position.block - 1, -1, -1):
        if spans := cut(page.texts[block]):
            return Position(block, spans[-1][0])
    return None


def step(page: Page, position: Position, by: int) -> Position:
    """One character on or back, over the edges of blocks too."""
    block, offset = position.block, position.offset + by
    if 0 <= offset < len(page.texts[block]):
        return Position(block, offset)
    block += by
    while 0 <= block < len(page.texts):
        if page.texts[block]:
            return Position(block, 0 if by > 0 else len(page.texts[block]) - 1)
        block += by
    return position


def heading(page: Page, position: Position, by: int) -> Position:
    """The next heading, or the one before; the start or end of the paper where there is none."""
    block = position.block + by
    if by < 0 and position.offset > 0 and page.kinds[position.block] == "heading":
        return Position(position.block, 0)
    while 0 <= block < len(page.kinds):
        if page.kinds[block] in ("heading", "title"):
            return Position(block, 0)
        block += by
    return Position(0, 0) if by < 0 else position


def caption(page: Page, position: Position, by: int) -> Position | None:
    """The next caption, or the one before."""
    ahead = range(position.block + by, len(page.kinds) if by > 0 else -1, by)
    return next((Position(block, 0) for block in ahead if page.kinds[block] == "caption"), None)


def union(one: Range, other: Range) -> Range:
    """From where the first begins to where the last ends."""
    return min(one[0], other[0]), max(one[1], other[1])


def grown(page: Page, selected: Range, cut: Cut) -> Range:
    """The selection with the rest of its last unit, or with the next one where that is whole already."""
    last = Position(selected[1].block, max(0, selected[1].offset - 1))
    unit = range_at(page, last, cut)
    if unit[1] > selected[1] or unit[0] < selected[0]:
        return union(selected, unit)
    start = onward(page, last, cut)
    return selected if start is None else union(selected, range_at(page, start, cut))
