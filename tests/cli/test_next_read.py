"""``kb next``, ``kb terms`` and ``kb pass``: reasons, meanings, and predictions with their scores."""

from kb.config import Home
from tests.cli.conftest import Kb


def test_the_next_read_says_why(kb: Kb, library: Home) -> None:
    found = kb("next", "--minutes", "30", "--json").data["next"]
    assert len(found) == 3
    assert all(one["minutes"] <= 30 and one["reasons"] for one in found)
    assert "because" in kb("next", "--list", "agisf-2022").out


def test_nothing_fits_a_minute(kb: Kb) -> None:
    result = kb("next", "--minutes", "1", "--json")
    assert (result.code, result.data["next"]) == (3, [])


def test_terms_stand_side_by_side(kb: Kb, library: Home) -> None:
    for more in (("comparisons",), ()):
        made = kb("note", "add", *more, "--kind", "term", "--text", "Reward", "--field", "definition=a number")
        assert made.code == 0
    (term,) = kb("terms", "rewards", "--json").data["terms"]
    assert [meaning["definition"] for meaning in term["meanings"]] == ["a number", "a number"]
    assert "in my own words" in kb("terms").out
    assert kb("terms", "policy").code == 3


def test_a_prediction_is_made_before_the_results_and_scored_after(kb: Kb, library: Home) -> None:
    assert "What does it ask?" in kb("pass", "add", "comparisons", "skim").out
    made = kb("pass", "add", "comparisons", "skim", "--answer", "question=Can people teach?", "--predict",
              "it takes fewer labels", "--p", "80%", "--json").data  # fmt: skip
    assert made["prediction"]["p"] == 0.8
    assert round(kb("pass", "score", made["id"], "false", "--json").data["score"], 2) == 0.64
    listed = kb("pass", "list", "--json").data
    assert (listed["predictions"], round(listed["mean_score"], 2)) == (1, 0.64)
    assert kb("papers", "--state", "skimmed", "--json").data["papers"]
    assert kb("pass", "score", made["id"], "perhaps").code == 2
    assert kb("pass", "add", "comparisons", "glance").code == 2
    assert kb("pass", "add", "comparisons", "skim", "--answer", "thrust=x").code == 2
