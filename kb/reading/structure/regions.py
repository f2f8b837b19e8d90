"""Typed regions of a page, as a layout model sees them, and the lines that stand in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kb.models.base import Value
from kb.models.text import BlockKind
from kb.reading.structure.page import Line, Page

RegionKind = Literal[
    "text",
    "title",
    "section-header",
    "list-item",
    "caption",
    "table",
    "formula",
    "footnote",
    "picture",
    "page-header",
    "page-footer",
]
FLOATS: dict[str, BlockKind] = {
    "caption": BlockKind.CAPTION,
    "table": BlockKind.TABLE,
    "formula": BlockKind.FORMULA,
    "footnote": BlockKind.FOOTNOTE,
    "picture": BlockKind.PICTURE,
}
"""Regions that stand beside the running text and are read on their own."""
MARGINS = {"page-header", "page-footer"}
MARGIN = 0.13
"""Share of the page's height within which a running head is believed to be one."""


class LayoutRegion(Value):
    """A rectangle of one kind; a table also has the places of its inner column lines."""

    kind: str
    x0: float
    y0: float
    x1: float
    y1: float
    columns: tuple[float, ...] = ()

    def holds(self, line: Line) -> bool:
        """Whether most of the line is inside."""
        across = min(self.x1, line.x1) - max(self.x0, line.x0)
        down = min(self.y1, line.y1) - max(self.y0, line.y0)
        return across > 0.5 * (line.x1 - line.x0) and down > 0.5 * (line.y1 - line.y0)

    @property
    def area(self) -> float:
        """Its size: of two regions that hold a line, the smaller one says what it is."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)


@dataclass
class Float:
    """A region beside the running text, with its lines."""

    region: LayoutRegion
    kind: BlockKind
    lines: list[Line] = field(default_factory=list)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.region.x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.region.x1

    @property
    def y0(self) -> float:
        """Top edge."""
        return self.region.y0

    @property
    def y1(self) -> float:
        """Bottom edge."""
        return self.region.y1

    @property
    def base(self) -> float:
        """Where it stands among lines: by its middle, since nothing of the text is beside it."""
        return (self.region.y0 + self.region.y1) / 2


@dataclass
class Sorted:
    """A page's lines, told apart by the regions that they stand in."""

    running: list[Line]
    floats: list[Float]
    margins: list[Line]
    items: set[int] = field(default_factory=set)
    """Ids of lines that may open an item of a list."""


def sort(page: Page, regions: Sequence[LayoutRegion], size: float) -> Sorted:
    """Put every line where it belongs; ``size`` is that of the running text, for judging what a region claims."""
    if not regions:
        return Sorted(list(page.lines), [], [])
    owners: dict[int, list[Line]] = {}
    by_area = sorted(range(len(regions)), key=lambda at: regions[at].area)
    running: list[Line] = []
    for line in page.lines:
        owner = next((at for at in by_area if regions[at].holds(line)), None)
        if owner is None:
            running.append(line)
        else:
            owners.setdefault(owner, []).append(line)
    found = Sorted(running, [], [])
    for at, region in enumerate(regions):
        _take(found, region, owners.get(at, []), page, size)
    order = {id(line): at for at, line in enumerate(page.lines)}
    found.running.sort(key=lambda line: order[id(line)])
    return found


def _take(found: Sorted, region: LayoutRegion, lines: list[Line], page: Page, size: float) -> None:
    """Sort one region's lines in."""
    if region.kind in MARGINS and _in_margin(lines, page):
        found.margins += lines
    elif region.kind in FLOATS and _believable(region, lines, size):
        found.floats.append(Float(region, FLOATS[region.kind], lines))
    else:
        found.running += lines
        if region.kind == "list-item" and lines:
            found.items.add(id(lines[0]))


def _in_margin(lines: Iterable[Line], page: Page) -> bool:
    """Whether all lines stand at the very top or foot of the page."""
    top, foot = MARGIN * page.height, (1 - MARGIN) * page.height
    return all(line.y1 < top or line.y0 > foot for line in lines)


def _believable(region: LayoutRegion, lines: Sequence[Line], size: float) -> bool:
    """Whether the region's text can be what the region claims; paragraphs of running text are not lost to a picture."""
    if region.kind == "picture":
        return sum(_is_prose(line, size) for line in lines) < 4
    if region.kind == "formula":
        return not any(_is_prose(line, size) for line in lines)
    return region.kind != "table" or bool(lines)


def _is_prose(line: Line, size: float) -> bool:
    """Whether the line reads as running text."""
    return abs(line.size - size) < 0.12 * size and sum(len(word) > 2 for word in line.text.split()) > 7
