"""Crops of pages, for what cannot be read as text."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kb.errors import ItemFailedError
from kb.models.text import Box
from kb.reading.parser import ParserChild


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
    picture = pymupdf.Pixmap(child.crop(drawing, Box(page=1, x0=100, y0=100, x1=150, y1=150), dpi=72))
    assert (picture.width, picture.height) == (56, 56)
    assert picture.pixel(28, 28) == (255, 0, 0)
    assert picture.pixel(0, 0) == (255, 255, 255)


def test_a_crop_is_never_larger_than_a_screen_can_use(child: ParserChild, drawing: Path) -> None:
    picture = pymupdf.Pixmap(child.crop(drawing, Box(page=1, x0=0, y0=0, x1=300, y1=300), dpi=100_000))
    assert picture.width * picture.height < 17_000_000


@pytest.mark.parametrize("box", [Box(page=2, x0=0, y0=0, x1=9, y1=9), Box(page=1, x0=400, y0=400, x1=500, y1=500)])
def test_a_box_that_is_nowhere_is_an_error(child: ParserChild, drawing: Path, box: Box) -> None:
    with pytest.raises(ItemFailedError):
        child.crop(drawing, box)
