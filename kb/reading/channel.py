"""The parent's end of the pipe: start the child, send a request, read its answers until a deadline, end it."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import from_json

import kb
from kb.errors import ItemFailedError

Answer = dict[str, Any]

CHILD = "kb.reading.pdf.child"
ANEW = "leave it out, or save it anew in a PDF viewer and add that copy"
SPLIT = "leave it out, or split it"
MIB = 1 << 20
FRUGAL = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(4 * MIB),
    "MALLOC_TRIM_THRESHOLD_": str(32 * MIB),
}
"""One core, and memory that goes back to the system when a page is done: without, one hard page takes it for good."""
PIPE_BYTES = 1 << 20
"""So that the child can leave a whole paper in the pipe and go on with the next one."""
MAX_ANSWER = 256 * 1024 * 1024
"""No paper needs more; a child that sends more has lost its way."""


class Channel:
    """One child process and the pipe to it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._held = b""
        self.busy = 0
        """How many hold it; while somebody waits for answers, a second request would read the first one's."""
        self.ahead: Answer | None = None
        """A request that the child has already, and that nobody has asked for yet."""

    @property
    def process_id(self) -> int | None:
        """The child's id; None while there is none."""
        return self._process.pid if self._process else None

    def ask(
        self, request: Answer, wall_s: float, *, each: bool = False, then: Answer | None = None
    ) -> Iterator[Answer]:
        """Answers up to the one with ``done``; raises ItemFailedError for ``failed``, a dead child or a deadline.

        The deadline is for all answers together, or, with ``each``, for every single one. ``then`` is what will be
        asked next: the child begins with it as soon as it can, while the parent is still busy with these answers.
        """
        finished = False
        self.busy += 1
        try:
            self._claim(request)
            self._send_ahead(then)
            for answer in self._answers(Path(request["path"]), wall_s, each):
                finished = "done" in answer or "failed" in answer
                if "failed" in answer:
                    told = answer["failed"]
                    raise ItemFailedError(told["what"], told["why"], told["next"])
                yield answer
        finally:
            self.busy -= 1
            if not finished:
                self.close()

    def _claim(self, request: Answer) -> None:
        """Send the request, unless the child has it already; what else was sent ahead ends with its child."""
        if self.ahead != request:
            if self.ahead is not None:
                self.close()
            self._send(request)
        self.ahead = None

    def _send_ahead(self, request: Answer | None) -> None:
        """Let the child have what will be asked next; one that has died is found out by whoever waits for it."""
        if request is None:
            return
        try:
            self._send(request)
        except ItemFailedError:
            return
        self.ahead = request

    def _send(self, request: Answer) -> None:
        """Write the request; a child that died since the last one is replaced."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = _start()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise _died(Path(request["path"]), self._process.wait()) from None

    def _answers(self, path: Path, wall_s: float, each: bool) -> Iterator[Answer]:
        """Answers to the request that was sent last; ends after the last one."""
        deadline = time.monotonic() + wall_s
        while True:
            answer = from_json(self._line(path, deadline))
            if each:
                deadline = time.monotonic() + wall_s
            yield answer
            if "done" in answer or "failed" in answer:
                return

    def _line(self, path: Path, deadline: float) -> bytes:
        """The child's next line."""
        parts = [self._held]
        size = len(self._held)
        while b"\n" not in parts[-1]:
            part = self._read(path, deadline)
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER:
                raise ItemFailedError(
                    f"{path.name} is over the limit", "its text is too long", "leave it out, or split it"
                )
        line, _, self._held = b"".join(parts).partition(b"\n")
        return line

    def _read(self, path: Path, deadline: float) -> bytes:
        """Some bytes from the child, or the reason why there are none."""
        process = self._process
        assert process is not None
        assert process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            if not waiting.select(max(deadline - time.monotonic(), 0)):
                raise ItemFailedError(
                    f"{path.name} is over the limit",
                    "reading it takes too long",
                    "leave it out, or save it anew in a PDF viewer",
                )
        part = os.read(process.stdout.fileno(), 1 << 20)
        if not part:
            raise _died(path, process.wait())
        return part

    def kill(self) -> None:
        """End the child while another thread waits for its answers; that thread sees it die."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the child."""
        process, self._process, self._held, self.ahead = self._process, None, b"", None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()


def _start() -> "subprocess.Popen[bytes]":
    """A child in a session of its own, so that Ctrl-C reaches only the parent, which then ends it; it uses one core."""
    root = str(Path(kb.__file__).parent.parent)
    inherited = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([root, inherited] if inherited else [root])
    environment = {**os.environ, "PYTHONPATH": path, **FRUGAL}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pipesize=PIPE_BYTES,
        env=environment,
        start_new_session=True,
    )


def _died(path: Path, code: int) -> ItemFailedError:
    """What a child's end says of the file."""
    if code > 0:
        return ItemFailedError(f"{path.name} was not read", f"the parser itself failed (exit {code})", "kb doctor")
    if -code in (signal.SIGXCPU, signal.SIGKILL):
        why = "reading it takes more time than one file may use"
        return ItemFailedError(f"{path.name} is over the limit", why, ANEW)
    return ItemFailedError(
        f"{path.name} is damaged",
        f"the PDF library crashed on it (signal {-code})",
        ANEW,
    )
