"""Each look at the index sees the fault that it is there to see."""

from collections.abc import Iterator

import numpy as np
import pytest

from kb.config import Home
from kb.indexing.drain import rebuild
from kb.indexing.health import Probe, probe_index
from kb.recall.embedding_cache import EmbeddingCache
from kb.recall.vectors import Vectors
from tests.support.filled_library import Library, library


@pytest.fixture
def shelf(home: Home) -> Iterator[Library]:
    with library(home) as opened:
        opened.add("Reward", [f"Reward model number {at} of preference {at * at}." for at in range(60)])
        opened.drain()
        yield opened


def _probes(shelf: Library) -> dict[str, Probe]:
    return {probe.name: probe for probe in probe_index(shelf.home, shelf.texts, shelf.embedder)}


def _writer(shelf: Library) -> Vectors:
    return Vectors.open(shelf.home, shelf.home.settings, shelf.embedder.name, write=True)


def test_a_sound_index_passes(shelf: Library) -> None:
    assert all(probe.ok for probe in _probes(shelf).values())
    assert len(_probes(shelf)) == 4


def test_an_empty_library_has_nothing_to_look_at(home: Home) -> None:
    with library(home) as shelf:
        assert [probe.ok for probe in _probes(shelf).values()] == [True]


def test_missing_vectors_and_leftovers_are_counted(shelf: Library) -> None:
    with _writer(shelf) as vectors:
        vectors.delete("passage", vectors.ids("passage")[:2])
        vectors.upsert("passage", ["leftover:0"], np.eye(64, dtype=np.float32)[:1], [{"paper": "p"}])
    found = _probes(shelf)["index contents"]
    assert not found.ok
    assert "2 missing, 1 of passages that are gone" in found.detail


def test_vectors_that_are_not_their_texts_are_noticed(shelf: Library) -> None:
    with _writer(shelf) as vectors:
        ids = vectors.ids("passage")
        same = np.repeat(np.eye(64, dtype=np.float32)[:1], len(ids), axis=0)
        vectors.upsert("passage", ids, same, [{"paper": "p"}] * len(ids))
    found = _probes(shelf)
    assert not found["self-recall"].ok
    assert not found["agreement with exact search"].ok


def test_damaged_kept_vectors_are_noticed(shelf: Library) -> None:
    cache = EmbeddingCache(shelf.home.derived, shelf.embedder.name, shelf.embedder.dimension)
    [(first,)] = shelf.texts.connection.execute("SELECT hash FROM passages LIMIT 1").fetchall()
    cache.put([first], np.zeros((1, 64), dtype=np.float32))
    assert not _probes(shelf)["kept vectors"].ok


def test_rebuilding_cures_what_was_found(shelf: Library) -> None:
    with _writer(shelf) as vectors:
        vectors.delete("passage", vectors.ids("passage")[:2])
    shelf.embedder.encoded.clear()
    events = list(rebuild(shelf.home, shelf.record, shelf.texts, shelf.embedder))
    assert events[-1].what == "done"
    assert all(probe.ok for probe in _probes(shelf).values())
    assert shelf.embedder.encoded == [], "nothing is embedded twice"
