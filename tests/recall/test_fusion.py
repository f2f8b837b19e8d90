"""Fusion: both rankings count, each entry says what it matched, and one way of searching alone keeps its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.models.search import Candidate
from kb.recall.fusion import Ranked, best_of_each, rank


def _candidates(*pairs: tuple[str, float]) -> list[Candidate]:
    return [Candidate(what="passage", id=id_, score=score) for id_, score in pairs]


def test_what_both_found_comes_before_what_one_found() -> None:
    found = rank(
        _candidates(("a", 9.0), ("both", 8.0), ("z", 1.0)), _candidates(("b", 0.9), ("both", 0.8), ("y", 0.1)), 5
    )
    assert found[0].id == "both"
    assert found[0].matched == ("words", "meaning")
    assert {entry.id: entry.matched for entry in found}["a"] == ("words",)


def test_one_way_alone_keeps_its_order() -> None:
    words = _candidates(("a", 3.0), ("b", 2.0), ("c", 1.0))
    assert [entry.id for entry in rank(words, [], 5)] == ["a", "b", "c"]
    assert [entry.id for entry in rank([], words, 5)] == ["a", "b", "c"]
    assert rank([], [], 5) == []


def test_a_note_and_a_passage_with_one_id_are_two_entries() -> None:
    found = rank(_candidates(("1", 1.0)), [Candidate(what="note", id="1", score=1.0)], 5)
    assert len(found) == 2


_SCORED = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-5, 50), max_size=8)


@given(words=_SCORED, meaning=_SCORED)
def test_the_ranking_holds_everything_once_and_falls(words: dict[str, float], meaning: dict[str, float]) -> None:
    found = rank(_candidates(*words.items()), _candidates(*meaning.items()), 100)
    assert sorted(entry.id for entry in found) == sorted(words.keys() | meaning.keys())
    assert [entry.score for entry in found] == sorted((entry.score for entry in found), reverse=True)
    assert all(0.0 <= entry.score <= 1.0 + 1e-9 for entry in found)


def test_a_group_counts_by_its_best_words_and_its_best_meaning() -> None:
    words = _candidates(("said", 9.0), ("other", 7.0), ("rest", 1.0))
    meaning = _candidates(("meant", 0.9), ("other", 0.7), ("rest", 0.1))
    entries = {entry.id: entry for entry in rank(words, meaning, 10)}
    split, whole = [entries["said"], entries["meant"]], [entries["other"]]
    best = best_of_each([whole, split])
    assert [entry.id for entry in best] == ["said", "other"]
    assert best[0].score > entries["other"].score


def test_many_middling_entries_do_not_make_a_group_the_first() -> None:
    scores = {"top": 1.0, **{f"middling {number}": 0.6 for number in range(8)}, "last": 0.0}
    entries = rank(_candidates(*scores.items()), [], 20)
    long = [entry for entry in entries if entry.id.startswith("middling")]
    assert best_of_each([long, [entries[0]]])[0].id == "top"


def _first_of_groups(*groups: tuple[float, ...]) -> list[tuple[str, float]]:
    """Names and scores of groups in order; the scores of a group's entries are given, its name is its place."""
    made = [
        [Ranked("passage", str(number), score, ("words",), score) for score in scores]
        for number, scores in enumerate(groups)
    ]
    return [(entry.id, entry.score) for entry in best_of_each(made)]


def test_of_two_groups_with_the_same_best_the_one_with_better_next_ones_comes_first() -> None:
    found = _first_of_groups((0.8, 0.1, 0.1), (0.8, 0.7, 0.6))
    assert [name for name, _ in found] == ["1", "0"]


def test_the_next_entries_count_a_little_and_those_after_the_third_not_at_all() -> None:
    assert _first_of_groups((1.0, 0.5, 0.0)) == [("0", pytest.approx(0.7 * 1.0 + 0.3 * 0.5))]
    assert _first_of_groups((1.0, 0.5, 0.0, 0.9)) == _first_of_groups((1.0, 0.5, 0.0))
    assert [name for name, _ in _first_of_groups((0.9, 0.5, 0.5), (0.8, 0.6, 0.6))] == ["0", "1"]
