"""Captions find their figures and tables."""

from kb.models.text import BlockKind
from kb.reading.structure.captions import tie
from kb.reading.structure.page import Page
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.regions import LayoutRegion
from tests.reading.structure.lines import line, page


def box(sheet: Page, top: float, bottom: float, kind: BlockKind) -> Chunk:
    """A figure or table as a layout model sees it."""
    return Chunk([], sheet, kind=kind, region=LayoutRegion(kind=kind.value, x0=72, y0=top, x1=300, y1=bottom))


def caption(sheet: Page, y: float, text: str) -> Chunk:
    """A caption of one line."""
    return Chunk([line(text, 72, y, width=220)], sheet, kind=BlockKind.CAPTION)


def test_a_caption_moves_behind_its_figure() -> None:
    sheet = page()
    words = Chunk([line("Some text between them.", 72, 400)], sheet)
    figure, below = box(sheet, 100, 200, BlockKind.PICTURE), caption(sheet, 215, "Figure 1: A curve.")
    assert tie([figure, words, below]) == [figure, below, words]
    assert below.about is figure


def test_of_two_tables_in_a_row_each_gets_its_own_caption() -> None:
    sheet, other = page(), page(number=2)
    first, second = box(sheet, 100, 200, BlockKind.TABLE), box(sheet, 224, 300, BlockKind.TABLE)
    one, two = caption(sheet, 215, "Table 2: First."), caption(sheet, 315, "Table 3: Second.")
    alone, below = box(other, 100, 200, BlockKind.TABLE), caption(other, 215, "Table 4: Third.")
    tie([first, one, second, two, alone, below])
    assert (one.about, two.about, below.about) == (first, second, alone)


def test_a_caption_with_nothing_near_it_stays_where_it_is() -> None:
    sheet = page()
    far, lonely = box(sheet, 100, 200, BlockKind.PICTURE), caption(sheet, 600, "Figure 1: Elsewhere.")
    assert tie([far, lonely]) == [far, lonely]
    assert lonely.about is None
