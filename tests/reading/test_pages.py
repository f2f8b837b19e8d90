"""Pages that are turned, cropped, or written from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kb.models.text import Block, ParsedDocument
from kb.reading.parser import ParserChild
from tests.support.pdfs import SENTENCE, spans, write_text


@pytest.fixture(scope="module")
def child() -> Iterator[ParserChild]:
    """One child for all tests."""
    with ParserChild() as started:
        yield started


def blocks(child: ParserChild, path: Path) -> tuple[Block, ...]:
    """The blocks that stage 1 makes of the file."""
    *_, document = child.parse(path, "f" * 64, spans, stage=1)
    assert isinstance(document, ParsedDocument)
    return document.blocks


def long_page(document: pymupdf.Document) -> pymupdf.Page:
    """A page with one paragraph at its top left."""
    page = document.new_page(width=600, height=800)
    write_text(page, (72, 72, 400, 300), SENTENCE * 4, fontsize=11)
    return page


@pytest.mark.parametrize(("rotation", "corner"), [(0, (72, 72)), (90, (800, 72)), (180, (600, 800)), (270, (72, 600))])
def test_a_turned_page_reads_as_any_other(
    child: ParserChild, tmp_path: Path, rotation: int, corner: tuple[float, float]
) -> None:
    document = pymupdf.open()
    page = long_page(document)
    page.set_rotation(rotation)
    expected = page.search_for("The reward")[0] * page.rotation_matrix
    document.save(tmp_path / "turned.pdf")
    (block,) = blocks(child, tmp_path / "turned.pdf")
    assert block.text == (SENTENCE * 4).strip()
    box = pymupdf.Rect(block.boxes[0].x0 - 1, block.boxes[0].y0 - 1, block.boxes[0].x1 + 1, block.boxes[0].y1 + 1)
    assert expected.normalize() in box, (expected, box, corner)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_drawn_sideways_is_read_on_a_page_that_is_turned_for_it(
    child: ParserChild, tmp_path: Path, turn: int
) -> None:
    document = pymupdf.open()
    page = document.new_page(width=600, height=800)
    write_text(page, (72, 72, 400, 500), SENTENCE * 4, fontsize=11, rotate=turn)
    page.set_rotation(turn)
    document.save(tmp_path / "landscape.pdf")
    (block,) = blocks(child, tmp_path / "landscape.pdf")
    assert block.text == (SENTENCE * 4).strip()


def test_a_cropped_page_shows_its_text_at_the_place_of_display(child: ParserChild, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = long_page(document)
    page.set_cropbox(pymupdf.Rect(50, 60, 500, 700))
    expected = page.search_for("The reward")[0]
    document.save(tmp_path / "cropped.pdf")
    (block,) = blocks(child, tmp_path / "cropped.pdf")
    assert block.text == (SENTENCE * 4).strip()
    assert block.boxes[0].x0 == pytest.approx(expected.x0, abs=1)
    assert block.boxes[0].y0 == pytest.approx(expected.y0, abs=2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("he", "מודל התגמול לומד מהשוואות שאנשים עושים בין שתי תשובות"),
        ("ar", "نموذج من مقارنات بين إجابتين مع شروح"),
    ],
)
def test_right_to_left_text_keeps_its_order(child: ParserChild, tmp_path: Path, language: str, text: str) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox(pymupdf.Rect(72, 72, 520, 300), f"<p dir='rtl' lang='{language}'>{text}</p>")
    document.save(tmp_path / "rtl.pdf")
    found = " ".join(block.text for block in blocks(child, tmp_path / "rtl.pdf"))
    assert found.split() == text.split()
