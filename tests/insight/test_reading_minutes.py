"""Minutes come from the surest source there is, say which it was, and follow the reader's pace once it is known."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.insight.reading_minutes import ReadingMinutes, own_pace
from kb.library.reading_sessions import ReadingSessions
from kb.models.minutes import Basis, Minutes, TextLength, WorkLength, minutes_of, work_of
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry
from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport
from kb.recall.main_text import main_words
from kb.recall.text_lengths import text_lengths
from kb.recall.texts import Texts
from tests.insight.library import Mind

TEXT = TextLength(words=6000, pages=20)


@pytest.mark.parametrize(
    ("work", "text", "minutes", "told"),
    [
        ({"minutes": 25}, TEXT, 40, "40 min (by its words)"),
        ({"minutes": 25, "portion": "sections 1-3"}, TEXT, 25, "25 min"),
        ({"minutes": 25}, None, 25, "25 min"),
        ({"minutes": 25}, TextLength(words=120, pages=9), 25, "25 min"),
        ({}, TextLength(words=120, pages=9), 33, "~33 min (by its kind, ±16 %)"),
        ({"words": 4500}, None, 30, "30 min (by its words)"),
        ({"pages": 10}, None, 37, "~37 min (by its pages, ±11 %)"),
        ({}, TextLength(pages=20), 39, "~39 min (by its pages, ±34 %)"),
        ({}, None, 33, "~33 min (by its kind, ±16 %)"),
        ({"portion": "section 1", "words": 9000}, TEXT, 33, "~33 min (by its kind)"),
        ({"kind": "post"}, TextLength(words=2300), 10, "10 min (by its words)"),
        ({"kind": "book", "form": "book-chapter"}, None, 120, "~120 min (by its kind)"),
        ({"kind": "video", "minutes": 23}, TEXT, 23, "23 min"),
        ({"kind": "exercise", "minutes": 30}, None, 30, "30 min"),
    ],
)
def test_the_surest_source_counts_and_is_said(
    work: dict[str, Any], text: TextLength | None, minutes: int, told: str
) -> None:
    found = minutes_of(WorkLength(**work), text)
    assert (found.value, found.told) == (minutes, told)


@pytest.mark.parametrize("kind", list(PaperKind))
def test_there_are_minutes_for_every_kind(kind: PaperKind) -> None:
    assert minutes_of(WorkLength(kind=kind)).is_rough


def test_the_readers_pace_takes_the_place_of_the_rule_for_what_is_read() -> None:
    assert minutes_of(WorkLength(minutes=20), None, 1.5) == Minutes(value=30, basis=Basis.LIST, own_pace=True)
    assert minutes_of(WorkLength(minutes=20), None, 1.5).told == "30 min (at your pace)"
    assert minutes_of(WorkLength(kind="video", minutes=20), None, 1.5).value == 20


def test_words_count_up_to_the_references() -> None:
    texts = ["Title here", "Some text of a paper", "References", "Ada Lovelace. A paper."]
    kinds = [BlockKind.TITLE, BlockKind.TEXT, BlockKind.HEADING, BlockKind.TEXT]
    blocks = [
        Block(index=n, kind=kind, text=text, page=3 + n)
        for n, (kind, text) in enumerate(zip(kinds, texts, strict=True))
    ]
    assert main_words(blocks) == 6
    assert main_words([block.model_copy(update={"page": 1}) for block in blocks[:2]]) == 6
    contents = [block.model_copy(update={"page": 1 if block.index == 2 else 9}) for block in blocks]
    assert main_words(contents) > 6, "a line of the contents on the first page ends nothing"
    assert main_words([]) == 0


def test_what_is_counted_when_a_text_is_kept_is_found_again(tmp_path: Path) -> None:
    block = Block(index=0, kind=BlockKind.TEXT, text="three short words", page=1)
    document = ParsedDocument(sha256="a" * 64, report=ParseReport(stage=1, parser="p", pages=4), blocks=(block,))
    assert text_lengths(tmp_path / "texts.db") == {}
    with Texts(tmp_path / "texts.db") as texts:
        texts.put("paper", document)
        texts.put_card("other", "Title", "an abstract")
    assert text_lengths(tmp_path / "texts.db") == {"paper": TextLength(words=3, pages=4)}


def read(mind: Mind, title: str, seconds: int, share: float) -> str:
    paper = mind.paper(title)
    ReadingSessions(mind.record).keep(paper.id, 0, ((0, int(1000 * share)),), seconds, date(2026, 1, 2))
    return paper.id


def test_a_pace_is_known_after_three_papers_that_were_read_through(mind: Mind) -> None:
    readings = ReadingSessions(mind.record)
    papers = [read(mind, f"Paper {n}", 3600, 1.0) for n in range(3)]
    looked_into = [read(mind, "Skimmed", 3600, 0.2), read(mind, "Opened", 60, 1.0)]
    texts = dict.fromkeys([*papers, *looked_into], TextLength(words=4500))
    kinds = dict.fromkeys(texts, "paper")
    assert own_pace(texts, kinds, readings) == pytest.approx(2.0), "an hour for what the rule gives half an hour"
    assert own_pace({papers[0]: texts[papers[0]]}, kinds, readings) is None
    assert own_pace({}, kinds, readings) is None


def test_half_of_a_text_counts_as_half_and_one_long_night_does_not_count_alone(mind: Mind) -> None:
    papers = [read(mind, f"Paper {n}", 900, 0.5) for n in range(2)] + [read(mind, "Night", 90_000, 1.0)]
    texts = dict.fromkeys(papers, TextLength(words=4500))
    assert own_pace(texts, dict.fromkeys(papers, "paper"), ReadingSessions(mind.record)) == pytest.approx(1.0)


def test_an_entry_goes_by_its_own_text_and_not_by_the_paper_behind_it() -> None:
    minutes = ReadingMinutes({"p": TEXT}, {"p": "paper"})
    paper = Entry(id="a", order=1, title="A", arxiv_id="1805.00899", minutes=35)
    post = Entry(id="b", order=2, title="B", kind=PaperKind.POST, paper_arxiv_id="1805.00899", minutes=15)
    found = minutes.of_list([paper, post], {"a": ("p",), "b": ("p",)})
    assert {name: one.value for name, one in found.items()} == {"a": 40, "b": 15}
    assert minutes.of_entry(paper).value == 35
    assert work_of(paper).minutes == 35


def test_coverage_counts_all_minutes_and_those_that_are_left(mind: Mind) -> None:
    mind.listed(
        {"id": "e1", "title": "One", "minutes": 20, "url": "https://example.org/1"}, {"id": "e2", "title": "Two"}
    )
    done = mind.paper("One", url="https://example.org/1", state="read")
    mind.reading_lists.attach("course", "e1", done.id)
    (row,) = mind.reading_lists.coverage("course")
    assert (row.minutes, row.minutes_left) == (53, 33)
    (own,) = mind.reading_lists.coverage("course", minutes={"e2": 50})
    assert (own.minutes, own.minutes_left) == (70, 50)
