"""What is wrong with a paper's text, told from the report of its parse, and what a reader can do about it."""

from collections.abc import Iterator
from typing import NamedTuple

from kb.models.text import ParseReport
from kb.reading.structure.quality import COVERED, FITTING

EMPTY = 0.3
"""Share of a paper's pages without text from which something is missing; plates and blank pages are fewer."""


class Problem(NamedTuple):
    """What is wrong, and the command that may help."""

    what: str
    next: str


def problems(report: ParseReport, paper: str) -> tuple[Problem, ...]:
    """What a reader must know before trusting the text; nothing for most papers, and for saved web pages."""
    return tuple(_problems(report, paper)) if report.parser.startswith("pymupdf") else ()


def _problems(report: ParseReport, paper: str) -> Iterator[Problem]:
    if report.pages and report.empty_pages == report.pages:
        yield Problem("no text layer: nothing in it can be searched or quoted", f"kb reindex {paper} --ocr")
    elif report.empty_pages > EMPTY * report.pages:
        yield Problem(f"{report.empty_pages} of {report.pages} pages have no text", f"kb reindex {paper} --ocr")
    if report.garbled_pages:
        yield Problem(f"garbled text on {_pages(report.garbled_pages)}", f"kb reindex {paper} --ocr")
    if any("is damaged" in warning for warning in report.warnings):
        yield Problem("the file is damaged, and a part of it may be missing", "fetch it again, or kb add a whole copy")
    if report.coverage is not None and report.coverage < COVERED:
        yield Problem(f"{_percent(1 - report.coverage)} of its words are not in the text", _look_again(report, paper))
    if report.outline_found is not None and report.outline_found < FITTING:
        missing = _percent(1 - report.outline_found)
        yield Problem(f"{missing} of its outline's headings are not in the text", _look_again(report, paper))


def summary(report: ParseReport) -> str:
    """The report in one line."""
    told = [f"stage {report.stage}"]
    if report.coverage is not None:
        told.append(f"{_percent(report.coverage)} of the words are in the text")
    told += [f"left out: {kind}" for kind in report.left_out]
    told.append(_HEADINGS.get(report.outline, report.outline))
    if report.recognised_pages:
        told.append(f"{_pages(report.recognised_pages)} recognised from pictures")
    return " · ".join(told)


_HEADINGS = {
    "embedded": "headings from the file's outline",
    "layout": "headings as the layout shows them",
    "typography": "headings told by their type",
    "none": "no headings found",
}


def _look_again(report: ParseReport, paper: str) -> str:
    return f"kb reindex {paper} --layout" if report.stage < 2 else f"compare it with the file: kb open {paper}"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
