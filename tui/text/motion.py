"""Moving and selecting by word, sentence and paragraph over a paper that is set in lines."""

from collections.abc import Callable

from tui.text.reflow import LaidOutPaper, TextPosition
from tui.text.units import Span, around, following, preceding

Cut = Callable[[str], tuple[Span, ...]]
Range = tuple[TextPosition, TextPosition]


def whole(text: str) -> tuple[Span, ...]:
    """A paragraph is one span."""
    return ((0, len(text)),) if text else ()


def range_at(page: LaidOutPaper, position: TextPosition, cut: Cut) -> Range:
    """The word, sentence or paragraph that a character stands in."""
    span = around(cut(page.texts[position.block]), position.offset) or (0, 0)
    return TextPosition(position.block, span[0]), TextPosition(position.block, span[1])


def line_at(page: LaidOutPaper, position: TextPosition) -> Range:
    """The line that a character stands on."""
    line = page.lines[page.line_of(position)]
    return TextPosition(line.block, line.start), TextPosition(line.block, line.end)


def onward(page: LaidOutPaper, position: TextPosition, cut: Cut) -> TextPosition | None:
    """The start of the next word, sentence or paragraph; None at the end of the paper."""
    if span := following(cut(page.texts[position.block]), position.offset):
        return TextPosition(position.block, span[0])
    for block in range(position.block + 1, len(page.texts)):
        if spans := cut(page.texts[block]):
            return TextPosition(block, spans[0][0])
    return None


def back(page: LaidOutPaper, position: TextPosition, cut: Cut) -> TextPosition | None:
    """The start of this word, sentence or paragraph, or of the one before where the cursor stands at a start."""
    if span := preceding(cut(page.texts[position.block]), position.offset):
        return TextPosition(position.block, span[0])
    for block in range(position.block - 1, -1, -1):
        if spans := cut(page.texts[block]):
            return TextPosition(block, spans[-1][0])
    return None


def step(page: LaidOutPaper, position: TextPosition, by: int) -> TextPosition:
    """One character on or back, over the edges of blocks too."""
    block, offset = position.block, position.offset + by
    if 0 <= offset < len(page.texts[block]):
        return TextPosition(block, offset)
    block += by
    while 0 <= block < len(page.texts):
        if page.texts[block]:
            return TextPosition(block, 0 if by > 0 else len(page.texts[block]) - 1)
        block += by
    return position


def heading(page: LaidOutPaper, position: TextPosition, by: int) -> TextPosition:
    """The next heading, or the one before; the start or end of the paper where there is none."""
    block = position.block + by
    if by < 0 and position.offset > 0 and page.kinds[position.block] == "heading":
        return TextPosition(position.block, 0)
    while 0 <= block < len(page.kinds):
        if page.kinds[block] in ("heading", "title"):
            return TextPosition(block, 0)
        block += by
    return TextPosition(0, 0) if by < 0 else position


def caption(page: LaidOutPaper, position: TextPosition, by: int) -> TextPosition | None:
    """The next caption, or the one before."""
    ahead = range(position.block + by, len(page.kinds) if by > 0 else -1, by)
    return next((TextPosition(block, 0) for block in ahead if page.kinds[block] == "caption"), None)


def union(one: Range, other: Range) -> Range:
    """From where the first begins to where the last ends."""
    return min(one[0], other[0]), max(one[1], other[1])


def grown(page: LaidOutPaper, selected: Range, cut: Cut) -> Range:
    """The selection with the rest of its last unit, or with the next one where that is whole already."""
    last = TextPosition(selected[1].block, max(0, selected[1].offset - 1))
    unit = range_at(page, last, cut)
    if unit[1] > selected[1] or unit[0] < selected[0]:
        return union(selected, unit)
    start = onward(page, last, cut)
    return selected if start is None else union(selected, range_at(page, start, cut))
