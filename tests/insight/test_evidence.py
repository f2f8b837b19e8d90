"""Evidence keeps its sign along links, and each note counts once."""

import pytest

from kb.insight.evidence import EvidenceGraph
from tests.insight.library import Mind


def sides(mind: Mind, claim: str = "one") -> dict[str, int]:
    return {item.says: item.sign for item in EvidenceGraph(mind.record, [claim]).on(claim)}


def test_notes_bear_on_a_claim_as_the_reader_says(mind: Mind) -> None:
    mind.note("works", "one:supports")
    mind.note("fails", "one:undermines")
    mind.note("is said", "one:neutral")
    mind.note("elsewhere", "two:supports")
    assert sides(mind) == {"works": 1, "fails": -1, "is said": 0}


@pytest.mark.parametrize(
    ("bearing", "link", "sign"),
    [
        ("supports", "supports", 1),
        ("supports", "opposes", -1),
        ("supports", "undercuts", -1),
        ("supports", "fails-to-replicate", -1),
        ("undermines", "supports", -1),
        ("undermines", "opposes", 1),
        ("undermines", "informs", 0),
    ],
)
def test_a_linked_note_speaks_through_the_one_that_it_is_linked_to(
    mind: Mind, bearing: str, link: str, sign: int
) -> None:
    held, other = mind.note("held", f"one:{bearing}"), mind.note("other")
    mind.link(other, link, held, 0.5, "small sample")
    (item,) = [item for item in EvidenceGraph(mind.record, ["one"]).on("one") if item.says == "other"]
    assert (item.sign, item.strength, item.doubt, item.via) == (sign, 0.5, "small sample", held.id)


def test_links_that_carry_no_evidence_are_not_followed(mind: Mind) -> None:
    mind.link(mind.note("a definition"), "defines", mind.note("held", "one:supports"))
    assert sides(mind) == {"held": 1}


def test_strengths_multiply_and_a_circle_ends(mind: Mind) -> None:
    a, b, c = mind.note("a", "one:supports"), mind.note("b"), mind.note("c")
    mind.link(b, "supports", a, 0.5)
    mind.link(c, "opposes", b, 0.5)
    mind.link(a, "supports", c, 0.5)
    found = {item.says: (item.sign, item.strength) for item in EvidenceGraph(mind.record, ["one"]).on("one")}
    assert found == {"a": (1, 1.0), "b": (1, 0.5), "c": (-1, 0.25)}


def test_a_note_that_bears_on_it_itself_is_not_counted_again_through_a_link(mind: Mind) -> None:
    a, b = mind.note("a", "one:supports"), mind.note("b", "one:undermines")
    mind.link(b, "supports", a)
    assert sides(mind) == {"a": 1, "b": -1}


def test_trash_and_removed_links_are_no_evidence(mind: Mind) -> None:
    a, b, c = mind.note("a", "one:supports"), mind.note("b"), mind.note("c")
    mind.link(b, "supports", a)
    mind.link(c, "supports", a)
    mind.notes.trash(b.id)
    mind.links.remove(mind.links.of(c.id)[0].id)
    assert sides(mind) == {"a": 1}


def test_evidence_on_a_claim_that_the_reader_noted_leaves_the_claim_out(mind: Mind) -> None:
    claim, found = mind.note("it scales", kind="claim"), mind.note("a plot")
    mind.link(found, "supports", claim)
    assert [item.says for item in EvidenceGraph(mind.record, claims=[claim.id]).about(claim.id)] == ["a plot"]


def test_what_a_note_was_observed_on_and_whether_it_was_reproduced(mind: Mind) -> None:
    mind.note("run", "one:supports", evidence_kind="reproduction")
    mind.note("said", "one:supports", kind="claim")
    found = {item.says: (item.sort, item.reproduced) for item in EvidenceGraph(mind.record, ["one"]).on("one")}
    assert found == {"run": ("reproduction", True), "said": ("argument", False)}


@pytest.mark.parametrize(("link", "sign"), [("supports", 1), ("opposes", -1)])
def test_a_note_that_only_bears_on_the_agenda_takes_its_side_from_its_link(mind: Mind, link: str, sign: int) -> None:
    claim = mind.note("held", "one:supports", kind="claim")
    mind.link(mind.note("a run", "one:neutral"), link, claim)
    assert sides(mind) == {"held": 1, "a run": sign}
