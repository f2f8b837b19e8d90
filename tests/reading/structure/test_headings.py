"""Headings by typography, on chunks made by hand."""

from kb.models.text import BlockKind
from kb.reading.structure.headings import mark
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.style import Style
from tests.reading.structure.lines import BOLD, line, page

STYLE = Style(10.0, 12.0, font="Times-Roman")


def with_text_below(*titles: str) -> list[Chunk]:
    """Bold lines, each with a paragraph below it."""
    sheet = page()
    made = []
    for at, title in enumerate(titles):
        top = 100 + 40 * at
        made.append(Chunk([line(title, 72, top, font=BOLD)], sheet))
        made.append(Chunk([line("Running text goes on below what stands out.", 72, top + 14)], sheet))
    return made


def headings(chunks: list[Chunk]) -> list[str]:
    """What is taken as a heading."""
    mark(chunks, STYLE)
    return [chunk.text for chunk in chunks if chunk.kind is BlockKind.HEADING]


def test_bold_words_that_come_again_and_again_label_examples_and_open_no_sections() -> None:
    drawn = with_text_below("How judges fail", "Question", "Question", "question", "What follows")
    assert headings(drawn) == ["How judges fail", "What follows"]


def test_bold_words_that_come_twice_are_headings_still() -> None:
    assert headings(with_text_below("Setting", "Outcome", "Setting", "Outcome")) == 2 * ["Setting", "Outcome"]


def test_a_numbered_heading_stays_one_however_often_its_words_come() -> None:
    chain = ["1 Training", "2 Attacks", "3 Defences"]
    assert headings(with_text_below(*chain, "3 Defences", "3 Defences"))[:3] == chain
