"""Suggestions for and against a claim, and searches kept by name."""

import pytest

from kb.config import Home
from kb.errors import DamagedError, NotFoundError, UsageError
from kb.library.saved_searches import FILE, SavedSearch, forget_search, save_search, saved_search, saved_searches
from kb.recall.stance import sentences, stance
from kb.search.claim_sides import sides_of
from kb.search.search_engine import SearchEngine
from tests.support.filled_library import library


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        ("Debate helps weak judges", "Debate helps judges in our experiments.", "supporting"),
        ("Debate helps weak judges", "We find that debate does not help judges.", "opposing"),
        ("Debate helps weak judges", "Debate fails where arguments are obfuscated.", "opposing"),
        ("Debate does not scale", "Debate cannot be scaled to long arguments.", "supporting"),
        ("Debate does not scale", "Debate scales to long arguments.", "opposing"),
        ("Debate scales", "It is not true that debate fails to scale.", "supporting"),
    ],
)
def test_denials_are_counted(claim: str, sentence: str, expected: str) -> None:
    assert stance(claim, sentence) == expected


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "We thank e.g. our judges. Debate helps weak judges find the truth. More follows."
    assert len(sentences(text)) == 3


def test_entries_of_a_list_are_sentences_without_their_marks() -> None:
    text = "- A reward model is not a likelihood. - Tails decide.\n• Training stops early."
    assert sentences(text) == ["A reward model is not a likelihood.", "Tails decide.", "Training stops early."]


def test_an_entry_of_a_bibliography_speaks_for_nothing(home: Home) -> None:
    entry = "Debate helps weak judges find the truth in most tasks. arXiv:1805.00899"
    with library(home) as shelf:
        shelf.add("References", [f"Irving and Amodei. {entry}", "Weak judges are helped by debate in reading tasks."])
        shelf.drain()
        with SearchEngine(shelf.home, shelf.embedder) as search_engine:
            sides = sides_of(search_engine, "Debate helps weak judges find the truth")
    assert [hit.snippet for hit in sides.supporting] == ["Weak judges are helped by debate in reading tasks."]


def test_both_sides_of_a_claim_are_suggested_as_such(home: Home) -> None:
    with library(home) as shelf:
        shelf.add("For", ["Debate helps weak judges find the truth. It was tried on photographs."])
        shelf.add("Against", ["In reading tasks debate does not help weak judges at all."])
        shelf.add("Elsewhere", ["Sparse autoencoders find features without labels."])
        shelf.drain()
        with SearchEngine(home, shelf.embedder) as search_engine:
            found = sides_of(search_engine, "Debate helps weak judges")
    assert [hit.title for hit in found.supporting] == ["For"]
    assert [hit.title for hit in found.opposing] == ["Against"]
    assert found.supporting[0].snippet == "Debate helps weak judges find the truth."
    assert "Suggested" in found.notice


def test_searches_are_kept_by_name(home: Home) -> None:
    assert saved_searches(home) == ()
    save_search(home, SavedSearch(name="obfuscation", query="agenda:debate obfuscated"))
    save_search(home, SavedSearch(name="all claims", query="kind:claim", where="notes", mode="words"))
    save_search(home, SavedSearch(name="obfuscation", query="agenda:debate obfuscated arguments"))
    assert [search.name for search in saved_searches(home)] == ["all claims", "obfuscation"]
    assert saved_search(home, "obfuscation").query == "agenda:debate obfuscated arguments"
    assert forget_search(home, "all claims").where == "notes"
    with pytest.raises(NotFoundError):
        saved_search(home, "all claims")


def test_a_search_without_a_name_or_a_query_is_refused(home: Home) -> None:
    for search in (SavedSearch(name=" ", query="x"), SavedSearch(name="x", query="")):
        with pytest.raises(UsageError):
            save_search(home, search)
    assert not home.root.exists()


def test_a_damaged_file_of_searches_is_not_written_over(home: Home) -> None:
    home.root.mkdir()
    (home.root / FILE).write_text("[{]")
    with pytest.raises(DamagedError):
        save_search(home, SavedSearch(name="x", query="y"))
    assert (home.root / FILE).read_text() == "[{]"
