"""Primers as PDFs: what was written comes out again, with its headings as an outline."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

import reading_lists
from kb.errors import ItemFailedError
from kb.models.text import BlockKind, ParsedDocument
from kb.reading.compose import compose_page, compose_pdf, split_front_matter
from kb.reading.parser import ParserChild
from kb.reading.pdf.typeset import typeset
from tests.support.pdfs import spans

PRIMERS = sorted((Path(reading_lists.__file__).parent / "primers").glob("*.md"))
TEXT = """---
abstract: What this is about, in one sentence.
---

## First

Some π₀ text.

### Deeper

More.

## Last

End.
"""


@pytest.fixture(scope="module")
def child() -> Iterator[ParserChild]:
    """One child for all tests."""
    with ParserChild() as started:
        yield started


def test_the_outline_follows_the_headings(tmp_path: Path) -> None:
    compose_pdf(TEXT, tmp_path / "primer.pdf", title="A primer", authors=["Ada Lovelace"])
    with pymupdf.open(tmp_path / "primer.pdf") as document:
        assert document.get_toc() == [[1, "First", 1], [2, "Deeper", 1], [1, "Last", 1]]
        assert document.metadata["title"] == "A primer"
        assert document.metadata["author"] == "Ada Lovelace"
        assert "π₀" in document[0].get_text()


def test_a_left_out_level_makes_no_broken_outline(tmp_path: Path) -> None:
    compose_pdf("#### Deep\n\nText.\n\n## Top\n\nText.\n", tmp_path / "primer.pdf", title="T", authors=[])
    with pymupdf.open(tmp_path / "primer.pdf") as document:
        assert document.get_toc() == [[1, "Deep", 1], [1, "Top", 1]]


def test_markup_in_a_primer_is_text(tmp_path: Path) -> None:
    compose_pdf("An <b>angle</b> & more.", tmp_path / "primer.pdf", title="<i>T</i>", authors=["A & B"])
    with pymupdf.open(tmp_path / "primer.pdf") as document:
        text = document[0].get_text()
    assert "An <b>angle</b> & more." in text
    assert "<i>T</i>" in text


def test_front_matter_that_is_no_yaml_is_an_error_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ItemFailedError, match="front matter"):
        compose_pdf("---\na: [\n---\ntext", tmp_path / "primer.pdf", title="T", authors=[])
    assert not (tmp_path / "primer.pdf").exists()


def test_a_folder_that_is_missing_is_an_error_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ItemFailedError, match="could not be written"):
        compose_pdf("text", tmp_path / "nowhere" / "primer.pdf", title="T", authors=[])


@pytest.mark.parametrize("file", PRIMERS, ids=lambda file: file.stem)
def test_every_primer_comes_out_as_a_paper(file: Path, child: ParserChild, tmp_path: Path) -> None:
    markdown = file.read_text("utf-8")
    front, body = split_front_matter(markdown)
    compose_pdf(markdown, tmp_path / "primer.pdf", title=front["title"], authors=front["authors"])
    *_, document = child.parse(tmp_path / "primer.pdf", "d" * 64, spans, stage=1)
    assert isinstance(document, ParsedDocument)
    assert document.metadata.title == front["title"]
    assert document.metadata.abstract == " ".join(front["abstract"].split())
    assert [section.title for section in document.sections if section.level == 1] == [
        line[3:] for line in body.splitlines() if line.startswith("## ")
    ]
    assert document.references
    drawn = [block.text for block in document.blocks if block.kind is BlockKind.CODE]
    figures = [text.strip() for text in body.split("```")[1::2]]
    assert [" ".join(text.split()) for text in drawn] == [" ".join(text.split()) for text in figures]
    assert sum(block.kind is BlockKind.TEXT for block in document.blocks) > 5


def test_entities_that_stand_in_the_text_stay_as_they_are(tmp_path: Path) -> None:
    compose_page("<body><p>&amp;lt;b&amp;gt; AT&amp;T &lt;i&gt;</p></body>", tmp_path / "page.pdf", title="T")
    assert "&lt;b&gt; AT&T <i>" in pymupdf.open(tmp_path / "page.pdf")[0].get_text()


def test_no_heading_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    for count in range(24, 42):
        text = "<p>A line.</p>" * count + "<h2>Heading</h2><p>What stands below it.</p>" + "<p>A line.</p>" * 20
        list(typeset(tmp_path / "page.pdf", {"html": f"<body>{text}</body>", "title": "T", "authors": []}))
        pages = [page.get_text() for page in pymupdf.open(tmp_path / "page.pdf")]
        assert any("Heading" in page and "What stands below it." in page for page in pages), count
