"""Files written whole or not at all; what a reader has written by hand is never replaced unless it is kept beside."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from kb.errors import ItemFailedError, KbError, UsageError
from kb.export import seal
from kb.models.base import Value


class Written(Value):
    """What became of a file."""

    path: Path
    outcome: Literal["created", "updated", "unchanged"]
    kept: Path | None = None
    """Where the text that stood there before was put, if a hand had written in it."""


def write_file(path: Path, text: str | bytes, kind: seal.Kind, *, overwrite: bool = False) -> Written:
    """Write the text, or the bytes of a PDF, sealed, to a file.

    A file that was not written here, or was edited since, is refused; with ``overwrite`` it is kept beside under a
    name of its own. Raises UsageError for a place that cannot be written to, and ItemFailedError for a refusal.
    """
    target = _place(path)
    encoding = "latin-1" if isinstance(text, bytes) else "utf-8"
    data = seal.sealed(text.decode(encoding) if isinstance(text, bytes) else text, kind).encode(encoding)
    before = _bytes_of(target)
    if before == data:
        return Written(path=path, outcome="unchanged")
    by_hand = before is not None and _state(before, kind) != "ours"
    if by_hand and not overwrite:
        raise _refusal(path, before or b"", kind)
    try:
        kept = _keep(target, before or b"") if by_hand else None
    except OSError as error:
        raise _cannot_write(path, error) from error
    replace_bytes(target, data, before)
    return Written(path=path, outcome="created" if before is None else "updated", kept=kept)


def keep_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files that a document refers to into a folder; their names say what they hold, so none is ever replaced.

    Raises UsageError where the folder cannot be made or written to.
    """
    try:
        folder.mkdir(exist_ok=True)
        for name, data in files.items():
            if not (folder / name).exists():
                _replace(folder / name, data, None)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _encoding(kind: seal.Kind) -> str:
    """A PDF or a package is bytes, each of which stands for itself."""
    return "latin-1" if kind in ("pdf", "apkg") else "utf-8"


def _place(path: Path) -> Path:
    """The file itself where the path is a link to it; raises UsageError for what cannot be a file."""
    target = Path(os.path.realpath(path.expanduser()))
    if target.is_dir():
        raise UsageError(
            f"{path} is a folder", "an export is one file", f"name a file in it, such as {path}/summary.md"
        )
    if target.exists() and not target.is_file():
        raise UsageError(f"{path} is not a plain file", next="leave the file name out to print the export")
    if not target.parent.is_dir():
        raise UsageError(f"the folder {target.parent} does not exist", next=f"mkdir -p {target.parent}")
    return target


def _bytes_of(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _cannot_write(target, error) from error


def _state(data: bytes, kind: seal.Kind) -> seal.State:
    try:
        return seal.state(data.decode(_encoding(kind)), kind)
    except UnicodeDecodeError:
        return "foreign"


def _refusal(path: Path, data: bytes, kind: seal.Kind) -> ItemFailedError:
    edited = _state(data, kind) == "edited"
    return ItemFailedError(
        f"{path} was left as it is",
        "it has been edited since it was exported" if edited else "it was not written by kb export",
        "give another file name, or add --overwrite, which keeps the old text beside it",
    )


def _cannot_write(path: Path, error: OSError) -> KbError:
    return UsageError(f"{path} cannot be written", error.strerror or str(error), "choose another place for the file")


def _keep(target: Path, data: bytes) -> Path:
    """Put the old text beside the new, under the first free numbered name."""
    number = 1
    while True:
        kept = target.with_name(f"{target.name}.{number}.kept")
        try:
            with kept.open("xb") as file:
                file.write(data)
                _flush(file.fileno())
        except FileExistsError:
            number += 1
            continue
        return kept


def replace_bytes(target: Path, data: bytes, expected: bytes | None) -> None:
    """Put new bytes in place in one step, if the file still is what it was when it was looked at (None: not there).

    Raises ItemFailedError where it has changed since, and UsageError where it cannot be written.
    """
    try:
        _replace(target, data, expected)
    except OSError as error:
        raise _cannot_write(target, error) from error


def _replace(target: Path, data: bytes, expected: bytes | None) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            _flush(file.fileno())
        part.chmod(target.stat().st_mode & 0o777 if expected is not None else _default_mode())
        if _bytes_of(target) != expected:
            raise ItemFailedError(
                f"{target} was left as it is", "it changed while it was being exported", "run the command again"
            )
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _default_mode() -> int:
    """The mode that a new file would have had."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush(descriptor: int) -> None:
    os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
