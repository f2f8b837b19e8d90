"""``kb concept``: why learn this, and the way there from what is known."""

from kb.config import Home
from tests.cli.conftest import Kb


def test_why_learn_variational_inference(kb: Kb) -> None:
    shown = kb("concept", "show", "variational-inference", "--json").data
    assert {use["name"] for use in shown["agendas"]} >= {"control-as-inference"}
    assert {use["name"] for use in shown["reproductions"]} >= {"rlkl-bayes"}
    assert shown["papers"]
    assert "Why learn this" in kb("concept", "show", "variational inference").out


def test_the_way_to_causal_incentives_gets_shorter_with_what_is_known(kb: Kb) -> None:
    whole = kb("concept", "path", "causal-incentives", "--json").data
    assert whole["minutes"] == sum(step["minutes"] for step in whole["steps"])
    assert kb("concept", "know", "causal-graph").code == 0
    left = kb("concept", "path", "causal-incentives", "--json").data
    assert 0 < left["minutes"] < whole["minutes"]
    assert kb("concept", "forget", "causal-graph").code == 0
    assert kb("concept", "path", "causal-incentives", "--json").data == whole
    assert "min to causal-incentives" in kb("concept", "path", "causal-incentives").out


def test_the_concepts_and_the_four_lessons_are_listed(kb: Kb) -> None:
    listed = kb("concept", "list", "--json").data
    assert len(listed["concepts"]) >= 60
    assert len(listed["lessons"]) >= 4
    assert "next token" in kb("concept", "list", "--lessons").out


def test_a_note_that_names_a_concept_is_shown_with_it(kb: Kb, library: Home) -> None:
    note = kb(
        "note", "add", "--kind", "lesson", "--text", "KL is not symmetric", "--concept", "kl-divergence", "--json"
    )
    assert [one["note"] for one in kb("concept", "show", "kl-divergence", "--json").data["notes"]] == [
        note.data["note"]
    ]


def test_an_unknown_concept_is_not_found(kb: Kb) -> None:
    for command in ("show", "path", "know"):
        result = kb("concept", command, "entropie")
        assert (result.code, "entropy" in result.err) == (3, True)


def test_a_note_names_concepts_that_there_are(kb: Kb) -> None:
    made = kb("note", "add", "--kind", "lesson", "--text", "x", "--concept", "KL divergence", "--json")
    assert made.data["concepts"] == ["kl-divergence"]
    refused = kb("note", "add", "--kind", "lesson", "--text", "y", "--concept", "entropie")
    assert (refused.code, "entropy" in refused.err) == (3, True)
    assert len(kb("notes", "--json").data["notes"]) == 1
