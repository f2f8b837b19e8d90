"""Papers set in ways of their own: numbered lines, changing running heads, Roman sections, abstracts without a name."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kb.models.text import ParsedDocument
from kb.reading.parser import ParserChild
from kb.reading.structure.fonts import spelt
from tests.support.pdfs import spans

WORDS = (
    "the reward that people want is learned from comparisons and then used to train an agent whose behaviour is judged "
    "again by people until nobody finds anything to object to in what it does under shift"
)
PROSE = WORDS.split()


@pytest.fixture(scope="module")
def child() -> Iterator[ParserChild]:
    """One child for all tests."""
    with ParserChild() as started:
        yield started


class Sheet:
    """A document that is written from the top of its pages to their foot, line by line."""

    def __init__(self, path: Path, *, numbered: bool = False) -> None:
        self.path, self._numbered = path, numbered
        self.document = pymupdf.open()
        self._count = self._words = 0
        self.turn()

    def turn(self) -> None:
        """Begin a page."""
        self.page, self.y = self.document.new_page(width=612, height=792), 100.0

    def line(
        self, text: str | list[tuple[str, str]], *, font: str = "tiro", size: float = 10, x: float = 90, gap: float = 12
    ) -> None:
        """One line, with its number in the margin where lines are numbered."""
        if self.y > 720:
            self.turn()
        self._count += 1
        if self._numbered:
            self.page.insert_text((x - 18, self.y), f"{self._count:03}", fontname="helv", fontsize=6)
        for piece, face in [(text, font)] if isinstance(text, str) else text:
            self.page.insert_text((x, self.y), piece, fontname=face, fontsize=size)
            x += pymupdf.get_text_length(piece, face, size)
        self.y += gap

    def prose(self, lines: int = 7, *, head: str = "", face: str = "tiit") -> None:
        """A paragraph, opened by its head where one is given."""
        for at in range(lines):
            words = [PROSE[(self._words + step) % len(PROSE)] for step in range(13)]
            self._words += 13
            text = " ".join(words).capitalize() if at == 0 else " ".join(words)
            end = "." if at == lines - 1 else ""
            self.line([(f"{head} ", face), (text, "tiro")] if head and at == 0 else text + end)
        self.y += 8

    def save(self) -> Path:
        """The file."""
        self.document.save(self.path)
        return self.path


def begun(path: Path, *, numbered: bool = False, abstract: str = "Abstract") -> Sheet:
    """A paper's title, authors and abstract."""
    sheet = Sheet(path, numbered=numbered)
    sheet.line("Learning what people want", font="tibo", size=18, gap=30)
    sheet.line("Ada Lovelace and Emmy Noether", gap=30)
    if abstract:
        sheet.line(abstract, font="tibo", gap=16)
    sheet.prose()
    return sheet


def read(child: ParserChild, path: Path) -> ParsedDocument:
    *_, document = child.parse(path, "9" * 64, spans, stage=1)
    assert isinstance(document, ParsedDocument)
    return document


def headings(document: ParsedDocument) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in document.sections]


def test_numbers_of_lines_are_no_part_of_the_text(child: ParserChild, tmp_path: Path) -> None:
    sheet = begun(tmp_path / "draft.pdf", numbered=True)
    for title in ("1. Introduction", "2. Method", "3. Results"):
        sheet.line(title, font="tibo", size=12, gap=18)
        sheet.prose(20)
    document = read(child, sheet.save())
    assert headings(document) == [(1, "1. Introduction"), (1, "2. Method"), (1, "3. Results")]
    assert not [block.text for block in document.blocks if any(f"{n:03}" in block.text for n in range(1, 60))]


def test_running_heads_that_name_the_section_open_none(child: ParserChild, tmp_path: Path) -> None:
    sheet = begun(tmp_path / "heads.pdf")
    for number, title in enumerate(("Introduction", "Method", "Results", "Discussion"), 1):
        sheet.line(f"{number} {title}", font="tibo", size=12, gap=18)
        sheet.prose(60)
    for page in list(sheet.document)[1:]:
        number = min(1 + page.number // 2, 4)
        page.insert_text((90, 60), f"{number} SECTION {'ABCDE'[number]}", fontname="tiro", fontsize=10)
    document = read(child, sheet.save())
    assert [title for _, title in headings(document)] == ["1 Introduction", "2 Method", "3 Results", "4 Discussion"]
    assert not [block.text for block in document.blocks if "SECTION" in block.text]


def test_letters_stand_below_roman_numbers(child: ParserChild, tmp_path: Path) -> None:
    sheet = begun(tmp_path / "roman.pdf")
    parts = [("I. INTRODUCTION", "tiro"), ("II. METHOD", "tiro"), ("A. Setting", "tiit"), ("B. Queries", "tiit"),
             ("III. RESULTS", "tiro"), ("A. Robots", "tiit"), ("IV. CONCLUSION", "tiro")]  # fmt: skip
    for title, font in parts:
        sheet.line(title, font=font, gap=18)
        sheet.prose()
    levels = [level for level, _ in headings(read(child, sheet.save()))]
    assert levels == [1, 1, 2, 2, 1, 2, 1]


def test_a_numbered_head_in_a_font_of_its_own_is_a_heading(child: ParserChild, tmp_path: Path) -> None:
    sheet = begun(tmp_path / "plain.pdf")
    for title in ("1 Introduction", "2 Method", "2.1 Setting", "2.2 Queries", "3 Results"):
        sheet.y += 8
        sheet.line(title, font="helv", gap=18)
        sheet.prose()
    document = read(child, sheet.save())
    assert [level for level, _ in headings(document)] == [1, 1, 2, 2, 1]


def test_an_abstract_need_not_be_called_one(child: ParserChild, tmp_path: Path) -> None:
    sheet = begun(tmp_path / "bare.pdf", abstract="")
    sheet.line("1 Introduction", font="tibo", size=12, gap=18)
    sheet.prose(12)
    document = read(child, sheet.save())
    assert document.metadata.abstract.startswith("The reward that people want")
    assert len(document.metadata.abstract) > 300


def test_italic_words_name_their_paragraph(child: ParserChild, tmp_path: Path) -> None:
    sheet = begun(tmp_path / "run_in.pdf")
    sheet.line("1 Introduction", font="tibo", size=12, gap=18)
    for head in ("Fitting the reward.", "Selecting queries:", "Proof."):
        sheet.prose(head=head)
    heads = [block.head for block in read(child, sheet.save()).blocks if block.head]
    assert heads == ["Fitting the reward", "Selecting queries"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [("\x1ctting", "fitting"), ("e\x1ecient", "efficient"), ("sti\x0b", "stiff"), ("P\x0c(x)", "P\x0c(x)"),
     ("h\x1cP", "h\x1cP")],
)  # fmt: skip
def test_ligatures_of_fonts_without_names_are_spelt(raw: str, text: str) -> None:
    assert spelt(raw) == text
