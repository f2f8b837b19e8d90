"""Questions that a reader would ask are answered, on real texts and by the real model."""

from pathlib import Path

import pytest

from kb.config import Home
from kb.finding import Finder
from kb.library.record import Record
from kb.recall.embed import load_embedder
from tests.recall.gold import PAPERS, index, questions, questions_on_notes, recall_at, recall_of_notes, write_notes


def test_the_gold_set_is_large_and_asks_nothing_twice() -> None:
    asked = questions(papers=True)
    assert len(asked) >= 80
    assert len({question.text for question in asked}) == len(asked)


@pytest.mark.model
def test_questions_on_the_primers_are_answered(home: Home, model_cache: Path) -> None:
    embedder = load_embedder(home.settings)
    index(home, embedder, papers=False)
    asked = [question for question in questions(papers=False) if not question.says]
    with Finder(home, embedder) as finder:
        first, _ = recall_at(finder, asked, "hybrid", depth=1)
        share, missed = recall_at(finder, asked, "hybrid")
        within = [question for question in questions(papers=False) if question.says]
        places, lost = recall_at(finder, within, "hybrid")
    assert first >= 0.8
    assert share >= 0.95, missed
    assert len(within) >= 8
    assert places >= 0.9, lost


@pytest.mark.model
def test_own_notes_are_found_by_other_words_than_theirs(home: Home, model_cache: Path) -> None:
    embedder = load_embedder(home.settings)
    with Record.open(home) as record:
        asked = questions_on_notes(write_notes(record))
    index(home, embedder, papers=False)
    with Finder(home, embedder) as finder:
        share, missed = recall_of_notes(finder, asked, "hybrid")
        by_words, _ = recall_of_notes(finder, asked, "words")
    assert len(asked) >= 12
    assert share >= 0.9, missed
    assert share >= by_words


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
