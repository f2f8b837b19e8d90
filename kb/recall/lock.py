"""The right to write vectors: one process at a time, since two writers damage Chroma's files."""

from collections.abc import Iterator
from contextlib import contextmanager

from kb.config import Home, Settings
from kb.errors import BusyError

PATIENCE_S = 0.2
"""Long enough to outlast somebody who only asks whether the lock is held."""


@contextmanager
def index_lock(home: Home, settings: Settings) -> Iterator[None]:
    """Hold the right to write vectors; raises BusyError at once where another process has it.

    A Chroma server needs no lock of ours.
    """
    if settings.chroma_url:
        yield
        return
    from filelock import FileLock, Timeout

    home.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.index_lock)
    try:
        lock.acquire(timeout=PATIENCE_S)
    except Timeout as error:
        raise BusyError(
            "another process is indexing", "only one may write vectors at a time", "wait for it, then try again"
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_held(home: Home) -> bool:
    """Whether some process, this one among them, is writing vectors now."""
    from filelock import FileLock, Timeout

    if not home.index_lock.exists():
        return False
    probe = FileLock(home.index_lock)
    try:
        probe.acquire(timeout=0)
    except Timeout:
        return True
    probe.release()
    return False
