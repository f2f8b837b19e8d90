"""Kept vectors: found by text, whole or not at all, whoever else writes."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb.errors import DamagedError
from kb.recall.context import in_context, text_hash
from kb.recall.embedding_cache import EmbeddingCache


def _unit(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


A, B = text_hash("a"), text_hash("b")


def test_a_vector_is_found_by_its_text(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "m", 2)
    cache.put([A, B], np.stack([_unit(1, 0), _unit(1, 1)]))
    rows = EmbeddingCache(tmp_path, "m", 2).rows([B, A, text_hash("c")])
    assert set(rows) == {A, B}
    np.testing.assert_allclose(cache.vectors([rows[B], rows[A]]), [_unit(1, 1), _unit(1, 0)])
    assert cache.count() == 2
    assert EmbeddingCache.has_any(tmp_path, "m")


def test_models_do_not_see_each_others_vectors(tmp_path: Path) -> None:
    EmbeddingCache(tmp_path, "m", 2).put([A], np.stack([_unit(1, 0)]))
    assert EmbeddingCache(tmp_path, "n", 3).rows([A]) == {}
    assert not EmbeddingCache.has_any(tmp_path, "n")


def test_rows_beyond_a_cut_off_file_are_not_found(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "m", 2)
    cache.put([A, B], np.stack([_unit(1, 0), _unit(1, 1)]))
    with (tmp_path / "embeddings-m.f32").open("r+b") as file:
        file.truncate(9)
    assert set(cache.rows([A, B])) == {A}


def test_a_damaged_index_is_reported(tmp_path: Path) -> None:
    (tmp_path / "embeddings.db").write_bytes(b"garbage " * 1000)
    with pytest.raises(DamagedError):
        EmbeddingCache(tmp_path, "m", 2)
    with pytest.raises(DamagedError):
        EmbeddingCache.has_any(tmp_path, "m")


def test_two_processes_keep_vectors_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import numpy as np;"
        "from kb.recall.embedding_cache import EmbeddingCache; from kb.recall.context import text_hash;"
        "cache = EmbeddingCache(Path(sys.argv[1]), 'm', 2); name = sys.argv[2];"
        "[cache.put([text_hash(f'{name}{i}')], np.array([[float(i), ord(name)]], dtype='f4')) for i in range(50)]"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name]) for name in "xy"]
    assert [process.wait() for process in running] == [0, 0]
    cache = EmbeddingCache(tmp_path, "m", 2)
    for name in "xy":
        for number in range(50):
            row = cache.rows([text_hash(f"{name}{number}")])[text_hash(f"{name}{number}")]
            assert cache.vectors([row]).tolist() == [[float(number), float(ord(name))]]


def test_generations_grow(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "m", 2)
    before = cache.generation()
    EmbeddingCache(tmp_path, "m", 2).advance()
    assert cache.generation() > before


def test_notes_are_remembered_by_their_text(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "m", 2)
    cache.note("n1", A)
    cache.note("n1", B)
    cache.note("n2", A)
    cache.note("n2", None)
    assert cache.notes() == {"n1": B}


def test_a_passage_is_read_behind_its_title_and_heading() -> None:
    assert in_context("Title", "Methods", "text") == "Title\nMethods\ntext"
    assert in_context("Title", "title", "text") == "Title\ntext"
    assert in_context("", "", "text") == "text"
