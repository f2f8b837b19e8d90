"""One pace for all requests from this machine to one server, whatever process or library they come from."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import KbError

FURTHEST = 3600.0
"""A pause that ends later than this many seconds from now is a clock that was set back, and is not kept."""


class Limiter:
    """Keeps requests ``delay`` seconds apart across processes, through a lock and a time kept in ``folder``."""

    def __init__(
        self, folder: Path, delay: float, *, name: str = "arxiv", sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.delay = delay
        self._lock = folder / f"{name}-turn.lock"
        self._free_at = folder / f"{name}.next"
        self._sleep = sleep

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and keep it while the request is on its way; the pause counts from when the answer begins.

        The lock belongs to the open file, so a process that is killed gives its turn back.
        """
        with _locked(self._lock):
            while (left := self._left()) > 0:
                self._sleep(left)
            self._pause(self.delay)
            try:
                yield
            finally:
                self._pause(self.delay)

    def wait(self) -> None:
        """Wait for a turn and take it."""
        with self.turn():
            pass

    def back_off(self, seconds: float) -> None:
        """Let nobody on this machine send a request for so long, because the server asked for it."""
        self._pause(min(seconds, FURTHEST))

    def _left(self) -> float:
        """Seconds until the next request may be sent."""
        left = self._read() - time.time()
        return left if 0 < left <= FURTHEST else 0.0

    def _read(self) -> float:
        """The time that is kept; 0 where there is none, or where it is not a number."""
        try:
            return float(self._free_at.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return 0.0

    def _pause(self, seconds: float) -> None:
        """Keep a time that is so far from now, unless a later one is kept already."""
        with _locked(self._free_at.with_suffix(".lock")):
            now = time.time()
            if now + seconds <= self._read() <= now + FURTHEST:
                return
            scratch = self._free_at.with_suffix(f".{os.getpid()}")
            scratch.write_text(repr(now + seconds), "ascii")
            scratch.replace(self._free_at)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold a lock that all processes on this machine know; raises KbError where its folder cannot be written."""
    from filelock import FileLock

    lock = FileLock(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        why = error.strerror or str(error)
        raise KbError(f"{file} cannot be written", why, "set KB_CACHE to a folder that can be") from error
    try:
        yield
    finally:
        lock.release()
