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


def test_a_card_says_why_what_explains_it_its_canonical_work_and_a_question(kb: Kb) -> None:
    shown = kb("concept", "show", "debate", "--json").data
    assert shown["why"].endswith(".")
    assert shown["learn_from"][0]["url"] == "https://openai.com/blog/debate/"
    assert (shown["canonical"]["cite"], shown["canonical"]["url"]) == ("1805.00899", "https://arxiv.org/abs/1805.00899")
    assert set(shown["check"]) == {"question", "answer"}
    told = kb("concept", "show", "KL").out
    for part in ("Formula", "Example", "Learn it from", "Canonical work", "Skip it if you can answer"):
        assert part in told
    assert "D_{KL}" in told


def test_a_step_of_a_path_says_why_how_long_and_where(kb: Kb) -> None:
    path = kb("concept", "path", "debate", "--json").data
    for step in path["steps"]:
        assert step["concepts"]
        assert step["why"]
        assert step["minutes"] >= 0
        assert {"title", "cite", "url"} <= set(step["reading"])
    last = path["steps"][-1]
    assert (last["canonical"], last["reading"]["cite"], last["reading"]["section"]) == (
        True,
        "1805.00899",
        "sections 1-3",
    )
    assert "canonical work" in kb("concept", "path", "debate").out


def test_a_path_without_a_canonical_work_says_so(kb: Kb) -> None:
    path = kb("concept", "path", "interpretability", "--json").data
    assert not any(step["canonical"] for step in path["steps"])
    assert path["canonical"].startswith("No single work is canonical")
    assert "No canonical work:" in kb("concept", "path", "interpretability").out


def test_no_school_book_word_is_taught_by_a_research_paper(kb: Kb) -> None:
    for goal in ("debate", "deceptive-alignment", "rlhf", "causal-incentives", "interpretability"):
        steps = kb("concept", "path", goal, "--json").data["steps"]
        assert [step["reading"]["title"] for step in steps if step["reading"]["kind"] == "paper"] == [
            step["reading"]["title"] for step in steps if step["canonical"]
        ]


def test_the_lint_names_what_is_wrong_with_the_readers_own_concepts(kb: Kb, library: Home) -> None:
    (library.root / "concepts.yaml").write_text("concepts:\n- {id: mine, title: Mine, definition: A thing.}\n", "utf-8")
    linted = kb("concept", "lint", "--json")
    own = {(one["field"], one["message"]) for one in linted.data["findings"] if one["entry"] == "mine"}
    assert linted.code == 1
    assert {field for field, _ in own} == {"why", "learn_from", "check", "exercise", "canonical"}
    assert "mine why: it has no why" in kb("concept", "lint").out
