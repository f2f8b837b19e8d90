"""Questions that a reader would ask are answered, on real texts and by the real model."""

import shutil
from dataclasses import dataclass

import pytest

from kb.config import Home
from kb.library.record import Record
from kb.recall.embed import Embedder, load_embedder
from kb.search.search_engine import SearchEngine
from tests.search.gold import PAPERS, index, questions, questions_on_notes, recall_at, recall_of_notes, write_notes


@dataclass(frozen=True)
class Indexed:
    """The primers and the notes of the gold set, and the model that read them."""

    home: Home
    embedder: Embedder
    notes: dict[str, str]


@pytest.fixture(scope="module")
def primers(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """Indexed once for all tests of this file, with the machine's own copy of the model."""
    home = Home(tmp_path_factory.mktemp("gold"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("KB_CHROMA_URL", "KB_RECORD_URL", "KB_MODEL"):
            patch.delenv(name, raising=False)
        embedder = load_embedder(home.settings)
        with Record.open(home) as record:
            notes = write_notes(record)
        index(home, embedder, papers=False)
    return Indexed(home, embedder, notes)


def test_the_gold_set_is_large_and_asks_nothing_twice() -> None:
    asked = questions(papers=True)
    assert len(asked) >= 80
    assert len({question.text for question in asked}) == len(asked)


@pytest.mark.model
def test_questions_on_the_primers_are_answered(primers: Indexed) -> None:
    asked = [question for question in questions(papers=False) if not question.says]
    with SearchEngine(primers.home, primers.embedder) as search_engine:
        first, _ = recall_at(search_engine, asked, "hybrid", depth=1)
        share, missed = recall_at(search_engine, asked, "hybrid")
        within = [question for question in questions(papers=False) if question.says]
        places, lost = recall_at(search_engine, within, "hybrid")
    assert first >= 0.85
    assert share >= 0.95, missed
    assert len(within) >= 8
    assert places >= 0.95, lost


@pytest.mark.model
def test_own_notes_are_found_by_other_words_than_theirs(primers: Indexed) -> None:
    asked = questions_on_notes(primers.notes)
    with SearchEngine(primers.home, primers.embedder) as search_engine:
        share, missed = recall_of_notes(search_engine, asked, "hybrid")
        by_words, _ = recall_of_notes(search_engine, asked, "words")
    assert len(asked) >= 12
    assert share >= 0.95, missed
    assert share >= by_words


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(not PAPERS.is_dir(), reason=f"the papers are not there: {PAPERS}")
def test_questions_on_the_papers_are_answered(home: Home, primers: Indexed) -> None:
    """The beginning of each paper stands for it here; the whole of them is measured in the benchmarks."""
    home.derived.mkdir(parents=True)
    for file in primers.home.derived.glob("embeddings*"):
        shutil.copy(file, home.derived)
    index(home, primers.embedder, papers=True, first=8)
    asked = questions(papers=True)
    with SearchEngine(home, primers.embedder) as search_engine:
        share, missed = recall_at(search_engine, asked, "hybrid")
        by_words, _ = recall_at(search_engine, asked, "words")
        by_meaning, _ = recall_at(search_engine, asked, "meaning")
    assert share >= 0.9, missed
    assert share >= max(by_words, by_meaning) - 0.02
