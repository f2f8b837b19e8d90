"""Crops of pages, for what cannot be read as text."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kb.errors import ItemFailedError
from kb.models.progress import Progress
from kb.models.text import Box, ParsedDocument
from kb.reading.parser import ParserChild
from tests.support.pdfs import paper, spans


@pytest.fixture(scope="module")
def child() -> Iterator[ParserChild]:
    """One child for all tests."""
    with ParserChild() as started:
        yield started


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """A page with a red square at a known place."""
    document = pymupdf.open()
    page = document.new_page(width=300, height=300)
    page.draw_rect(pymupdf.Rect(100, 100, 150, 150), color=(1, 0, 0), fill=(1, 0, 0))
    document.save(tmp_path / "drawing.pdf")
    return tmp_path / "drawing.pdf"


def test_a_crop_shows_what_is_in_the_box(child: ParserChild, drawing: Path) -> None:
    picture = pymupdf.Pixmap(child.crop(drawing, 1, Box(page=1, x0=100, y0=100, x1=150, y1=150), dpi=72))
    assert (picture.width, picture.height) == (56, 56)
    assert picture.pixel(28, 28) == (255, 0, 0)
    assert picture.pixel(0, 0) == (255, 255, 255)


def test_a_crop_is_never_larger_than_a_screen_can_use(child: ParserChild, drawing: Path) -> None:
    picture = pymupdf.Pixmap(child.crop(drawing, 1, Box(page=1, x0=0, y0=0, x1=300, y1=300), dpi=100_000))
    assert picture.width * picture.height < 17_000_000


@pytest.mark.parametrize("box", [Box(page=2, x0=0, y0=0, x1=9, y1=9), Box(page=1, x0=400, y0=400, x1=500, y1=500)])
def test_a_box_that_is_nowhere_is_an_error(child: ParserChild, drawing: Path, box: Box) -> None:
    with pytest.raises(ItemFailedError):
        child.crop(drawing, box.page, box)


def test_without_a_box_the_whole_page_is_shown(child: ParserChild, drawing: Path) -> None:
    picture = pymupdf.Pixmap(child.crop(drawing, 1, dpi=72))
    assert (picture.width, picture.height) == (300, 300)
    assert picture.pixel(125, 125) == (255, 0, 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_crop_can_be_asked_for_between_two_pages_of_a_parse(tmp_path: Path, drawing: Path, workers: int) -> None:
    file = paper(tmp_path / "paper.pdf", pages=4)
    with ParserChild(workers=workers) as child:
        for stage in (1, 2):
            steps = child.parse(file, "0" * 64, spans, stage=stage)
            first = next(steps)
            assert isinstance(first, Progress)
            assert pymupdf.Pixmap(child.crop(drawing, 1, dpi=72)).width == 300
            *_, last = steps
            assert isinstance(last, ParsedDocument)
            assert last.report.pages == 4
