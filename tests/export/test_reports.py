"""Tables and reports: what they count, and that each format is read back as the same words."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import NotFoundError
from kb.export.format_registry import formats_for
from kb.export.gather import gather_all
from kb.export.jsonl import dump_library
from kb.export.literature import literature, strategies_table
from kb.export.period import Period
from kb.export.progress import library_in, render_progress, weeks
from kb.export.reports import page_document, table_document
from kb.export.tables import Table, csv_cell
from kb.insight.strategies import strategies
from kb.models.note import LinkKind
from kb.models.reading_pass import Depth
from tests.export.library import DEBATE, Shelf, studied
from tests.export.reading import headings, shown
from tests.export.test_period import on, rated_on


def test_the_literature_table_has_a_row_a_paper(home: Home) -> None:
    shelf, _ = studied(home)
    other = shelf.paper(DEBATE)
    claim = shelf.note("claim", other, statement="Debate is honest")
    for sort in ("toy model", "argument", "toy model"):
        shelf.link(shelf.note("evidence", other, observation=sort, evidence_kind=sort), claim, LinkKind.SUPPORTS)
    table = literature(gather_all(shelf.record))
    assert table.rows == (
        (
            "Christiano et al. (2017). Deep reinforcement learning from human preferences",
            "No reward function",
            "A reward model fit to comparisons",
            "score 0.9 against 1 (mixed)",
            "toy model, not said",
            "60–80 %: Comparisons scale badly",
        ),
        ("Irving (2018). AI safety via debate", "", "", "", "2 × toy model, argument", ""),
    )


def test_a_table_reads_back_from_each_format(home: Home) -> None:
    shelf, _ = studied(home)
    table = strategies_table(strategies(shelf.record))
    row = ("A reward model fit to comparisons", "1", "0", "1", "0", "-10%", "", "too few to say")
    assert table.rows == (row,)
    rows = list(csv.reader(io.StringIO(str(table_document(table, "csv").data))))
    assert rows == [list(table.headers), list(row)]
    data = json.loads(table_document(table, "json").data)
    assert data["rows"] == [dict(zip(table.headers, row, strict=True))]
    markdown = str(table_document(table, "markdown").data)
    assert shown(markdown).startswith("What was tried Approach Tried")
    assert str(table_document(table, "pdf").data).startswith("b'%PDF")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'@SUM(A1)"),
        ("+10%", "+10%"),
        ("-0.5", "-0.5"),
        ("-2+cmd|' /C calc'!A0", "'-2+cmd|' /C calc'!A0"),
        ("＝1", "'＝1"),
        ("plain", "plain"),
    ],
)
def test_a_spreadsheet_computes_nothing_but_shows_numbers(text: str, cell: str) -> None:
    assert csv_cell(text) == cell


def test_progress_is_told_by_week_and_reader(home: Home, tmp_path: Path) -> None:
    mine, theirs = Shelf(home), Shelf(Home(tmp_path / "other"))
    claim = mine.note("claim", mine.paper(), statement="Labels suffice", asserted_by="me")
    on(mine, claim, date(2026, 3, 3))
    mine.rate(claim, 0.5, 0.5, "a guess")
    rated_on(mine, date(2026, 3, 4))
    question = theirs.note("question", theirs.paper(DEBATE), body="Does *it* hold?\n\nMore.")
    on(theirs, question, date(2026, 3, 10))
    on(theirs, theirs.note("question", body="Answered?", answer="yes"), date(2026, 3, 10))
    others = library_in(dump_library(theirs.record), str(tmp_path))
    found = weeks([("Ann", mine.record), ("Bob", others)], Period(first=date(2026, 3, 1), last=date(2026, 3, 15)))
    text = render_progress("Progress", found)
    others.close()
    assert headings(text) == [
        (1, "Progress"),
        (2, "2 to 8 March 2026"),
        (3, "Ann"),
        (2, "9 to 15 March 2026"),
        (3, "Bob"),
    ]
    assert "- Labels suffice. (my own)" in text
    assert "- Labels suffice: 50 %. A guess." in text
    assert "- Does it hold?\n" in text
    assert "Answered" not in text
    assert "\n\n\n" not in text


def test_a_pass_counts_as_reading_though_nothing_was_noted(home: Home) -> None:
    from kb.library.passes import Passes

    shelf = Shelf(home)
    Passes(shelf.record).add(shelf.paper().id, Depth.SKIM, {"question": "What?"})
    today = date.today()
    [week] = weeks([("", shelf.record)], Period(first=today, last=today))
    assert "(skimmed, 0 notes)" in render_progress("P", [week])


def test_no_progress_is_said_to_be_none(home: Home) -> None:
    shelf = Shelf(home)
    with pytest.raises(NotFoundError):
        weeks([("", shelf.record)], Period(first=date(2026, 3, 1), last=date(2026, 3, 15)))


@pytest.mark.parametrize("form", [one.name for one in formats_for("page")])
def test_a_report_has_every_format_but_json(form: str) -> None:
    made = page_document("Title", "# Title\n\n- *a* $x_1$\n", form)
    assert made.data
    assert made.kind == form


def test_a_wide_table_is_laid_across(tmp_path: Path) -> None:
    import pymupdf

    table = Table(title="T", headers=("a", "b"), rows=(("1", "two words"),))
    data = table_document(table, "pdf").data
    assert isinstance(data, bytes)
    page = pymupdf.open("pdf", data)[0]
    assert page.rect.width > page.rect.height
    assert "two words" in page.get_text()
