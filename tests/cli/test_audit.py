"""``kb audit``, ``kb cruxes`` and ``kb strategies``: counts with their rule."""

from kb.config import Home
from tests.cli.conftest import Kb

CLAIM = "so-lies-are-harder"


def test_the_audit_counts_what_was_noted_on_a_claim(kb: Kb, library: Home) -> None:
    assert kb("audit", "--json").data["claims"] == []
    kb("note", "add", "comparisons", "--kind", "evidence", "--text", "works", "--agenda", f"{CLAIM}:supports",
       "--field", "evidence_kind=toy model")  # fmt: skip
    (claim,) = kb("audit", "--json").data["claims"]
    assert (claim["claim"], claim["for"], claim["against"], claim["independent_sources"]) == (CLAIM, 1, 0, 1)
    assert {"never-opposed", "toy-only"} <= set(claim["flags"])
    assert "never-opposed" in kb("audit", CLAIM).out
    assert len(kb("audit", "debate", "--json").data["claims"]) == 6


def test_cruxes_are_ranked_by_a_rule_that_is_shown_and_changed(kb: Kb, home: Home) -> None:
    first = kb("cruxes", "debate", "--json").data
    assert all(one["rank"][0] <= one["rank"][1] for one in first["cruxes"])
    assert kb("cruxes", "--weight", "neglect=2", "--save").code == 0
    assert kb("cruxes", "--json").data["rule"]["weights"]["neglect"] == 2
    assert "2 × neglect" in kb("cruxes", "--rule").out
    assert kb("cruxes", "--weight", "glamour=2").code == 2
    assert kb("cruxes", "nonsense-agenda").code == 3


def test_strategies_are_counted_from_method_notes(kb: Kb, library: Home) -> None:
    assert kb("strategies").code == 0
    kb("note", "add", "comparisons", "--kind", "method", "--text", "Best-of-n", "--field", "outcome=improved",
       "--field", "value=0.6", "--field", "baseline_value=0.5")  # fmt: skip
    (row,) = kb("strategies", "--json").data["strategies"]
    assert (row["approach"], row["outcomes"], row["gains"]) == ("Best-of-n", {"improved": 1}, [0.2])
    assert "+20%" in kb("strategies").out
