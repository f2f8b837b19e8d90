"""The index of meaning: real Chroma files, their lock, and files that are missing or damaged."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb.config import Home, Settings
from kb.errors import BusyError, DamagedError, NotFoundError
from kb.recall.embed import Vectors32
from kb.recall.lock import index_lock, is_held
from kb.recall.vectors import Vectors, collection_name, discard

SETTINGS = Settings()
MODEL = "word-hash"


def _vectors(count: int, dimension: int = 32) -> Vectors32:
    made = np.random.default_rng(7).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def _fill(home: Home, count: int) -> Vectors32:
    made = _vectors(count)
    with Vectors.open(home, SETTINGS, MODEL, write=True) as vectors:
        for start in range(0, count, 100):
            ids = [f"v:{index}" for index in range(start, min(start + 100, count))]
            vectors.upsert("passage", ids, made[start : start + len(ids)], [{"paper": "p", "version": "v"}] * len(ids))
    return made


def test_what_is_put_in_is_the_nearest_to_itself(home: Home) -> None:
    made = _fill(home, 50)
    with Vectors.open(home, SETTINGS, MODEL) as vectors:
        found = vectors.query("passage", made[7], 5)
        assert found[0].id == "v:7"
        assert found[0].score == pytest.approx(1.0, abs=1e-5)
        assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)


def test_more_may_be_asked_for_than_there_is(home: Home) -> None:
    made = _fill(home, 3)
    with Vectors.open(home, SETTINGS, MODEL) as vectors:
        assert len(vectors.query("passage", made[0], 200)) == 3


def test_vectors_are_replaced_and_taken_out(home: Home) -> None:
    made = _fill(home, 4)
    with Vectors.open(home, SETTINGS, MODEL, write=True) as vectors:
        vectors.upsert("passage", ["v:0"], made[1:2], [{"paper": "p", "version": "w"}])
        vectors.delete("passage", ["v:3", "not there"])
        assert vectors.counts() == {"passage": 3, "note": 0}
        assert sorted(vectors.ids("passage")) == ["v:0", "v:1", "v:2"]
        assert vectors.ids("passage", "w") == ["v:0"]
        np.testing.assert_allclose(vectors.vectors("passage", ["v:0"])["v:0"], made[1], atol=1e-6)


def test_an_open_reader_sees_new_vectors_after_reopening(home: Home) -> None:
    made = _fill(home, 10)
    reader = Vectors.open(home, SETTINGS, MODEL)
    reader.query("passage", made[0], 1)
    script = (
        "import sys; from pathlib import Path; from kb.config import Home, Settings; import numpy as np;"
        "from kb.recall.vectors import Vectors, discard;"
        "v = Vectors.open(Home(Path(sys.argv[1])), Settings(), 'word-hash', write=True);"
        "v.upsert('passage', ['new'], np.eye(32, dtype='f4')[:1], [{'paper': 'p'}]); v.close()"
    )
    subprocess.run([sys.executable, "-c", script, str(home.root)], check=True)
    reader.close()
    with Vectors.open(home, SETTINGS, MODEL) as again:
        assert again.query("passage", np.eye(32, dtype=np.float32)[0], 1)[0].id == "new"


def test_the_collection_is_named_by_model_and_chunker() -> None:
    assert collection_name("passage", "a") != collection_name("passage", "b")
    assert collection_name("passage", "a") != collection_name("note", "a")


def test_a_home_without_an_index_says_so(home: Home) -> None:
    with pytest.raises(NotFoundError):
        Vectors.open(home, SETTINGS, MODEL)
    assert not home.vectors.exists(), "asking makes nothing"


def test_an_index_of_another_model_says_so(home: Home) -> None:
    _fill(home, 2)
    with Vectors.open(home, SETTINGS, "another") as vectors, pytest.raises(NotFoundError):
        vectors.counts()


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["chroma.sqlite3", "*/*.bin", "*/data_level0.bin", "*/*"])
@pytest.mark.parametrize("harm", ["garbage", "cut", "gone"])
def test_damaged_files_are_an_error_and_never_a_crash(home: Home, pattern: str, harm: str) -> None:
    """Chroma keeps the first thousand in SQLite alone; these are enough for files that are mapped."""
    _fill(home, 1100)
    hit = [file for file in home.vectors.glob(pattern) if file.is_file()]
    assert hit
    for file in hit:
        if harm == "garbage":
            file.write_bytes(random.Random(1).randbytes(file.stat().st_size))
        elif harm == "cut":
            os.truncate(file, file.stat().st_size // 2)
        else:
            file.unlink()
    expected = NotFoundError if (pattern, harm) == ("chroma.sqlite3", "gone") else DamagedError
    with pytest.raises(expected):
        Vectors.open(home, SETTINGS, MODEL).query("passage", _vectors(1)[0], 5)


def test_a_writer_that_was_killed_leaves_an_index_that_opens(home: Home) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from kb.config import Home, Settings; import numpy as np;"
        "from kb.recall.vectors import Vectors, discard;"
        "v = Vectors.open(Home(Path(sys.argv[1])), Settings(), 'word-hash', write=True);"
        "x = np.random.default_rng(7).standard_normal((1100, 32)).astype('f4');"
        "put = lambda a: v.upsert('passage', [f'v:{a + i}' for i in range(100)], x[a:a+100], [{'paper': 'p'}] * 100);"
        "[put(a) for a in range(0, 1100, 100)];"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(home.root)], check=False)
    assert killed.returncode < 0
    with Vectors.open(home, SETTINGS, MODEL) as vectors:
        assert vectors.query("passage", _vectors(1100)[1099], 1)[0].id == "v:1099"


def test_one_writer_at_a_time(home: Home) -> None:
    assert not is_held(home)
    with index_lock(home, SETTINGS):
        assert is_held(home)
        with pytest.raises(BusyError), index_lock(home, SETTINGS):
            raise AssertionError("two writers")
    assert not is_held(home)


def test_a_lock_goes_with_the_process_that_held_it(home: Home) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from kb.config import Home, Settings;"
        "from kb.recall.lock import index_lock; held = index_lock(Home(Path(sys.argv[1])), Settings());"
        "held.__enter__(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(home.root)], check=False)
    with index_lock(home, SETTINGS):
        assert is_held(home)


def test_a_server_needs_no_lock(home: Home) -> None:
    served = Settings(chroma_url="http://127.0.0.1:1")
    with index_lock(home, served), index_lock(home, served):
        assert not is_held(home)


def test_nothing_but_vectors_and_tags_is_kept(home: Home) -> None:
    _fill(home, 3)
    everything = b"".join(file.read_bytes() for file in Path(home.vectors).rglob("*") if file.is_file())
    assert b"all-MiniLM" not in everything


def test_closing_what_was_open_before_the_folder_was_made_anew_harms_nobody(home: Home) -> None:
    with Vectors.open(home, SETTINGS, MODEL, write=True) as vectors:
        vectors.upsert("passage", ["a"], _vectors(1), [{"paper": "p"}])
    reader = Vectors.open(home, SETTINGS, MODEL)
    assert reader.query("passage", _vectors(1)[0], 1)
    discard(home, SETTINGS, MODEL)
    with Vectors.open(home, SETTINGS, MODEL, write=True) as writer:
        reader.close()
        writer.upsert("passage", ["b"], _vectors(1), [{"paper": "p"}])
        assert writer.counts() == {"passage": 1, "note": 0}
