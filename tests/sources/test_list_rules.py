"""A list's promises are kept: its weeks and editions, reasons for core entries, and that everything can be had."""

import pytest

from kb.config import Home
from kb.reading.primer_pdf import primer_files
from kb.reproductions.registry import reproductions
from kb.sources.list_lint import lint
from kb.sources.list_rules import lint_promises, weeks_named
from kb.sources.lists import load_lists
from tests.sources.test_list_lint import make

WHY = {"why": "because"}


def test_the_lists_that_come_with_the_program_keep_their_promises(home: Home) -> None:
    primers = primer_files()
    known = {one.id for one in reproductions()}
    found = [
        finding for one in load_lists(home) for finding in lint_promises(one, primers=primers, reproductions=known)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("title", "weeks"),
    [
        ("A course, weeks 3-5 (late edition)", (3, 4, 5)),
        ("weeks 0 and 3-5", (0, 3, 4, 5)),
        ("Weeks 1, 2 and 6–7; week 9 is missing", (1, 2, 6, 7, 9)),
        ("weeks 1 to 3", (1, 2, 3)),
        ("A course of 2024, sessions 1-6", ()),
    ],
)
def test_the_weeks_of_a_title_are_read(title: str, weeks: tuple[int, ...]) -> None:
    assert weeks_named(title) == weeks


def test_a_week_that_the_title_names_must_have_an_entry() -> None:
    (finding,) = lint_promises(make({**WHY, "week": 3}, title="A course, weeks 3-4"))
    assert (finding.field, finding.level) == ("title", "error")
    assert "week 4" in finding.message


def test_an_edition_must_have_an_entry_in_each_week() -> None:
    entries = ({**WHY, "week": 3, "editions": ["2023-q1"]}, {**WHY, "week": 4, "editions": ["2023-q1", "2022-late"]})
    editions = [{"id": "2022-late"}, {"id": "2023-q1"}]
    (finding,) = lint_promises(make(*entries, editions=editions))
    assert "2022-late has no entry in week 3; say which it has" in finding.message
    said = [{"id": "2022-late", "weeks": [4]}, {"id": "2023-q1"}]
    assert lint_promises(make(*entries, editions=said)) == ()


def test_an_edition_that_the_title_names_has_all_weeks_whatever_is_said() -> None:
    entries = ({**WHY, "week": 3, "editions": ["2023-q1"]}, {**WHY, "week": 4, "editions": ["2023-q1", "2022-late"]})
    editions = [{"id": "2022-late", "weeks": [4]}, {"id": "2023-q1"}]
    (finding,) = lint_promises(make(*entries, editions=editions, title="A course (late 2022 and 2023 editions)"))
    assert "take it out of the title" in finding.message


def test_a_week_that_is_said_to_be_there_is_looked_for() -> None:
    one = make({**WHY, "week": 3, "editions": ["a"]}, {**WHY, "week": 4, "editions": ["b"]},
               editions=[{"id": "a", "weeks": [3, 5]}, {"id": "b", "weeks": [4]}])  # fmt: skip
    assert ["a has no entry in week 5" in finding.message for finding in lint_promises(one)] == [True]


def test_a_list_without_weeks_promises_none() -> None:
    assert lint_promises(make({**WHY, "editions": ["a"]}, editions=[{"id": "a"}, {"id": "b"}])) == ()


def test_a_core_entry_without_a_reason_is_named_and_a_further_one_is_not() -> None:
    (finding,) = lint_promises(make({}, {"level": "further"}))
    assert (finding.entry, finding.field, finding.level) == ("e1", "why", "warning")


@pytest.mark.parametrize(
    ("entry", "field", "says"),
    [
        ({"kind": "exercise", "url": None}, "portion", "what there is to do"),
        ({"kind": "primer", "url": None, "primer": "nothing"}, "primer", "no primer 'nothing'"),
        ({"kind": "exercise", "url": None, "reproduction": "nothing"}, "reproduction", "no reproduction 'nothing'"),
    ],
)
def test_what_is_only_a_title_is_named(entry: dict[str, object], field: str, says: str) -> None:
    one = make({**WHY, **entry})
    (finding,) = lint_promises(one, primers={"a"}, reproductions={"b"})
    assert (finding.field, finding.level) == (field, "error")
    assert says in finding.message


def test_what_comes_with_the_program_needs_no_address() -> None:
    entries = [
        {"kind": "primer", "primer": "a"},
        {"kind": "exercise", "reproduction": "b"},
        {"kind": "exercise", "portion": "do it"},
    ]
    one = make(*({**WHY, "url": None, **entry} for entry in entries))
    assert lint(one) == lint_promises(one, primers={"a"}, reproductions={"b"}) == ()
