"""Passages that Chroma has not taken in yet are found like all others, and taken in when there are enough of them."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.indexing import passages
from kb.indexing.health import probe_index
from kb.recall.embedding_cache import EmbeddingCache
from kb.recall.vectors import Vectors
from kb.search.search_engine import SearchEngine
from tests.support.documents import document
from tests.support.filled_library import Library, library

REWARD = [f"Reward models are trained on preference number {number}." for number in range(40)]


@pytest.fixture
def shelf(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library that counts as large, of which a half may wait."""
    with library(home) as opened:
        opened.add("Reward", REWARD)
        opened.drain()
        monkeypatch.setattr(passages, "SMALL", 0)
        monkeypatch.setattr(passages, "LATE_SHARE", 2)
        yield opened


def _held(shelf: Library) -> int:
    with Vectors.open(shelf.home, shelf.home.settings, shelf.embedder.name) as vectors:
        return vectors.counts()["passage"]


def _late(shelf: Library) -> dict[str, int]:
    cache = EmbeddingCache(shelf.home.derived, shelf.embedder.name, shelf.embedder.dimension)
    late = cache.late()
    cache.close()
    return late


def test_a_little_is_not_taken_in_and_found_all_the_same(shelf: Library) -> None:
    with SearchEngine(shelf.home, shelf.embedder, resident=True) as search_engine:
        assert search_engine.search("honest debate", mode="meaning").hits[0].title == "Reward"
        shelf.add("Debate", ["Two agents debate before a judge.", "A judge rewards honest arguments."])
        shelf.drain()
        assert (_held(shelf), list(_late(shelf).values())) == (40, [2])
        found = search_engine.search("two agents debate before a judge", mode="meaning")
        assert (found.hits[0].title, found.notice) == ("Debate", "")
        narrowed = search_engine.search("author:nobody agents debate", typing=True)
        assert not narrowed.hits or narrowed.notice
    assert all(probe.ok for probe in probe_index(shelf.home, shelf.texts, shelf.embedder))


def test_enough_is_taken_in(shelf: Library) -> None:
    shelf.add("Debate", [f"Agents debate number {number}." for number in range(45)])
    shelf.drain()
    assert (_held(shelf), _late(shelf)) == (85, {})
    assert all(probe.ok for probe in probe_index(shelf.home, shelf.texts, shelf.embedder))


def test_a_changed_passage_is_found_by_its_new_text(shelf: Library) -> None:
    paper = shelf.add("Debate", ["Two agents debate.", "A judge listens.", "Third."])
    shelf.add("More", [f"Something else, number {number}." for number in range(43)])
    shelf.drain()
    assert not _late(shelf)
    shelf.texts.put(paper, document("Debate", ["Corrigible systems permit shutdown.", "A judge listens."]), title="D")
    shelf.drain()
    assert list(_late(shelf).values()) == [2]
    with SearchEngine(shelf.home, shelf.embedder, resident=True) as search_engine:
        [first, *_] = search_engine.search("corrigible systems permit shutdown", mode="meaning").hits
        assert first.text == "Corrigible systems permit shutdown."
        texts = [hit.text for hit in search_engine.search("two agents debate third", mode="meaning", limit=100).hits]
        assert len(texts) == len(set(texts)) == 85
        assert "Third." not in texts
    assert all(probe.ok for probe in probe_index(shelf.home, shelf.texts, shelf.embedder))


def test_what_is_taken_out_leaves_chroma_in_the_end(shelf: Library) -> None:
    shelf.texts.remove(document("Reward", REWARD).sha256)
    shelf.drain()
    assert _held(shelf) == 1, "what is left is what the record says of the paper"


def test_a_stopped_taking_in_is_done_again(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.indexing.drain import drain

    shelf.add("Debate", [f"Agents debate number {number}." for number in range(45)])
    running = drain(shelf.home, shelf.record, shelf.texts, shelf.embedder)
    for step in running:
        if step.done >= 45 and not step.paper:
            break
    running.close()
    assert _late(shelf)
    with SearchEngine(shelf.home, shelf.embedder, resident=True) as search_engine:
        assert search_engine.search("agents debate number 7", mode="meaning").hits[0].title == "Debate"
    shelf.drain()
    assert (_held(shelf), _late(shelf)) == (85, {})
