"""The audit counts what was noted: sources by new authors, kinds, the other side, and what is missing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.insight.audit import Audited, Auditor, author_groups, independent_sources
from kb.models.paper import Paper
from tests.insight.library import Mind

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def paper(name: str, *authors: str, year: int = 2020) -> Paper:
    return Paper(id=name, key=name, title=name, authors=authors, year=year, added_at=NOW)


def audit(mind: Mind, claim: str = "one") -> Audited:
    found = Auditor(mind.record, mind.agenda_index, NOW).agendas(["debate"])
    return next(one for one in found if one.subject.id == claim)


@pytest.mark.parametrize(
    ("papers", "independent", "groups"),
    [
        ([], 0, 0),
        ([("a", "b")], 1, 1),
        ([("a x", "b x"), ("c x", "d x")], 2, 2),
        ([("a x", "b y"), ("a x", "c z")], 1.5, 1),
        ([("Ada Lovelace",), ("Lovelace, A.",)], 1, 1),
        ([("a x",), ("b y",), ("a x", "b y")], 2, 1),
        ([(), ()], 2, 2),
    ],
)
def test_sources_count_as_far_as_their_authors_are_new(
    papers: list[tuple[str, ...]], independent: float, groups: int
) -> None:
    made = [paper(f"p{place}", *authors, year=2000 + place) for place, authors in enumerate(papers)]
    assert (independent_sources(made), author_groups(made)) == (independent, groups)


@given(st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), max_size=6))
def test_independent_sources_are_never_more_than_papers_nor_fewer_than_groups(authors: list[set[str]]) -> None:
    papers = [paper(f"p{place}", *(f"{name} {name}" for name in sorted(names))) for place, names in enumerate(authors)]
    assert author_groups(papers) <= independent_sources(papers) + 1e-2
    assert independent_sources(papers) <= len(papers)


def test_a_claim_without_notes_is_called_that(mind: Mind) -> None:
    assert audit(mind).flags == ("no-evidence",)


def test_one_group_of_authors_with_toys_alone_and_nobody_against(mind: Mind) -> None:
    for title in ("A", "B"):
        mind.note(title, "one:supports", paper=mind.paper(title, year=2019), evidence_kind="toy model")
    found = audit(mind)
    assert set(found.flags) == {"one-sided", "never-opposed", "toy-only", "single-author-group", "stale"}
    assert (found.independent, found.groups, found.sorts, found.newest) == (1, 1, {"toy model": 2}, 2019)


def test_evidence_from_both_sides_and_of_size_raises_no_flag(mind: Mind) -> None:
    mind.note("works", "one:supports", paper=mind.paper("A", year=2025), evidence_kind="frontier model")
    mind.note("fails a bit", "one:undermines", paper=mind.paper("B", ["Alan Turing"], year=2024))
    weak = mind.note("hint", paper=mind.paper("C", ["Grace Hopper"]))
    mind.link(weak, "opposes", mind.notes.all()[-1], 0.2)
    found = audit(mind)
    assert found.flags == ()
    assert (found.supporting, found.opposing, found.independent, found.groups) == (1, 2, 3, 3)
    assert found.strongest_against
    assert found.strongest_against.says == "fails a bit"


def test_a_credence_that_was_rated_before_the_newest_evidence_is_behind(mind: Mind) -> None:
    mind.rate("one", 0.5)
    mind.note("news", "one:supports")
    assert "credence-behind" in audit(mind).flags
    mind.rate("one", 0.6)
    assert "credence-behind" not in audit(mind).flags


def test_what_the_reader_reproduced_is_said(mind: Mind) -> None:
    mind.note("my run", "one:supports", evidence_kind="reproduction")
    assert audit(mind).reproduced
    assert not audit(mind, "two").reproduced


def test_claims_of_the_readers_own_are_audited_by_their_links(mind: Mind) -> None:
    claim, lonely = mind.note("it scales", kind="claim"), mind.note("nothing on it", kind="claim")
    mind.link(mind.note("a plot"), "opposes", claim)
    auditor = Auditor(mind.record, mind.agenda_index, NOW)
    assert [(one.subject.id, one.opposing) for one in auditor.notes()] == [(claim.id, 1)]
    assert [one.flags for one in auditor.notes([lonely.id])] == [("no-evidence",)]
