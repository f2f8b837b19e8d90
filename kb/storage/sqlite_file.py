"""Opening SQLite files safely beside other processes, which may write them or put others in their place."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

BUSY_MS = 5000
"""How long to wait for another process that is writing."""


def read_only_uri(file: Path) -> str:
    """The address of an SQLite file to read from, also where its folder cannot be written."""
    wal = file.with_name(f"{file.name}-wal")
    settled = not os.access(file.parent, os.W_OK) and not (wal.exists() and wal.stat().st_size)
    return f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if settled else ''}"


def read_only(path: Path) -> sqlite3.Connection:
    """The file, opened to be read."""
    return sqlite3.connect(
        read_only_uri(path), uri=True, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
    )


def file_identity(path: Path) -> tuple[int, int] | None:
    """What stays the same as long as the same file stands there; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


class ReopeningConnection:
    """A connection that is kept; a file that was deleted and made anew is opened again."""

    def __init__(self, path: Path, connect: Callable[[Path], sqlite3.Connection] = read_only) -> None:
        self.path = path
        self._connect = connect
        self._open: tuple[object, sqlite3.Connection] | None = None

    def get(self) -> sqlite3.Connection:
        """The connection to the file that stands there now."""
        identity = file_identity(self.path)
        if self._open is None or self._open[0] != identity:
            self.close()
            self._open = identity, self._connect(self.path)
        return self._open[1]

    def close(self) -> None:
        """Close what was opened; the next use opens it again."""
        if self._open:
            self._open[1].close()
        self._open = None
