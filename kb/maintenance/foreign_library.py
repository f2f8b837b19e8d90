"""Somebody else's library, looked at and never touched: a copy is opened, so that theirs is not migrated or written."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.config import Home
from kb.errors import BusyError, DamagedError, NotFoundError, UsageError
from kb.export.jsonl import load_library
from kb.library.record import Record
from kb.library.record_file import can_be_read

_RECORD = "library.db"
_MAPS = ("agendas.yaml", "concepts.yaml")
_TRIES = 5


@contextmanager
def other_library(place: Path) -> Iterator[tuple[Home, Record]]:
    """The library in a home, in a backup, or in a JSON Lines export.

    Raises NotFoundError where there is none, DamagedError for one that cannot be read, and UsageError for one that a
    newer Inside View has written.
    """
    if not place.exists():
        raise NotFoundError(f"{place} does not exist", next="kb compare HOME, a backup, or a JSON Lines export")
    with tempfile.TemporaryDirectory(prefix="kb-compare-") as folder:
        home = Home(Path(folder) / "home")
        home.root.mkdir()
        if place.is_dir():
            _copy_home(place, home)
        elif zipfile.is_zipfile(place):
            _unpack(place, home)
        else:
            _load(place, home)
        _check_stamp(home.record, place)
        with Record.open(home) as record:
            yield home, record


def _copy_home(place: Path, home: Home) -> None:
    """The record with what is still in its log, taken again if somebody writes meanwhile."""
    source = place / _RECORD
    if not source.is_file():
        raise NotFoundError(f"there is no library in {place}", next="name a home, a backup, or a JSON Lines export")
    files = [source, source.with_name(f"{_RECORD}-wal")]
    for _ in range(_TRIES):
        before = _marks(files)
        for path in files:
            target = home.root / path.name
            target.unlink(missing_ok=True)
            if path.exists():
                shutil.copyfile(path, target)
        if _marks(files) == before:
            break
    else:
        raise BusyError(f"{place} is being written to", "no whole copy of it could be made", "try again in a moment")
    for name in _MAPS:
        if (place / name).is_file():
            shutil.copyfile(place / name, home.root / name)


def _marks(files: list[Path]) -> list[tuple[int, int] | None]:
    found = [path.stat() if path.exists() else None for path in files]
    return [(one.st_mtime_ns, one.st_size) if one else None for one in found]


def _unpack(place: Path, home: Home) -> None:
    with zipfile.ZipFile(place) as archive:
        names = set(archive.namelist())
        if _RECORD not in names:
            raise DamagedError(f"{place} is no backup", next="give the file that kb backup wrote")
        for name in (_RECORD, *_MAPS):
            if name in names:
                try:
                    with archive.open(name) as packed, (home.root / name).open("wb") as file:
                        shutil.copyfileobj(packed, file)
                except (zipfile.BadZipFile, OSError, RuntimeError) as error:
                    raise DamagedError(f"{place} is no whole backup", str(error), "try another backup") from error


def _load(place: Path, home: Home) -> None:
    try:
        text = place.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{place} is no library", "it is neither a home, a backup nor an export", "kb compare --help"
        ) from error
    with Record.open(home) as record:
        load_library(record, text)


def _check_stamp(file: Path, place: Path) -> None:
    try:
        is_ours = can_be_read(file)
    except DamagedError as error:
        raise DamagedError(f"the record in {place} cannot be read", error.why, error.next) from error
    if not is_ours:
        raise UsageError(f"{place} was written by a newer Inside View", next="bring this one up to date")
