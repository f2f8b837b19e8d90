"""Damaged, encrypted, hostile and odd files: a clear outcome each, within the limits, and the batch goes on."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kb.errors import ItemFailedError
from kb.models.text import ParsedDocument
from kb.reading.parser import ParserChild
from tests.support.pdfs import paper, spans
from tests.support.shared_data import shared_files

FILES = shared_files("broken_pdfs", "*.pdf")


@pytest.fixture(scope="module")
def child() -> Iterator[ParserChild]:
    """One child for the whole batch."""
    with ParserChild() as started:
        yield started


@pytest.mark.skipif(not FILES, reason="the real data is missing")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_real_bad_file_has_a_clear_outcome(child: ParserChild, file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    try:
        *_, document = child.parse(file, "9" * 64, spans, stage=1)
    except ItemFailedError as error:
        assert file.name in error.what  # noqa: PT017 - both outcomes are right; either must be clear
        assert error.why  # noqa: PT017
        assert error.next  # noqa: PT017
    else:
        assert isinstance(document, ParsedDocument)
        assert document.passages or document.blocks or document.report.warnings
    assert capfd.readouterr() == ("", "")


def test_a_page_that_unpacks_into_too_much_is_left_out_and_the_others_are_read(
    child: ParserChild, tmp_path: Path
) -> None:
    with pymupdf.open(paper(tmp_path / "paper.pdf", pages=2)) as document:
        bomb = document.new_page(0)
        bomb.insert_text((72, 72), "x")
        document.update_stream(bomb.get_contents()[0], b"BT /F1 1 Tf (a) Tj ET\n" * 3_000_000)
        document.save(tmp_path / "bomb.pdf", deflate=True)
    *_, parsed = child.parse(tmp_path / "bomb.pdf", "8" * 64, spans, stage=1)
    assert isinstance(parsed, ParsedDocument)
    assert "page 1 unpacks into more" in parsed.report.warnings[0]
    assert any(block.page == 3 for block in parsed.blocks)
