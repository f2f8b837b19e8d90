"""Marks: what people highlighted comes in with its text, and ours go into a copy."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from rapidfuzz import fuzz

from kb.errors import ItemFailedError
from kb.reading.marks import MarkToWrite, PdfMark
from kb.reading.parser import ParserChild
from tests.support.pdfs import paper, write_text
from tests.support.shared_data import shared

TEXT = "The reward model is trained on comparisons that people make between two answers."


@pytest.fixture(scope="module")
def child() -> Iterator[ParserChild]:
    """One child for all tests."""
    with ParserChild() as started:
        yield started


def sheet(path: Path, rotation: int = 0) -> pymupdf.Document:
    """A page with one sentence, over two lines."""
    document = pymupdf.open()
    page = document.new_page()
    write_text(page, (72, 72, 330, 120), TEXT, fontsize=11)
    if rotation:
        page.set_rotation(rotation)
    document.save(path)
    return document


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_highlight_comes_in_with_its_text_comment_author_and_colour(
    child: ParserChild, tmp_path: Path, rotation: int
) -> None:
    document = sheet(tmp_path / "plain.pdf", rotation)
    page = document[0]
    mark = page.add_highlight_annot(page.search_for("comparisons that people make", quads=True))
    mark.set_info(title="Ada", content="Which people?")
    mark.set_colors(stroke=(1, 0.5, 0))
    mark.update()
    document.save(tmp_path / "marked.pdf")
    (found,) = child.marks(tmp_path / "marked.pdf")
    assert (found.kind, found.quote, found.comment) == ("highlight", "comparisons that people make", "Which people?")
    assert (found.author, found.colour, found.page) == ("Ada", "#ff8000", 1)


def test_notes_beside_the_text_and_replies_come_in(child: ParserChild, tmp_path: Path) -> None:
    document = sheet(tmp_path / "plain.pdf")
    page = document[0]
    page.add_text_annot((400, 80), "Check this number")
    page.add_freetext_annot((72, 300, 300, 330), "My own summary")
    page.add_underline_annot(page.search_for("two answers", quads=True))
    document.save(tmp_path / "marked.pdf")
    found = [(mark.kind, mark.quote, mark.comment) for mark in child.marks(tmp_path / "marked.pdf")]
    assert found == [
        ("note", "", "Check this number"),
        ("text", "", "My own summary"),
        ("underline", "two answers", ""),
    ]


def test_our_marks_go_into_a_copy_and_come_back(child: ParserChild, tmp_path: Path) -> None:
    file, target = paper(tmp_path / "paper.pdf"), tmp_path / "marked.pdf"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    wanted = [
        MarkToWrite(quote="Learning from Human Comparisons", comment="the title", author="me", colour="#00ff00"),
        MarkToWrite(quote="this is not in the paper"),
        MarkToWrite(quote="Section number 2", page=2),
    ]
    result = child.write_marks(file, target, wanted)
    assert (result.written, result.missing) == (2, (1,))
    assert [(mark.page, mark.quote) for mark in child.marks(target)] == [
        (1, "Learning from Human Comparisons"),
        (2, "Section number 2"),
    ]
    assert child.marks(target)[0].model_dump(include={"comment", "author", "colour"}) == {
        "comment": "the title",
        "author": "me",
        "colour": "#00ff00",
    }
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_a_quote_without_its_line_breaks_and_hyphens_is_found(child: ParserChild, tmp_path: Path) -> None:
    document = pymupdf.open()
    write_text(
        document.new_page(), (72, 72, 400, 200), "We study the general-\nisation of agents\nto new levels.", fontsize=11
    )
    document.save(tmp_path / "plain.pdf")
    quote = "the generalisation of agents to new"
    result = child.write_marks(tmp_path / "plain.pdf", tmp_path / "marked.pdf", [MarkToWrite(quote=quote)])
    assert result.written == 1
    (mark,) = child.marks(tmp_path / "marked.pdf")
    assert mark.quote == quote
    assert len(mark.boxes) == 3


def test_a_quote_that_goes_on_over_the_page_is_marked_on_both(child: ParserChild, tmp_path: Path) -> None:
    document = pymupdf.open()
    write_text(document.new_page(), (72, 700, 540, 740), "The agent learns to follow", fontsize=11)
    write_text(document.new_page(), (72, 72, 540, 110), "the wrong goal in training.", fontsize=11)
    document.save(tmp_path / "plain.pdf")
    mark = MarkToWrite(quote="learns to follow the wrong goal", page=1)
    assert child.write_marks(tmp_path / "plain.pdf", tmp_path / "marked.pdf", [mark]).written == 1
    found = [(each.page, each.quote) for each in child.marks(tmp_path / "marked.pdf")]
    assert found == [(1, "learns to follow"), (2, "the wrong goal")]


def test_the_file_itself_is_never_overwritten(child: ParserChild, tmp_path: Path) -> None:
    file = paper(tmp_path / "paper.pdf")
    with pytest.raises(ItemFailedError, match="not marked"):
        child.write_marks(file, file, [MarkToWrite(quote="Abstract")])


def _letters(text: str) -> str:
    """Letters and figures only."""
    return "".join(filter(str.isalnum, text.lower()))


@cache
def _characters(page: Any) -> list[tuple[str, tuple[float, float]]]:
    """The page's characters and the middle of each."""
    return [
        (character["c"], _middle(character["bbox"]))
        for block in page.get_text("rawdict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        for character in span["chars"]
    ]


def _text_under(page: Any, quads: list[list[float]]) -> str:
    """All characters whose middle is inside one of the quads, found without the code under test."""
    text = ""
    for at in range(0, len(quads), 4):
        corners = quads[at : at + 4]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        text += "".join(char for char, (x, y) in _characters(page) if x0 <= x < x1 and y0 <= y < y1)
    return text


def _middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    """The middle of a rectangle."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _agrees(mark: PdfMark, truth: dict[str, Any]) -> bool:
    """Whether the mark is the one that was recorded."""
    corners = truth.get("quads") or [truth["rect"][:2], truth["rect"][2:]]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    at_place = abs(min(box.x0 for box in mark.boxes) - left) < 2 and abs(min(box.y0 for box in mark.boxes) - top) < 2
    return mark.page == truth["page"] and at_place and mark.comment == truth["content"].strip()


@pytest.mark.slow
def test_real_annotations_come_in_with_the_right_text(child: ParserChild) -> None:
    truths = [json.loads(line) for line in shared("parse_truth", "annotations.jsonl").read_text().splitlines()]
    right = 0
    for name in sorted({truth["file"] for truth in truths}):
        marks = child.marks(shared(name))
        with pymupdf.open(shared(name)) as document:
            pages = list(document)
            for truth in (each for each in truths if each["file"] == name):
                found = next((mark for mark in marks if _agrees(mark, truth)), None)
                expected = _letters(_text_under(pages[truth["page"] - 1], truth.get("quads", [])))
                right += found is not None and fuzz.ratio(_letters(found.raw), expected) >= 85
    print("RIGHT", right, len(truths))
    assert right >= 0.98 * len(truths)
