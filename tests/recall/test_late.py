"""Passages that Chroma has not taken in yet are found like all others, and taken in when there are enough of them."""

from collections.abc import Iterator

import pytest

from kb import index_passages
from kb.config import Home
from kb.finding import Finder
from kb.index_probes import probe_index
from kb.recall.cache import EmbeddingCache
from kb.recall.vectors import Vectors
from tests.recall.documents import document
from tests.recall.shelf import Library, library

REWARD = [f"Reward models are trained on preference number {number}." for number in range(40)]


@pytest.fixture
def shelf(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library that counts as large, of which a half may wait."""
    with library(home) as opened:
        opened.add("Reward", REWARD)
        opened.drain()
        monkeypatch.setattr(index_passages, "SMALL", 0)
        monkeypatch.setattr(index_passages, "LATE_SHARE", 2)
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
    with Finder(shelf.home, shelf.embedder, resident=True) as finder:
        assert finder.search("honest debate", mode="meaning").hits[0].title == "Reward"
        shelf.add("Debate", ["Two agents debate before a judge.", "A judge rewards honest arguments."])
        shelf.drain()
        assert (_held(shelf), list(_late(shelf).values())) == (40, [2])
        found = finder.search("two agents debate before a judge", mode="meaning")
        assert (found.hits[0].title, found.notice) == ("Debate", "")
        narrowed = finder.search("author:nobody agents debate", typing=True)
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
    with Finder(shelf.home, shelf.embedder, resident=True) as finder:
        [first, *_] = finder.search("corrigible systems permit shutdown", mode="meaning").hits
        assert first.text == "Corrigible systems permit shutdown."
        texts = [hit.text for hit in finder.search("two agents debate third", mode="meaning", limit=100).hits]
        assert len(texts) == len(set(texts)) == 85
        assert "Third." not in texts
    assert all(probe.ok for probe in probe_index(shelf.home, shelf.texts, shelf.embedder))


def test_what_is_taken_out_leaves_chroma_in_the_end(shelf: Library) -> None:
    shelf.texts.remove(document("Reward", REWARD).sha256)
    shelf.drain()
    assert _held(shelf) == 1, "what is left is what the record says of the paper"


def test_a_stopped_taking_in_is_done_again(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.indexing import drain

    shelf.add("Debate", [f"Agents debate number {number}." for number in range(45)])
    running = drain(shelf.home, shelf.record, shelf.texts, shelf.embedder)
    for step in running:
        if step.done >= 45 and not step.paper:
            break
    running.close()
    assert _late(shelf)
    with Finder(shelf.home, shelf.embedder, resident=True) as finder:
        assert finder.search("agents debate number 7", mode="meaning").hits[0].title == "Debate"
    shelf.drain()
    assert (_held(shelf), _late(shelf)) == (85, {})
