"""``kb anchors``: quotes that are not found as they were are reported, and mended by hand."""

from kb.config import Home
from tests.cli.conftest import Kb

QUOTE = "Computing machinery and intelligence. Mind, 1950."


def test_quotes_that_are_found_are_no_trouble(kb: Kb, library: Home) -> None:
    kb("note", "add", "comparisons", "--kind", "highlight", "--quote", QUOTE)
    report = kb("anchors", "--json").data
    assert (report["counts"]["exact"], report["anchors"]) == (1, [])
    (found,) = kb("anchors", "--state", "exact", "--json").data["anchors"]
    assert found["anchor"]["quote"] == QUOTE
    assert kb("anchors", "--state", "perfect").code == 2


def test_a_quote_that_is_not_there_is_reported_and_mended(kb: Kb, library: Home) -> None:
    lost = kb(
        "note", "add", "comparisons", "--kind", "evidence", "--text", "x", "--quote", "Sheep dream.", "--json"
    ).data
    (reported,) = kb("anchors", "--json").data["anchors"]
    assert (reported["note"], reported["anchor"]["state"]) == (lost["note"], "orphaned")
    assert "Sheep dream." in kb("anchors").out
    assert kb("anchors", "mend", lost["note"]).code == 2
    assert kb("anchors", "mend", lost["note"], "--quote", "Still not there at all.").code == 3
    mended = kb("anchors", "mend", lost["note"], "--quote", QUOTE, "--json").data
    assert (mended["anchor"]["state"], mended["anchor"]["quote"]) == ("exact", QUOTE)
    assert kb("anchors", "--json").data["anchors"] == []
    kb("note", "undo", lost["note"])
    assert kb("anchors", "--json").data["counts"]["orphaned"] == 1


def test_the_words_that_are_nearest_are_taken_where_none_are_given(kb: Kb, library: Home) -> None:
    near = QUOTE.replace("machinery", "machines")
    changed = kb("note", "add", "comparisons", "--kind", "highlight", "--quote", near, "--json").data
    assert changed["anchor"]["state"] == "changed"
    assert kb("anchors", "mend", changed["note"], "--json").data["anchor"]["state"] == "exact"


def test_a_note_without_that_quote_has_nothing_to_mend(kb: Kb, library: Home) -> None:
    note = kb("note", "add", "--kind", "idea", "--text", "x", "--json").data["note"]
    assert kb("anchors", "mend", note, "--quote", QUOTE).code == 2
