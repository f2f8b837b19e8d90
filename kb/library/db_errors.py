"""What a database says when it cannot do its work, put into words that a reader can act on."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, OperationalError

from kb.errors import BusyError, DamagedError, KbError


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Turn the database's own errors into a KbError that names the record's file and the next command."""
    try:
        yield
    except DatabaseError as error:
        raise in_words(str(error.orig).lower(), place, isinstance(error, OperationalError)) from error


_ENOUGH = 1 << 16
"""Bytes without which SQLite cannot even open a record to read it."""


def _is_full(place: Path) -> bool:
    return shutil.disk_usage(place.parent).free < _ENOUGH


def in_words(reason: str, place: Path, operational: bool) -> KbError:
    """The KbError for one message of SQLite (or of another database, which is passed on)."""
    if "locked" in reason:
        return BusyError(
            "the library is being written by another process", reason, "wait for the other kb to finish, then try again"
        )
    if "full" in reason or ("i/o" in reason and _is_full(place)):
        return KbError(f"the disk that holds {place.parent} is full", reason, "free some space, then try again")
    if "readonly" in reason or "unable to open" in reason:
        return KbError(
            f"{place.parent} cannot be written",
            reason,
            "make the folder writable, or choose another with --home DIR or KB_HOME",
        )
    if "not a database" in reason or "malformed" in reason or "no such table" in reason:
        return DamagedError(
            f"the record {place} is damaged", reason, "run `kb doctor`, or `kb restore FILE` from your newest backup"
        )
    kind = KbError if operational else DamagedError
    return kind("the record refused the change", reason, "run `kb doctor`")
