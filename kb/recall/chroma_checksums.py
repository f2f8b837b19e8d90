"""Knowing that Chroma's files are whole before its compiled code maps them: damaged ones end the process, unasked.

A writer breaks the seal when it begins and sets it when it has closed the index, so there are three cases: files that
are as they were sealed, files that somebody else changed, and files that a stopped writer left.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from kb.config import Home
from kb.errors import DamagedError
from kb.recall.lock import is_held
from kb.storage.whole_file import write_whole

SEAL = "seal.json"
PROBE_S = 120
PAGES, PAGE = 64, 4096
"""What is read of each file to tell whether it was changed; all of it would cost seconds in a large library."""
_PROBE = """
import sys
from pathlib import Path
from kb.config import Home
from kb.recall.vectors import probe
probe(Home(Path(sys.argv[1])))
"""


def break_seal(folder: Path) -> None:
    """Say that the files are about to change."""
    (folder / SEAL).unlink(missing_ok=True)


def set_seal(folder: Path) -> None:
    """Write down what the files look like, now that nobody changes them."""
    if folder.is_dir():
        write_whole(folder / SEAL, json.dumps({"stamps": _stamps(folder), "samples": _samples(folder)}))


def check_seal(home: Home, *, writing: bool = False) -> None:
    """Raise DamagedError where reading the index could crash; ``writing`` says that the caller holds the lock."""
    folder = home.vectors
    if not folder.is_dir() or (not writing and is_held(home)):
        return
    sealed = _sealed(folder)
    if sealed is None:
        reason = _probed(home)
    elif sealed["stamps"] == _stamps(folder) or sealed["samples"] == _samples(folder):
        reason = ""
    else:
        reason = "its files are not as they were left"
    if reason:
        raise DamagedError("the index of meaning is damaged", reason, "kb reindex")


def _probed(home: Home) -> str:
    """What went wrong when another process read the index; nothing where nothing did, or where there is nothing."""
    if not _files(home.vectors):
        return ""
    command = [sys.executable, "-c", _PROBE, str(home.root)]
    try:
        finished = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PROBE_S, check=False)
    except subprocess.TimeoutExpired:
        return f"no answer in {PROBE_S} seconds"
    if not finished.returncode:
        return ""
    said = finished.stderr.decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said else f"reading it ends the process (exit {finished.returncode})"


def _sealed(folder: Path) -> dict[str, object] | None:
    try:
        found = json.loads((folder / SEAL).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and {"stamps", "samples"} <= found.keys() else None


def _files(folder: Path) -> list[Path]:
    """The files that are mapped into memory. A folder without its list of ids is made anew by Chroma; SQLite looks
    after its own file."""
    return sorted(file for listed in folder.glob("*/index_metadata.pickle") for file in listed.parent.iterdir())


def _stamps(folder: Path) -> dict[str, list[int]]:
    return {str(file.relative_to(folder)): [file.stat().st_size, file.stat().st_mtime_ns] for file in _files(folder)}


def _samples(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): _sample(file) for file in _files(folder)}


def _sample(file: Path) -> str:
    """A checksum of pages spread evenly over the file, and of its size."""
    size = file.stat().st_size
    checksum = hashlib.blake2b(str(size).encode(), digest_size=16)
    with file.open("rb") as opened:
        for at in range(0, size, max(PAGE, size // PAGES)):
            opened.seek(at)
            checksum.update(opened.read(PAGE))
    return checksum.hexdigest()
