"""Backup and restore: the record and the papers' files in one zip; everything derived is left out and rebuilt."""

import os
import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path

from kb.config import Home
from kb.errors import DamagedError, KbError, NotFoundError, UsageError
from kb.models.base import Value

_RECORD = "library.db"
_MAPS = ("agendas.yaml", "concepts.yaml", "cruxes.toml", "searches.json")
"""The reader's own agendas and concepts, their rule for ranking cruxes, and their saved searches."""


class Backup(Value):
    """What a backup file holds."""

    file: Path
    papers: int
    notes: int


def back_up(home: Home, file: Path) -> Backup:
    """Write a backup whole or not at all; it is a snapshot, even while another process writes."""
    if not home.record.exists():
        raise NotFoundError(f"there is no library in {home.root}", next="kb add FILE, or give --home DIR")
    if home.settings.record_url:
        raise UsageError("the record is kept by a database server", next="use that server's own backup")
    try:
        with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".kb-backup-") as folder:
            snapshot = Path(folder) / _RECORD
            _copy_record(home.record, snapshot)
            part = Path(folder) / "backup.zip"
            papers = _zip(home, snapshot, part)
            notes = _count_notes(snapshot)
            part.replace(file)
    except OSError as error:
        raise KbError(f"{file} cannot be written", error.strerror or str(error), "choose another place") from error
    return Backup(file=file, papers=papers, notes=notes)


def put_back(home: Home, file: Path) -> Backup:
    """Unpack a backup into a home that has no record yet; raises UsageError where it has one."""
    if home.record.exists():
        raise UsageError(
            f"{home.root} has a library already",
            "restoring never overwrites one",
            f"kb --home NEW_FOLDER restore {file}, or move {home.record} away first",
        )
    if not file.exists():
        raise NotFoundError(f"{file} does not exist", next="give the file that kb backup wrote")
    home.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.root, prefix=".restore-") as folder:
        unpacked = Path(folder)
        _unzip(file, unpacked)
        notes = _count_notes(unpacked / _RECORD)
        papers = _move_papers(home, unpacked / "papers")
        for extra in ("config.toml", "lists", *_MAPS):
            if (unpacked / extra).exists() and not (home.root / extra).exists():
                shutil.move(unpacked / extra, home.root / extra)
        (unpacked / _RECORD).replace(home.record)
    return Backup(file=file, papers=papers, notes=notes)


def _copy_record(record: Path, snapshot: Path) -> None:
    source, target = sqlite3.connect(record), sqlite3.connect(snapshot)
    try:
        source.backup(target)
    except sqlite3.DatabaseError as error:
        raise DamagedError("the record is damaged", str(error), "kb doctor") from error
    finally:
        source.close()
        target.close()


def _zip(home: Home, snapshot: Path, part: Path) -> int:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(snapshot, _RECORD)
        papers = [path for path in sorted(home.papers.rglob("*")) if path.is_file()]
        lists = [path for path in sorted(home.lists.rglob("*")) if path.is_file()]
        for path in papers:
            archive.write(path, path.relative_to(home.root), zipfile.ZIP_STORED)
        maps = [home.root / name for name in _MAPS]
        for path in (*lists, *filter(Path.exists, [home.config_file, *maps])):
            archive.write(path, path.relative_to(home.root))
    with part.open("rb") as file:
        os.fsync(file.fileno())
    return len(papers)


def _unzip(file: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            if _RECORD not in archive.namelist() or archive.testzip():
                raise DamagedError(f"{file} is no whole backup", next="try an older backup")
            archive.extractall(folder)
    except zipfile.BadZipFile as error:
        raise DamagedError(f"{file} is no backup", str(error), "give the file that kb backup wrote") from error


def _count_notes(record: Path) -> int:
    connection = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM notes WHERE NOT trashed").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise DamagedError("the record in it is damaged", str(error), "kb doctor, or an older backup") from error
    finally:
        connection.close()


def _move_papers(home: Home, unpacked: Path) -> int:
    moved = 0
    for path in sorted(unpacked.rglob("*")):
        if path.is_file():
            target = home.papers / path.relative_to(unpacked)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            moved += 1
    return moved
