"""Every vector that was ever computed, by model and text: nothing is embedded twice, and Chroma can be checked."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import BusyError, DamagedError, KbError
from kb.recall.embed.protocol import Vectors32
from kb.storage.sqlite_file import BUSY_MS, file_identity, read_only

if TYPE_CHECKING:
    import numpy as np

_TABLES = """
CREATE TABLE IF NOT EXISTS embeddings (
    model TEXT NOT NULL, hash BLOB NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (model, hash)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note_texts (note TEXT PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS indexed (
    model TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (model, sha256)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS late (
    model TEXT NOT NULL, sha256 TEXT NOT NULL, passages INTEGER NOT NULL, PRIMARY KEY (model, sha256)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS filled (model TEXT PRIMARY KEY, setting TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS generations (model TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""
INDEX = "embeddings.db"
ATTACHED = "kept"
_BATCH = 500
FEW = 2000
"""Rows that are read one by one."""


class EmbeddingCache:
    """A plain file of float32 rows, and an SQLite file that says which text stands in which row.

    The vector is written before its row is committed, so a crash leaves at most bytes that are written over.
    """

    def __init__(self, folder: Path, model: str, dimension: int) -> None:
        self.index = folder / INDEX
        self.model = model
        self.dimension = dimension
        self._file = folder / f"embeddings-{model}.f32"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                self.index, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(_TABLES)
            self._identity = file_identity(self.index)
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._damaged(error) from error

    @classmethod
    def has_any(cls, folder: Path, model: str) -> bool:
        """Whether any vector of this model is kept; cheap, and without loading the model."""
        return bool(_peek(folder, "SELECT 1 FROM embeddings WHERE model = ? LIMIT 1", model))

    @classmethod
    def filled(cls, folder: Path) -> dict[str, str]:
        """The models whose index was once filled whole, the newest last, with the setting that loads each."""
        return dict(_peek(folder, "SELECT model, setting FROM filled ORDER BY at"))

    def mark_filled(self, setting: str) -> None:
        """The index of this model holds everything; it answers from now on."""
        self._ask(
            "INSERT INTO filled (model, setting, at) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%f', 'now'))"
            " ON CONFLICT (model) DO NOTHING",
            self.model,
            setting,
        )

    def is_replaced(self) -> bool:
        """Whether another file stands now where this one was opened."""
        return file_identity(self.index) != self._identity

    def generation(self) -> int:
        """A number that grows whenever the index of meaning changes, so that open readers know to look again."""
        found = self._ask("SELECT value FROM generations WHERE model = ?", self.model)
        return int(found[0][0]) if found else 0

    def advance(self) -> None:
        """Tell open readers that the index has changed."""
        self._ask(
            "INSERT INTO generations (model, value) VALUES (?, 1) ON CONFLICT (model) DO UPDATE SET value = value + 1",
            self.model,
        )

    def close(self) -> None:
        """Close the index; mapped rows stay valid."""
        self._db.close()

    def rows(self, hashes: Iterable[bytes]) -> dict[bytes, int]:
        """The row of each text that has a vector."""
        wanted = list(dict.fromkeys(hashes))
        found: dict[bytes, int] = {}
        room = self.room()
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(part))
            query = f"SELECT hash, row FROM embeddings WHERE model = ? AND hash IN ({marks})"  # noqa: S608
            found.update((key, row) for key, row in self._ask(query, self.model, *part) if row < room)
        return found

    def attached_to(self, texts: sqlite3.Connection) -> str:
        """The name by which a connection to the texts can join this index, which saves looking each text up."""
        names = {name: file for _, name, file in texts.execute("PRAGMA database_list")}
        if names.get(ATTACHED) != str(self.index):
            if ATTACHED in names:
                texts.execute(f"DETACH {ATTACHED}")
            texts.execute(f"ATTACH ? AS {ATTACHED}", (str(self.index),))
        return ATTACHED

    def vectors(self, rows: Sequence[int]) -> Vectors32:
        """The vectors in these rows, copied into memory."""
        import numpy as np

        if not len(rows):
            return np.empty((0, self.dimension), dtype=np.float32)
        if len(rows) <= FEW:
            return self._read(rows)
        return np.asarray(self._mapped()[np.asarray(rows)], dtype=np.float32)

    def _read(self, rows: Sequence[int]) -> Vectors32:
        """A few rows are read one by one: a mapped page is slow to touch first, and counts as memory ever after."""
        import numpy as np

        width = self.dimension * 4
        with self._file.open("rb", buffering=0) as file:
            parts = [os.pread(file.fileno(), width, row * width) for row in rows]
        return np.frombuffer(b"".join(parts), dtype="<f4").reshape(len(rows), self.dimension)

    def sound(self, hashes: Iterable[bytes]) -> dict[bytes, Vectors32]:
        """The vector of each text that has one of length one; any other was damaged."""
        known = self.rows(hashes)
        vectors = self.vectors(list(known.values()))
        return {key: vector for key, vector, good in zip(known, vectors, is_sound(vectors), strict=True) if good}

    def put(self, hashes: Sequence[bytes], vectors: Vectors32) -> None:
        """Keep the vectors of these texts."""
        import numpy as np

        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                first = self._next_row()
                with self._file.open("r+b" if self._file.exists() else "w+b") as file:
                    file.seek(first * self.dimension * 4)
                    file.write(np.ascontiguousarray(vectors, dtype="<f4").tobytes())
                self._db.executemany(
                    "INSERT OR REPLACE INTO embeddings (model, hash, row) VALUES (?, ?, ?)",
                    [(self.model, key, first + offset) for offset, key in enumerate(hashes)],
                )
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def note(self, note: str, text_hash: bytes | None) -> None:
        """Remember which text stands for a note; None forgets the note."""
        if text_hash is None:
            self._ask("DELETE FROM note_texts WHERE note = ?", note)
        else:
            self._ask("INSERT OR REPLACE INTO note_texts (note, hash) VALUES (?, ?)", note, text_hash)

    def notes(self) -> dict[str, bytes]:
        """The text hash of every note that was taken in."""
        return dict(self._ask("SELECT note, hash FROM note_texts"))

    def mark_indexed(self, sha256: str) -> None:
        """Remember that some of this version's vectors are in the index."""
        self._ask("INSERT OR IGNORE INTO indexed (model, sha256) VALUES (?, ?)", self.model, sha256)

    def unmark_indexed(self, sha256: str) -> None:
        """Remember that none of this version's vectors are in the index."""
        self._ask("DELETE FROM indexed WHERE model = ? AND sha256 = ?", self.model, sha256)

    def is_indexed(self, sha256: str) -> bool:
        """Whether this version may have vectors in the index; asking the index itself is slow in a large library."""
        return bool(self._ask("SELECT 1 FROM indexed WHERE model = ? AND sha256 = ?", self.model, sha256))

    def has_indexed(self) -> bool:
        """Whether anything is known to have vectors in the index."""
        query = "SELECT 1 FROM indexed WHERE model = ? UNION ALL SELECT 1 FROM note_texts LIMIT 1"
        return bool(self._ask(query, self.model))

    def put_off(self, sha256: str, passages: int) -> None:
        """The index takes this version in later; until then its passages are searched exactly, from what is kept."""
        self._ask(
            "INSERT OR REPLACE INTO late (model, sha256, passages) VALUES (?, ?, ?)", self.model, sha256, passages
        )

    def late(self) -> dict[str, int]:
        """The versions that the index has still to take in, and how many passages each has."""
        return dict(self._ask("SELECT sha256, passages FROM late WHERE model = ?", self.model))

    def taken_in(self, versions: Iterable[str]) -> None:
        """The index holds these versions as they are now."""
        for sha256 in versions:
            self._ask("DELETE FROM late WHERE model = ? AND sha256 = ?", self.model, sha256)

    def changes(self) -> int:
        """A number that differs after every change that another connection has made."""
        return int(self._ask("PRAGMA data_version")[0][0])

    def forget_indexed(self) -> None:
        """The index starts anew."""
        self._ask("DELETE FROM indexed WHERE model = ?", self.model)
        self._ask("DELETE FROM late WHERE model = ?", self.model)
        self._ask("DELETE FROM filled WHERE model = ?", self.model)

    def count(self) -> int:
        """How many vectors of this model are kept."""
        return int(self._ask("SELECT count(*) FROM embeddings WHERE model = ?", self.model)[0][0])

    def _next_row(self) -> int:
        found = self._db.execute("SELECT max(row) FROM embeddings WHERE model = ?", (self.model,)).fetchone()[0]
        return 0 if found is None else int(found) + 1

    def room(self) -> int:
        """How many rows the file holds; fewer than the index says where it was cut off."""
        return self._file.stat().st_size // (self.dimension * 4) if self._file.exists() else 0

    def _mapped(self) -> "np.memmap[tuple[int, int], np.dtype[np.float32]]":
        import numpy as np

        return np.memmap(self._file, dtype="<f4", mode="r", shape=(self.room(), self.dimension))

    @staticmethod
    def discard(folder: Path) -> None:
        """Delete every kept vector."""
        for file in folder.glob("embeddings*"):
            file.unlink(missing_ok=True)

    def _ask(self, query: str, *values: object) -> list[Any]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> KbError:
        return _fault(self.index.parent, error)


def _peek(folder: Path, query: str, *values: object) -> list[Any]:
    """Ask, and get nothing where the file is not there or is being made; raises BusyError or DamagedError."""
    file = folder / INDEX
    if not file.exists():
        return []
    try:
        with closing(read_only(file)) as db:
            return db.execute(query, values).fetchall()
    except sqlite3.DatabaseError as error:
        if "no such table" in str(error):
            return []
        raise _fault(folder, error) from error


def _fault(folder: Path, error: Exception) -> KbError:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return BusyError("the kept vectors are in use", str(error), "try again in a moment")
    return DamagedError(f"the kept vectors in {folder} cannot be used", str(error), "kb reindex")


def is_sound(vectors: Vectors32) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which rows have length one; any other row was damaged, and could outrank everything."""
    import numpy as np

    with np.errstate(all="ignore"):
        lengths = np.einsum("ij,ij->i", vectors, vectors)
        sound: np.ndarray[tuple[int], np.dtype[np.bool_]] = np.abs(lengths - 1.0) < 1e-3
    return sound
