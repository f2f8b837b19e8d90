"""The screen's end of the engine: starts its process, asks, and hands replies on; it never blocks the caller."""

import itertools
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from kb.config import Home
from kb.engine.protocol import UNASKED, EngineError, Reply, Request

OnReply = Callable[[Reply], None]


class EngineClient:
    """One engine for one home. Replies come on a thread of their own."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._ids = itertools.count(1)
        self._process: subprocess.Popen[str] | None = None
        self._stopping = False

    def start(self, on_reply: OnReply) -> None:
        """Start the process; call it before the terminal is taken over. A home that cannot be written has no engine."""
        command = [sys.executable, "-m", "kb.engine.worker", str(self._home.root)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1,
            encoding="utf-8",
        )  # fmt: skip
        assert self._process.stdout
        threading.Thread(target=self._listen, args=(self._process.stdout, on_reply), daemon=True).start()

    def submit(self, kind: str, **payload: Any) -> int:
        """Ask for something; returns the request's id at once, and nothing is ever answered to a dead engine."""
        request = Request.model_validate({"id": next(self._ids), "kind": kind, "payload": payload})
        if self._process and self._process.stdin and self._process.poll() is None:
            try:
                self._process.stdin.write(request.model_dump_json() + "\n")
            except BrokenPipeError:
                self._process.poll()  # the listener has told of its end
        return request.id

    def stop(self) -> None:
        """End the process at once: whatever it was doing goes on from where it was at the next start."""
        self._stopping = True
        if self._process:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    _close(stream)

    def _listen(self, answers: IO[str], on_reply: OnReply) -> None:
        try:
            for line in answers:
                on_reply(Reply.model_validate_json(line))
        except ValueError as error:
            self._tell_end(on_reply, str(error))
            return
        self._tell_end(on_reply, f"see {self._home.logs / 'engine.log'}")

    def _tell_end(self, on_reply: OnReply, why: str) -> None:
        if not self._stopping:
            error = EngineError(what="the engine has ended", why=why, next="words still answer; restart kb for meaning")
            on_reply(Reply(id=UNASKED, kind="engine", error=error, final=True))


def _close(stream: IO[str]) -> None:
    try:
        stream.close()
    except (BrokenPipeError, ValueError):
        return  # it was closed from the other end, which is what was wanted
