"""A download that is not finished: its bytes, held by one process at a time, and what its server called them."""

import fcntl
import json
import os
import re
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from requests import Response

from kb.errors import BusyError, KbError
from kb.models.base import Value
from kb.sources.retry import UnavailableError

_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


class Label(Value):
    """What a server said about the file that it was sending."""

    url: str
    etag: str = ""
    modified: str = ""
    total: int = 0


class PartialFile:
    """``NAME.part`` beside its target, locked while open; a killed process leaves the bytes it had, and no lock."""

    file: BinaryIO

    def __init__(self, target: Path, url: str) -> None:
        self.target = target
        self.path = target.with_name(f"{target.name}.part")
        self._url = url
        self._label_file = target.with_name(f"{target.name}.part.json")

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.file = self._locked()
        except OSError as error:
            raise self.unwritable(error) from error
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        with self.file:
            if not self.file.closed and self.size == 0:
                self.discard()

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return os.fstat(self.file.fileno()).st_size

    def headers(self) -> dict[str, str]:
        """What to ask for: the rest, if it is still the same file; everything, where that could not be told."""
        label = self._label()
        if not self.size or label is None:
            return {}
        same = label.etag or label.modified
        return {"Range": f"bytes={self.size}-"} | ({"If-Range": same} if same else {})

    def accept(self, response: Response) -> int:
        """Make ready for the answer's bytes; the size that the whole file will have, or 0 where that is not known."""
        if response.status_code == 200:
            return self._start(response)
        match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        start, total = match.groups() if match else (None, None)
        known = self._label()
        whole = int(total) if total and total != "*" else 0
        if response.status_code == 416 and whole == self.size:
            return whole
        expected = known.total if known else 0
        if response.status_code == 416 or start != str(self.size) or (expected and whole and expected != whole):
            self.empty()
            raise UnavailableError(f"the rest of {self._url} does not fit what is here", "the file has changed there")
        return whole

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        try:
            self.file.write(chunk)
        except OSError as error:
            raise self.unwritable(error) from error

    def empty(self) -> None:
        """Forget all bytes, so that the next request asks for everything."""
        self.file.truncate(0)
        self._label_file.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove the file, since its bytes are of no use."""
        self.path.unlink(missing_ok=True)
        self._label_file.unlink(missing_ok=True)

    def finish(self) -> None:
        """Give the file its name, now that it is whole and checked."""
        try:
            os.fsync(self.file.fileno())
            self.path.replace(self.target)
        except OSError as error:
            raise self.unwritable(error) from error
        self._label_file.unlink(missing_ok=True)

    def unwritable(self, error: OSError) -> KbError:
        """The error for a full or read-only disk."""
        return KbError(f"{self.path} cannot be written", error.strerror or str(error), "make room, or make it writable")

    def _start(self, response: Response) -> int:
        """Begin anew, and remember how to ask for the rest; an encoded body cannot be continued."""
        self.empty()
        headers = response.headers
        total = int(headers.get("Content-Length", "0") or 0) if headers.get("Content-Length", "0").isdigit() else 0
        if headers.get("Content-Encoding", "identity").lower() != "identity":
            return 0
        etag = headers.get("ETag", "")
        label = Label(
            url=self._url,
            etag="" if etag.startswith("W/") else etag,
            modified=headers.get("Last-Modified", ""),
            total=total,
        )
        if label.etag or label.modified or label.total:
            self._label_file.write_text(label.model_dump_json(), "utf-8")
        return total

    def _label(self) -> Label | None:
        """What was remembered, if it is about this URL."""
        try:
            label = Label.model_validate(json.loads(self._label_file.read_text("utf-8")))
        except (OSError, ValueError):
            return None
        return label if label.url == self._url else None

    def _locked(self) -> BinaryIO:
        """Open and lock; open again where another process has finished, and so renamed, the file in between."""
        while True:
            with ExitStack() as stack:
                file = stack.enter_context(self.path.open("ab", buffering=0))
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise BusyError(
                        f"another process is downloading {self.target.name}", "", "wait for it, then try again"
                    ) from error
                with suppress(FileNotFoundError):
                    if self.path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                        stack.pop_all()
                        return file
