"""What is wrong with a text, and what helps."""

import pytest

from kb.insight.parse_quality import problems, summary
from kb.models.text import ParseReport

GOOD = ParseReport(stage=2, parser="pymupdf 2.0 layout/2", pages=10, coverage=0.99, outline="layout")


@pytest.mark.parametrize("change", [{}, {"empty_pages": 2}, {"outline_found": 0.9}, {"warnings": ("2 of 9",)}])
def test_most_papers_have_none(change: dict[str, object]) -> None:
    assert problems(GOOD.model_copy(update=change), "key") == ()


@pytest.mark.parametrize(
    ("change", "what", "helps"),
    [
        ({"empty_pages": 10}, "no text layer", "kb reindex key --ocr"),
        ({"empty_pages": 4}, "4 of 10 pages", "kb reindex key --ocr"),
        ({"garbled_pages": 1}, "garbled text on 1 page", "kb reindex key --ocr"),
        ({"coverage": 0.5}, "50 % of its words", "kb open key"),
        ({"coverage": 0.5, "stage": 1}, "50 % of its words", "kb reindex key --layout"),
        ({"outline_found": 0.25}, "75 % of its outline", "kb open key"),
        ({"warnings": ("the file is damaged, as after",)}, "damaged", "kb add"),
    ],
)
def test_each_names_what_helps(change: dict[str, object], what: str, helps: str) -> None:
    (problem,) = problems(GOOD.model_copy(update=change), "key")
    assert what in problem.what
    assert helps in problem.next


def test_a_web_page_is_judged_by_its_own_reader() -> None:
    page = GOOD.model_copy(update={"parser": "trafilatura 2 page/1", "coverage": 0.5})
    assert problems(page, "key") == ()


def test_the_report_fits_a_line() -> None:
    assert summary(GOOD) == "stage 2 · 99 % of the words are in the text · headings as the layout shows them"
