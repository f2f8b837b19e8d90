"""The derived SQLite file of texts: its tables, and opening it safely from several processes."""

import os
import sqlite3
from collections.abc import Collection
from pathlib import Path

from kb.errors import BusyError, DamagedError, KbError
from kb.storage.sqlite_file import BUSY_MS, read_only

APPLICATION = 0x4B42_5458
"""Marks the file as ours, so that nobody else's file is ever emptied."""
SCHEMA = 2
"""Grows when the tables change; an older file is emptied, since its texts are parsed again."""

_TABLES = """
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY,
    paper TEXT NOT NULL,
    title TEXT NOT NULL,
    stage INTEGER NOT NULL,
    parser TEXT NOT NULL,
    current INTEGER NOT NULL,
    card INTEGER NOT NULL,
    report TEXT NOT NULL,
    metadata TEXT NOT NULL,
    blocks BLOB NOT NULL,
    sections BLOB NOT NULL,
    refs BLOB NOT NULL
);
CREATE INDEX documents_by_paper ON documents (paper);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL REFERENCES documents (sha256) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    paper TEXT NOT NULL,
    title TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    hash BLOB NOT NULL,
    live INTEGER NOT NULL,
    page INTEGER NOT NULL,
    first_block INTEGER NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX passages_by_version ON passages (sha256, position);
CREATE INDEX passages_by_paper ON passages (paper) WHERE live;
CREATE INDEX passages_by_hash ON passages (hash) WHERE live;
CREATE TABLE queue (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE
);
CREATE VIEW live_passages AS SELECT number, text, heading, title FROM passages WHERE live;
CREATE VIRTUAL TABLE passages_fts USING fts5(
    text, heading, title, content='live_passages', content_rowid='number', tokenize='porter unicode61'
);
CREATE TRIGGER passage_added AFTER INSERT ON passages WHEN new.live BEGIN
    INSERT INTO passages_fts (rowid, text, heading, title) VALUES (new.number, new.text, new.heading, new.title);
END;
CREATE TRIGGER passage_removed AFTER DELETE ON passages WHEN old.live BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text, heading, title)
    VALUES ('delete', old.number, old.text, old.heading, old.title);
END;
CREATE TRIGGER passage_left BEFORE UPDATE OF live, title ON passages WHEN old.live BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text, heading, title)
    VALUES ('delete', old.number, old.text, old.heading, old.title);
END;
CREATE TRIGGER passage_returned AFTER UPDATE OF live, title ON passages WHEN new.live BEGIN
    INSERT INTO passages_fts (rowid, text, heading, title) VALUES (new.number, new.text, new.heading, new.title);
END;
"""


def open_texts(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """Open the file, making it where it is missing; raises DamagedError where it is not a file of ours."""
    if not create and not path.exists():
        raise FileNotFoundError(path)
    if path.exists() and not os.access(path.parent, os.W_OK):
        return read_only(path)
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise KbError(f"{path} cannot be opened", str(error), f"check that {path.parent} can be written") from error
    try:
        _prepare(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise fault(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def discard_texts(path: Path) -> None:
    """Delete the file of texts, whatever is in it; the caller has closed it, and parses the papers again."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def fault(path: Path, error: sqlite3.Error) -> KbError:
    """The error that a reader can act on, for one of SQLite's."""
    if isinstance(error, sqlite3.OperationalError) and ("locked" in str(error) or "busy" in str(error)):
        return BusyError(f"{path.name} is in use", str(error), "try again in a moment")
    return DamagedError(f"the index of texts {path} cannot be used", str(error), "kb reindex")


def share_of(texts: sqlite3.Connection, papers: Collection[str]) -> float:
    """About how much of the library these papers are; counting their passages takes a while in a large one."""
    known = texts.execute("SELECT count(DISTINCT paper) FROM documents").fetchone()[0]
    return min(1.0, len(papers) / max(int(known), 1))


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if _stamp(connection) == (APPLICATION, SCHEMA):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _lay_tables(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _stamp(connection: sqlite3.Connection) -> tuple[int, int]:
    return (
        connection.execute("PRAGMA application_id").fetchone()[0],
        connection.execute("PRAGMA user_version").fetchone()[0],
    )


def _lay_tables(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process has just done so; runs within a transaction."""
    application, schema = _stamp(connection)
    if (application, schema) == (APPLICATION, SCHEMA):
        return
    present = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    if present and application != APPLICATION:
        raise sqlite3.DatabaseError("it belongs to another program")
    for kind in ("view", "trigger", "table"):
        for name in [name for found, name in present if found == kind and not _is_shadow(name)]:
            connection.execute(f'DROP {kind} IF EXISTS "{name}"')
    for statement in _statements(_TABLES):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


def _is_shadow(name: str) -> bool:
    """A table that belongs to a full-text table, and goes with it."""
    return "_fts_" in name


def _statements(script: str) -> list[str]:
    """The script's statements; ``executescript`` would end the transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
