"""Two libraries side by side: the same claims found again, gaps told, and evidence that only one has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Home
from kb.insight.compare import ComparedPosition, Comparison, Side, compare
from kb.models.credence import Subject, SubjectKind
from kb.models.note import Note
from tests.insight.library import Mind


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Mind]:
    """Somebody else's library."""
    made = Mind(Home(tmp_path / "other"))
    yield made
    made.record.close()


def compared(mind: Mind, other: Mind) -> Comparison:
    """Both, with the agenda of the tests."""
    sides = [Side(one.home, one.record) for one in (mind, other)]
    for side, one in zip(sides, (mind, other), strict=True):
        side._agenda_index = one.agenda_index
    return compare(*sides)


def claimed(mind: Mind, says: str, p: float | None = None) -> Note:
    """A claim of the reader's own, with a credence in it."""
    note = mind.note(says, kind="claim")
    if p is not None:
        mind.credences.add(Subject(kind=SubjectKind.NOTE, id=note.id, statement=says), p, reason=f"because of {p}")
    return note


def only(found: Comparison) -> ComparedPosition:
    """The one position there is."""
    (position,) = found.positions
    return position


def test_the_same_link_of_a_chain_is_one_position(mind: Mind, other: Mind) -> None:
    mind.rate("one", 0.8, reason="seen it work")
    other.rate("one", 0.3, 0.5, reason="seen it fail")
    position = only(compared(mind, other))
    assert (position.by, position.statement, round(position.gap or 0, 2)) == ("the same claim", "Claim one.", 0.4)
    assert position.mine
    assert position.theirs
    assert (position.mine.reason, position.theirs.words) == ("seen it work", "30–50 %")


@pytest.mark.parametrize(
    ("theirs", "by"),
    [
        ("Debate scales with compute!", "the same words"),
        ("Debate scales well with compute", "nearly the same words"),
        ("Debate scales not with compute", ""),
        ("Something else altogether", ""),
    ],
)
def test_claims_of_their_own_are_matched_by_their_words(mind: Mind, other: Mind, theirs: str, by: str) -> None:
    claimed(mind, "Debate scales with compute", 0.9)
    claimed(other, theirs, 0.2)
    found = compared(mind, other).positions
    assert found[0].by == by
    assert (found[0].gap is not None) == bool(by)
    assert len(found) == (1 if by else 2)


def test_evidence_that_only_one_has_is_told(mind: Mind, other: Mind) -> None:
    paper = mind.paper("A toy judge")
    mind.note("It held on digits", "one:supports", paper=paper)
    mind.note("Both saw this", "one:supports")
    other.note("both saw this.", "one:supports")
    other.note("Judges were fooled", "one:undermines")
    mind.rate("one", 0.7)
    other.rate("one", 0.2)
    position = only(compared(mind, other))
    assert position.shared == 1
    assert position.mine
    assert position.theirs
    assert [(item.says, item.side, item.paper) for item in position.mine.only] == [
        ("It held on digits", "for", "A toy judge")
    ]
    assert [(item.says, item.side) for item in position.theirs.only] == [("Judges were fooled", "against")]


def test_widest_gaps_come_first_and_what_one_alone_holds_last(mind: Mind, other: Mind) -> None:
    for name, mine, theirs in (("one", 0.5, 0.6), ("two", 0.1, 0.9)):
        mind.rate(name, mine)
        other.rate(name, theirs)
    mind.rate("three", 0.5)
    claimed(other, "Only they wrote this")
    found = compared(mind, other).positions
    assert [one.statement for one in found] == ["Claim two.", "Claim one.", "Claim three.", "Only they wrote this"]


def test_who_has_read_what(mind: Mind, other: Mind) -> None:
    both = {"title": "Concrete problems", "arxiv_id": "1606.06565", "state": "read"}
    mind.paper(**both)
    other.paper(**{**both, "title": "Concrete Problems in AI Safety"})
    mind.paper("Mine alone", state="studied")
    other.paper("Theirs alone", state="read")
    other.paper("Not read yet", state="queued")
    found = compared(mind, other)
    assert (found.read_by_both, found.only_i_read, found.only_they_read) == (1, ("Mine alone",), ("Theirs alone",))


def test_two_empty_libraries_differ_in_nothing(mind: Mind, other: Mind) -> None:
    assert compared(mind, other) == Comparison(positions=(), read_by_both=0, only_i_read=(), only_they_read=())


def test_a_library_does_not_differ_from_itself(mind: Mind) -> None:
    mind.rate("one", 0.7)
    mind.note("It held on digits", "one:supports")
    claimed(mind, "Debate scales", 0.5)
    found = compared(mind, mind)
    assert [one.gap for one in found.positions] == [0, 0]
    assert all(not (side and side.only) for one in found.positions for side in (one.mine, one.theirs))
