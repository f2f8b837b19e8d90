"""Questions that a reader would ask are answered, on real texts and by the real model."""

from pathlib import Path

import pytest

from kb.config import Home
from kb.finding import Finder
from kb.recall.embed import load_embedder
from tests.recall.gold import PAPERS, index, questions, recall_at


def test_the_gold_set_is_large_and_asks_nothing_twice() -> None:
    asked = questions(papers=True)
    assert len(asked) >= 60
    assert len({question.text for question in asked}) == len(asked)


@pytest.mark.model
def test_questions_on_the_primers_are_answered(home: Home, model_cache: Path) -> None:
    embedder = load_embedder(home.settings)
    index(home, embedder, papers=False)
    asked = questions(papers=False)
    with Finder(home, embedder) as finder:
        share, missed = recall_at(finder, asked, "hybrid", depth=1)
    assert share >= 0.9, missed


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(not PAPERS.is_dir(), reason=f"the papers are not there: {PAPERS}")
def test_questions_on_the_papers_are_answered(home: Home, model_cache: Path) -> None:
    """The beginning of each paper stands for it here; the whole of them is measured in the benchmarks."""
    embedder = load_embedder(home.settings)
    index(home, embedder, papers=True, first=8)
    asked = questions(papers=True)
    with Finder(home, embedder) as finder:
        share, missed = recall_at(finder, asked, "hybrid")
        by_words, _ = recall_at(finder, asked, "words")
        by_meaning, _ = recall_at(finder, asked, "meaning")
    assert share >= 0.9, missed
    assert share >= max(by_words, by_meaning) - 0.02
