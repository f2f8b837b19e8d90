"""What was found first decides between candidates that the query alone cannot tell apart."""

import numpy as np
import pytest

from kb.models.search import Candidate
from kb.recall import pseudo_relevance
from kb.recall.fusion import Key, rank
from kb.recall.pseudo_relevance import RelevanceFeedback

QUERY = np.array([1, 0, 0], dtype=np.float32)
VECTORS = {"best": (0.9, 0.43, 0), "like it": (0.7, 0.71, 0), "unlike it": (0.7, -0.1, 0.7), "far": (0.1, 0.0, 0.99)}


def _gathered(names: list[str]) -> RelevanceFeedback:
    keys: list[Key] = [("passage", name) for name in names]
    return RelevanceFeedback(QUERY, keys, np.array([VECTORS[name] for name in names], dtype=np.float32))


def _candidates(scores: dict[str, float]) -> list[Candidate]:
    return [Candidate("passage", name, score) for name, score in scores.items()]


def test_what_is_like_the_first_hit_comes_before_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pseudo_relevance, "FIRST", 1)
    words = _candidates({"best": 9.0, "far": 1.0})
    meaning = _candidates({"best": 0.9, "unlike it": 0.7, "like it": 0.7})
    entries = {entry.id: entry for entry in _gathered(list(VECTORS)).fuse(words, meaning)}
    assert next(iter(entries)) == "best"
    assert entries["like it"].score > entries["unlike it"].score
    assert entries["best"].matched == ("words", "meaning")
    assert (entries["far"].matched, entries["like it"].matched) == (("words",), ("meaning",))


def test_what_only_words_found_is_weighed_by_meaning_too() -> None:
    words = _candidates({"like it": 5.0, "far": 5.0})
    entries = _gathered(list(VECTORS)).fuse(words, _candidates({"best": 0.9}))
    order = [entry.id for entry in entries]
    assert order.index("like it") < order.index("far")


def test_candidates_whose_vectors_are_not_kept_are_ranked_as_they_were_found() -> None:
    words, meaning = _candidates({"best": 2.0}), _candidates({"like it": 0.8, "best": 0.7})
    assert _gathered([]).fuse(words, meaning) == rank(words, meaning, 3)
    assert {entry.id for entry in _gathered(["best"]).fuse(words, meaning)} == {"best", "like it"}


def test_what_waits_for_its_vector_is_weighed_by_its_words_alone() -> None:
    words, meaning = _candidates({"new": 9.0, "far": 3.0}), _candidates({"best": 0.9, "far": 0.1})
    entries = _gathered(list(VECTORS)).fuse(words, meaning)
    assert (entries[0].id, entries[0].matched) == ("new", ("words",))
    half = _gathered(list(VECTORS)).fuse(_candidates({"far": 9.0, "new": 4.5}), meaning)
    assert next(entry.score for entry in half if entry.id == "new") == pytest.approx(0.5)
