"""Backup and restore: the record and every file that cannot be rebuilt in one zip; what is derived is left out."""

import os
import tempfile
import zipfile
from pathlib import Path

from kb.config import Home
from kb.errors import DamagedError, KbError, NotFoundError, UsageError
from kb.library.record_file import copy_record, count_notes
from kb.models.base import Value

_RECORD = "library.db"
_PAPERS = "papers"
_FOLDERS = ("lists", "templates", "runs", "recovery")
"""The reader's own lists and templates, runs with what was predicted of them, and notes that could not be saved."""
_FILES = ("config.toml", "agendas.yaml", "concepts.yaml", "cruxes.toml", "searches.json", "search_history.jsonl")
"""Settings, the reader's own agendas and concepts, their rule for ranking cruxes, and their searches."""


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
            copy_record(home.record, snapshot)
            part = Path(folder) / "backup.zip"
            papers = _zip(home, snapshot, part)
            notes = count_notes(snapshot)
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
        notes = count_notes(unpacked / _RECORD)
        papers = _move(_files(unpacked / _PAPERS), unpacked, home.root)
        kept = [path for name in _FOLDERS for path in _files(unpacked / name)] + _there(unpacked)
        _move([path for path in kept if not (home.root / path.relative_to(unpacked)).exists()], unpacked, home.root)
        (unpacked / _RECORD).replace(home.record)
    return Backup(file=file, papers=papers, notes=notes)


def _zip(home: Home, snapshot: Path, part: Path) -> int:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(snapshot, _RECORD)
        papers = _files(home.root / _PAPERS)
        for path in papers:
            archive.write(path, path.relative_to(home.root), zipfile.ZIP_STORED)
        for path in (*(path for name in _FOLDERS for path in _files(home.root / name)), *_there(home.root)):
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


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _there(root: Path) -> list[Path]:
    """Those of the single files that are there."""
    return [root / name for name in _FILES if (root / name).is_file()]


def _move(files: list[Path], source: Path, target: Path) -> int:
    for path in files:
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    return len(files)
