"""Local files: which PDFs a path means, and how a file is taken into the library: whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from kb.config import Home
from kb.errors import KbError, NotFoundError
from kb.models.base import Value
from kb.models.paper import VersionKind

CHUNK = 1 << 20


class StoredFile(Value):
    """A file that the library now has."""

    sha256: str
    path: Path
    bytes: int
    new: bool
    """False where the same bytes were there before."""


def pdf_files(path: Path) -> tuple[Path, ...]:
    """The PDFs that a path means: a file itself, whatever its name; all ``*.pdf`` below a folder, in order."""
    if not path.exists():
        raise NotFoundError(f"{path} does not exist", "", "check the path, or give an arXiv id, URL or title instead")
    if not path.is_dir():
        return (path,)
    found = tuple(sorted(file for file in path.rglob("*") if _is_pdf_name(file.relative_to(path)) and file.is_file()))
    if not found:
        raise NotFoundError(f"no PDF below {path}", "no file there has a name that ends in .pdf", "give another folder")
    return found


def _is_pdf_name(path: Path) -> bool:
    """A PDF by its name, neither hidden nor in a hidden folder."""
    return path.suffix.lower() == ".pdf" and not any(part.startswith(".") for part in path.parts)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path, home: Home, kind: VersionKind = VersionKind.PDF) -> StoredFile:
    """Copy a file into the library's papers; what is hashed is what is stored, and nobody ever sees half of it."""
    with _explained(path, home):
        home.incoming.mkdir(parents=True, exist_ok=True)
        scratch, sha256, size = _copied(path, home.incoming)
        target = home.paper_file(sha256, kind.value)
        try:
            new = not target.exists() or target.stat().st_size != size
            if new:
                target.parent.mkdir(parents=True, exist_ok=True)
                scratch.replace(target)
                _settle(target.parent)
        finally:
            scratch.unlink(missing_ok=True)
    return StoredFile(sha256=sha256, path=target, bytes=size, new=new)


def _copied(path: Path, folder: Path) -> tuple[Path, str, int]:
    """A copy on disk under a scratch name, its sha256 and its size."""
    digest = hashlib.sha256()
    with path.open("rb") as source, NamedTemporaryFile(dir=folder, suffix=".copy", delete=False) as scratch:
        try:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                scratch.write(chunk)
            scratch.flush()
            os.fsync(scratch.fileno())
            size = scratch.tell()
        except BaseException:
            Path(scratch.name).unlink(missing_ok=True)
            raise
    Path(scratch.name).chmod(0o644)
    return Path(scratch.name), digest.hexdigest(), size


def _settle(folder: Path) -> None:
    """Have the folder itself written to disk, so that a rename in it outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained(path: Path, home: Home) -> Iterator[None]:
    """Say which of the two places an operating-system error is about."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFoundError(f"{path} does not exist", str(error), "check the path") from error
    except IsADirectoryError as error:
        raise NotFoundError(f"{path} is a folder", "one file was expected", "give a file") from error
    except OSError as error:
        raise _not_stored(path, home, error) from error


def _not_stored(path: Path, home: Home, error: OSError) -> KbError:
    """The error for a file that could not be copied, with the room that is left where that is the reason."""
    try:
        free = f"; {shutil.disk_usage(home.root).free // CHUNK} MiB are free there"
    except OSError:
        free = ""
    step = f"make room or make {home.root} writable, then run the same command again"
    return KbError(f"{path} could not be kept in {home.root}", f"{error.strerror or error}{free}", step)
