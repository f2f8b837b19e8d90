"""What became of each thing that was to be fetched: appended line by line, so that no kill can spoil what is there."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import ValidationError

from kb.errors import KbError
from kb.models.base import Value
from kb.models.progress import Failure

State = Literal["queued", "started", "done", "skipped", "browser", "failed"]
COMPACT_LINES = 20_000
"""A journal longer than this is rewritten with only the last line of each item."""


class FetchEvent(Value):
    """One thing that happened to one item."""

    item: str
    """What was asked for: an arXiv id or an address."""
    state: State
    at: datetime
    list: str = ""
    """The list that it was asked for, if any."""
    entry: str = ""
    paper: str = ""
    """Id of the paper that it became."""
    message: str = ""
    failure: Failure | None = None
    tries: int = 0


class Journal:
    """One file of JSON lines; any number of processes may append to it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, item: str, state: State, **more: object) -> FetchEvent:
        """Append what happened; on disk when this returns."""
        line = FetchEvent.model_validate({"item": item, "state": state, "at": datetime.now(UTC), **more})
        self.write([line])
        return line

    def write(self, lines: Sequence[FetchEvent]) -> None:
        """Append several lines at once; on disk when this returns."""
        data = "".join(line.model_dump_json(exclude_defaults=True) + "\n" for line in lines).encode()
        try:
            with self._locked() as file:
                file.write(_mend(file.fileno()) + data)
                os.fsync(file.fileno())
        except OSError as error:
            raise KbError(f"{self.path} cannot be written", error.strerror or str(error), "make room") from error

    def items(self) -> dict[str, FetchEvent]:
        """The last line of each item, in the order in which they were first asked for; ``tries`` counts failures."""
        found: dict[str, FetchEvent] = {}
        for line in self._lines():
            before = found.get(line.item)
            tries = (before.tries if before else 0) + (line.tries or int(line.state == "failed"))
            found[line.item] = _kept(before, line).model_copy(update={"tries": 0 if line.state == "done" else tries})
        return found

    def unfinished(self) -> tuple[FetchEvent, ...]:
        """What was asked for and came to no end: left over from a call that was stopped or killed."""
        return tuple(line for line in self.items().values() if line.state in ("queued", "started"))

    def failed(self) -> tuple[FetchEvent, ...]:
        """What failed, with the reason: the work of ``--retry-failed``."""
        return tuple(line for line in self.items().values() if line.state == "failed")

    def compact(self) -> None:
        """Rewrite a long journal with one line for each item."""
        with self._locked():
            if self.path.read_bytes().count(b"\n") <= COMPACT_LINES:
                return
            kept = self.items().values()
            scratch = self.path.with_suffix(".compact")
            scratch.write_text("".join(f"{line.model_dump_json(exclude_defaults=True)}\n" for line in kept), "utf-8")
            scratch.replace(self.path)

    def _locked(self) -> BinaryIO:
        """The file, locked until it is closed; opened again where a compaction has put another in its place."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            file = self.path.open("a+b", buffering=0)
            fcntl.flock(file, fcntl.LOCK_EX)
            if self.path.exists() and self.path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                return file
            file.close()

    def _lines(self) -> Iterator[FetchEvent]:
        """All lines that are whole; what a kill has torn is passed over."""
        if not self.path.exists():
            return
        for text in self.path.read_bytes().splitlines():
            try:
                yield FetchEvent.model_validate_json(text)
            except ValidationError:
                continue


def _kept(before: FetchEvent | None, line: FetchEvent) -> FetchEvent:
    """A line with the list and entry that an earlier one named."""
    if before is None:
        return line
    return line.model_copy(
        update={name: getattr(line, name) or getattr(before, name) for name in ("list", "entry", "paper")}
    )


def _mend(handle: int) -> bytes:
    """A line's end, where a kill has left a line without one."""
    size = os.fstat(handle).st_size
    return b"\n" if size and os.pread(handle, 1, size - 1) != b"\n" else b""
