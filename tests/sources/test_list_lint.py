"""The linter names what is wrong with a list, and finds nothing wrong with those that come with the program."""

from datetime import UTC, datetime

import pytest

from kb.config import Home
from kb.errors import ItemFailedError
from kb.models.paper import PaperDraft
from kb.models.reading_list import Entry, ReadingList
from kb.sources.arxiv import ArxivMiss, ArxivRecord
from kb.sources.list_lint import lint, lint_answers, lint_seen
from kb.sources.lists import load_lists


def make(*entries: dict[str, object], **fields: object) -> ReadingList:
    """A list of entries that are fine but for what is given."""
    built = [
        Entry.model_validate(
            {"id": f"e{n}", "order": n, "title": f"Title {n}", "url": f"https://example.org/{n}", **entry}
        )
        for n, entry in enumerate(entries, 1)
    ]
    return ReadingList.model_validate(
        {"id": "mine", "title": "Mine", "edition": "1", "source": "me", "entries": built, **fields}
    )


def test_the_lists_that_come_with_the_program_are_clean(home: Home) -> None:
    assert [finding for one in load_lists(home) for finding in lint(one)] == []


@pytest.mark.parametrize(
    ("entries", "field", "says"),
    [
        ([{}, {"id": "e1"}], "id", "'e1' is there twice"),
        ([{}, {"order": 1}], "order", "1 is there twice"),
        ([{}, {"order": 3}], "order", "nothing has the order 2"),
        ([{"arxiv_id": "1706.03741"}, {"arxiv_id": "1706.03741"}], "arxiv_id", "same work as e1"),
        ([{}, {"url": "https://example.org/1"}], "url", "same work as e1"),
        ([{"duplicate_of": "e9"}], "duplicate_of", "no entry before it"),
        ([{"url": None}], "url", "neither"),
        ([{"url": "example.org"}], "url", "not a web address"),
        ([{"arxiv_id": "1706.3741x"}], "arxiv_id", "not an arXiv id"),
        ([{"paper_arxiv_id": "1706.03741v4"}], "paper_arxiv_id", "names a version"),
        ([{"minutes": 0}], "minutes", "more than 0"),
        ([{"agendas": ["debates"]}], "agendas", "unknown: debates; did you mean debate?"),
        ([{"agendas": ["Debate!"]}], "agendas", "small letters"),
        ([{"concepts": ["kl"]}], "concepts", "unknown: kl"),
        ([{"further_in": ["2024"]}], "further_in", "not in the edition"),
        ([{"editions": ["2024"], "further_in": ["2024"], "level": "further"}], "further_in", "anyway"),
    ],
)
def test_each_mistake_is_named(entries: list[dict[str, object]], field: str, says: str) -> None:
    (finding,) = lint(make(*entries), agendas={"debate", "rlhf"}, concepts={"kl-divergence"})
    assert finding.field == field
    assert says in finding.message
    assert finding.list == "mine"
    assert finding.entry == f"e{len(entries)}" or "order" in field or "id" in field


def test_an_edition_that_is_not_declared_is_named() -> None:
    (finding,) = lint(make({"editions": ["2025"]}, editions=[{"id": "2024"}]))
    assert "2025" in finding.message


def test_one_work_in_two_editions_is_no_mistake() -> None:
    same = {"arxiv_id": "1706.03741"}
    assert lint(make({**same, "editions": ["a"]}, {**same, "editions": ["b"]})) == ()
    assert lint(make(same, {**same, "duplicate_of": "e1"})) == ()


def record(**fields: object) -> ArxivRecord:
    """What arXiv says of a paper."""
    base = {
        "asked": "1706.03741",
        "draft": PaperDraft(title="Title 1", arxiv_id="1706.03741"),
        "version": 1,
        "updated": datetime(2020, 1, 1, tzinfo=UTC),
        "withdrawn": False,
        "pdf_url": "",
    }
    return ArxivRecord.model_validate({**base, **fields})


@pytest.mark.parametrize(
    ("answer", "level", "says"),
    [
        (
            ArxivMiss("1706.03741", ItemFailedError("arXiv has no paper 1706.03741", "left out")),
            "error",
            "has no paper",
        ),
        (record(withdrawn=True, comment="Withdrawn due to an error"), "warning", "Withdrawn due to"),
        (record(comment="Superseded by arXiv:2001.00001"), "warning", "superseded by arXiv:2001.00001"),
        (record(draft=PaperDraft(title="Something quite different altogether")), "warning", "arXiv's title is"),
    ],
)
def test_what_arxiv_says_against_an_entry_is_named(answer: ArxivRecord | ArxivMiss, level: str, says: str) -> None:
    one = make({"arxiv_id": "1706.03741"})
    (finding,) = lint_answers(one, {"1706.03741": answer})
    assert (finding.level, finding.field) == (level, "arxiv_id")
    assert says in finding.message


def test_a_good_answer_and_no_answer_are_fine() -> None:
    one = make({"arxiv_id": "1706.03741"}, {"paper_arxiv_id": "1805.00899"})
    assert lint_answers(one, {"1706.03741": record()}) == ()


def test_an_id_that_was_not_seen_beside_its_title_says_what_was() -> None:
    (found,) = lint_seen(make({}, {"checked": False}, {"checked": False, "note": "second hand"}))
    assert (found.entry, found.field) == ("e2", "checked")
    assert lint_seen(make({"checked": False, "source": "a syllabus"})) == ()
