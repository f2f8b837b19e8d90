"""Marks that were made in a PDF come in as highlights, and quotes go out into a copy."""

from pathlib import Path

import pymupdf

from kb.config import Home
from tests.cli.conftest import Kb

QUOTE = "trained on comparisons that people make"


def marked(pdf: Path) -> Path:
    """The PDF with one commented highlight in it."""
    target = pdf.with_name("marked.pdf")
    with pymupdf.open(pdf) as document:
        page = document[0]
        annotation = page.add_highlight_annot(page.search_for(QUOTE, quads=True)[0])
        annotation.set_info(title="Ada", content="is this enough?")
        annotation.update()
        document.save(target)
    return target


def test_marks_are_shown_first_and_taken_in_once(kb: Kb, pdf: Path) -> None:
    kb("add", marked(pdf))
    (shown,) = kb("import", "marks", "comparisons", "--json").data["marks"]
    assert (shown["outcome"], shown["quote"], shown["comment"]) == ("new", QUOTE, "is this enough?")
    assert kb("notes", "--json").data["notes"] == []
    assert kb("import", "marks", "comparisons", "--apply").code == 0
    (note,) = kb("notes", "--json").data["notes"]
    assert (note["kind"], note["provenance"], note["anchor"]["page"]) == ("highlight", "import", 1)
    assert note["body"] == "is this enough? — Ada"
    assert [m["outcome"] for m in kb("import", "marks", "comparisons", "--apply", "--json").data["marks"]] == ["here"]


def test_quotes_go_into_a_copy_and_the_librarys_file_stays(kb: Kb, library: Home, tmp_path: Path) -> None:
    kb("note", "add", "comparisons", "--kind", "claim", "--text", "It works.", "--quote", QUOTE, "--page", "1")
    before = next(library.papers.rglob("*.pdf")).read_bytes()
    target = tmp_path / "out.pdf"
    assert kb("export", "marks", "comparisons", "--to", target, "--json").data["written"] == 1
    with pymupdf.open(target) as document:
        assert [annotation.type[1] for annotation in document[0].annots()] == ["Highlight"]
    assert next(library.papers.rglob("*.pdf")).read_bytes() == before
    assert kb("export", "marks", "comparisons", "--to", target).code == 1


def test_a_paper_without_quotes_has_nothing_to_mark(kb: Kb, library: Home, tmp_path: Path) -> None:
    assert kb("export", "marks", "comparisons", "--to", tmp_path / "out.pdf").code == 3
    assert kb("import", "marks", "comparisons").code == 3
