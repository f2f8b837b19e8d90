"""Searching by words: what a reader types is data, stems meet, and nothing that was typed is an error."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.config import Home
from kb.recall.full_text import FullTextSearch, snippet
from kb.recall.query import match_expression, wanted
from kb.recall.texts import Texts
from tests.support.documents import document


@pytest.fixture
def words(home: Home) -> FullTextSearch:
    with Texts(home.texts) as texts:
        texts.put("debate", document("d", ["Two agents debate before a judge.", "A judge rewards honest arguments."]))
        texts.put("reward", document("r", ["Reward models are trained on preferences.", "The model is not a judge."]))
    return FullTextSearch(home)


def _texts(home: Home, ids: list[str]) -> list[str]:
    with Texts(home.texts) as texts:
        return [texts.passage(id_).text for id_ in ids]


def test_words_meet_their_other_forms(words: FullTextSearch, home: Home) -> None:
    found = [candidate.id for candidate in words.passages("debating judges", 10)]
    assert _texts(home, found)[0] == "Two agents debate before a judge."
    assert len(found) == 3


def test_rarer_words_count_for_more(words: FullTextSearch, home: Home) -> None:
    found = words.passages("judge preferences", 10)
    assert _texts(home, [found[0].id]) == ["Reward models are trained on preferences."]
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)


def test_a_phrase_must_stand_as_it_is(words: FullTextSearch, home: Home) -> None:
    assert _texts(home, [c.id for c in words.passages('judge "honest arguments"', 10)]) == [
        "A judge rewards honest arguments."
    ]
    assert words.passages('"arguments honest"', 10) == []


def test_what_is_unwanted_stays_out(words: FullTextSearch, home: Home) -> None:
    found = _texts(home, [c.id for c in words.passages("judge -debate -honest", 10)])
    assert found == ["The model is not a judge."]


def test_a_search_can_be_narrowed_to_papers(words: FullTextSearch) -> None:
    assert len(words.passages("judge", 10, papers=["reward"])) == 1
    assert words.passages("judge", 10, papers=[]) == []


def test_the_last_word_may_be_the_beginning_of_one_while_typing(words: FullTextSearch) -> None:
    assert words.passages("agents pref", 10, typing=True)[0].score > 0
    assert len(words.passages("pref", 10, typing=True)) == 1
    assert words.passages("pref", 10) == []


def test_stop_words_alone_are_still_searched(words: FullTextSearch) -> None:
    assert wanted("what is the debate").words == ("debate",)
    assert wanted("to be or not to be").words == ("to", "be", "or", "not")
    assert len(words.passages("not the", 10)) == 1


def test_nothing_is_found_before_anything_is_there(home: Home) -> None:
    assert FullTextSearch(home).passages("anything", 10) == []


def test_a_file_of_texts_that_is_made_anew_is_seen(words: FullTextSearch, home: Home) -> None:
    assert words.passages("judge", 10)
    for file in home.derived.iterdir():
        file.unlink()
    assert words.passages("judge", 10) == []
    with Texts(home.texts) as texts:
        texts.put("p", document("p", ["A judge again."]))
    assert len(words.passages("judge", 10)) == 1


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "AND",
        "a AND",
        "NEAR(a b, 2)",
        "text:debate",
        "col : x",
        "*",
        "^a",
        "(",
        "a\0b",
        '"un closed',
        "- -",
        "-",
        '""',
        "--x",
    ],
)
def test_no_query_is_an_error(words: FullTextSearch, query: str) -> None:
    words.passages(query, 10)
    words.passages(query, 10, typing=True)


_HOME: list[Home] = []


@settings(max_examples=200, deadline=None)
@given(query=st.text(max_size=60))
def test_no_text_at_all_is_an_error(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    if not _HOME:
        _HOME.append(Home(tmp_path_factory.mktemp("home")))
        with Texts(_HOME[0].texts) as texts:
            texts.put("p", document("p", ["Some text."]))
    words = FullTextSearch(_HOME[0])
    words.passages(query, 5)
    words.passages(query, 5, typing=True)
    words.close()


def test_operators_of_the_index_are_plain_words() -> None:
    assert match_expression(wanted("debate OR judge")) == '("debate" OR "judge")'
    assert match_expression(wanted('x "a b" -c')) == '(("x" OR "a b") AND "a b") NOT "c"'
    assert match_expression(wanted("...")) == ""


def test_a_snippet_shows_the_words_and_marks_them() -> None:
    text = "Nothing here. " * 40 + "The judges heard a long debate about scaling. " + "Nothing more. " * 40
    window, marks = snippet(text, "debating judge")
    assert [window[start:end] for start, end in marks] == ["judges", "debate"]
    assert window.startswith("…")
    assert window.endswith("…")
    assert len(window) < 300


@given(text=st.text(max_size=600), query=st.text(max_size=30))
def test_marks_lie_within_the_snippet(text: str, query: str) -> None:
    window, marks = snippet(text, query)
    assert all(0 <= start < end <= len(window) for start, end in marks)
    assert marks == tuple(sorted(marks))


def test_a_text_without_the_words_shows_its_beginning(tmp_path: Path) -> None:
    assert snippet("A short text.", "absent") == ("A short text.", ())


def test_a_narrowed_search_looks_beyond_the_better_passages_of_other_papers(home: Home) -> None:
    with Texts(home.texts) as texts:
        texts.put("loud", document("l", [f"Judge judge judge {number}." for number in range(5)]))
        texts.put(
            "quiet", document("q", [f"A long sentence in which a judge comes once, {number}." for number in "abc"])
        )
    words = FullTextSearch(home)
    assert len(words.passages("judge", 4)) == 4
    assert len(words.passages("judge", 4, papers=["quiet"])) == 3
