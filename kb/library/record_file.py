"""The record as an SQLite file of its own, such as a backup has: looked at without being opened, or migrated."""

import sqlite3
from contextlib import closing
from pathlib import Path

from kb.errors import DamagedError
from kb.library.schema import HEAD
from kb.storage.sqlite_file import read_only


def copy_record(record: Path, snapshot: Path) -> None:
    """A copy as the record is at one moment, even while another process writes; raises DamagedError."""
    with closing(sqlite3.connect(record)) as source, closing(sqlite3.connect(snapshot)) as target:
        try:
            source.backup(target)
        except sqlite3.DatabaseError as error:
            raise DamagedError("the record is damaged", str(error), "kb doctor") from error


def count_notes(record: Path) -> int:
    """How many notes of a record are not in the trash; raises DamagedError."""
    with closing(read_only(record)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM notes WHERE NOT trashed").fetchone()[0])
        except sqlite3.DatabaseError as error:
            raise DamagedError("the record in it is damaged", str(error), "kb doctor, or an older backup") from error


def can_be_read(record: Path) -> bool:
    """Whether this version can read a record: it has a stamp, of a schema no newer than ours; raises DamagedError."""
    with closing(sqlite3.connect(record)) as connection:
        try:
            stamp = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise DamagedError("its record cannot be read", str(error), "ask for another copy") from error
    return stamp is not None and str(stamp[0]) <= HEAD


def integrity(record: Path) -> tuple[list[str], int]:
    """What SQLite says of the file, which is ``ok`` alone for a whole one, and how many rows point to nothing.

    Raises DamagedError where it is no database.
    """
    with closing(read_only(record)) as connection:
        try:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
            return said, len(connection.execute("PRAGMA foreign_key_check").fetchall())
        except sqlite3.DatabaseError as error:
            raise DamagedError("the record is damaged", str(error), "kb restore FILE") from error
