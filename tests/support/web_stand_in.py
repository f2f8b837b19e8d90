"""A real HTTP server on loopback: files with ranges and validators, a log of every request, and faults on request."""

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from tests.support.faults import BOMB, CHALLENGE, Fault

HUGE = 300 << 20


@dataclass
class Seen:
    """One request as it arrived."""

    at: float
    path: str
    headers: dict[str, str]
    status: int = 0
    sent: int = 0
    """Bytes of the body."""


@dataclass
class Answer:
    """What a path answers with."""

    body: bytes
    status: int = 200
    type: str = "application/pdf"
    headers: dict[str, str] = field(default_factory=dict)
    etag: bool = True


class WebStandIn:
    """Serves ``pages`` by path; a context manager, on a free port of 127.0.0.1."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.log: list[Seen] = []
        self.faults: list[Fault] = []
        self.piece_bytes = 0
        """Send bodies in pieces of so many bytes, 10 ms apart; 0 for all at once."""
        self.before: Callable[[str], None] = lambda path: None
        """Called with each path before it is answered: a test's way to change the world in between."""
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> Answer:
        """The answer for a path with its query."""
        return self.pages.get(path) or Answer(b"not here", 404, "text/plain")

    def requests(self, pattern: str) -> list[Seen]:
        """Requests whose path matches, oldest first."""
        return [seen for seen in self.log if re.search(pattern, seen.path)]

    def arrived(self, handler: BaseHTTPRequestHandler) -> Seen:
        """Note a request."""
        seen = Seen(time.time(), handler.path, {k.lower(): v for k, v in handler.headers.items()})
        with self._lock:
            self.log.append(seen)
        self.before(handler.path)
        return seen

    def fault_for(self, path: str) -> Fault | None:
        """The first fault that is due for a path, which is used up by this."""
        with self._lock:
            for fault in self.faults:
                if fault.matches(path):
                    fault.times -= 1
                    return fault
        return None


def _handler(server: WebStandIn) -> type[BaseHTTPRequestHandler]:
    """A handler class that answers for one stand-in."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/_log":
                _send(self, None, Answer(json.dumps([asdict(seen) for seen in server.log]).encode(), etag=False))
                return
            seen = server.arrived(self)
            fault = server.fault_for(self.path)
            with suppress(BrokenPipeError, ConnectionResetError):
                if fault is None:
                    _send(self, seen, server.answer(self.path), server.piece_bytes)
                else:
                    _misbehave(self, seen, fault, server.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            server.faults.append(Fault(**json.loads(body)))
            _send(self, None, Answer(b"{}", etag=False))

        def log_message(self, *_: object) -> None:
            """Say nothing: the log is for tests."""

    return Handler


def _send(handler: BaseHTTPRequestHandler, seen: Seen | None, answer: Answer, piece: int = 0) -> None:
    """A correct answer, or the part of it that was asked for."""
    etag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
    wanted = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", "")) if answer.status == 200 else None
    same = handler.headers.get("If-Range", etag) == etag
    start = int(wanted[1]) if wanted and same else 0
    body, status, extra = answer.body[start:], answer.status, dict(answer.headers)
    if wanted and same and start >= len(answer.body):
        body, status = b"", 416
        extra["Content-Range"] = f"bytes */{len(answer.body)}"
    elif wanted and same:
        status = 206
        extra["Content-Range"] = f"bytes {start}-{len(answer.body) - 1}/{len(answer.body)}"
    if answer.etag and answer.status == 200:
        extra["ETag"] = etag
    _write(
        handler,
        seen,
        status,
        {"Content-Type": answer.type, "Content-Length": str(len(body)), **extra},
        _pieces(body, piece),
    )


def _pieces(body: bytes, size: int) -> Iterator[bytes]:
    """The body at once, or in pieces with a pause after each."""
    if not size:
        yield body
    for start in range(0, len(body), size) if size else ():
        yield body[start : start + size]
        time.sleep(0.01)


def _write(
    handler: BaseHTTPRequestHandler, seen: Seen | None, status: int, headers: dict[str, str], chunks: object
) -> None:
    """Status, headers and bytes, counted in the log."""
    if seen:
        seen.status = status
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    for chunk in chunks:  # type: ignore[attr-defined]
        handler.wfile.write(chunk)
        if seen:
            seen.sent += len(chunk)


def _misbehave(handler: BaseHTTPRequestHandler, seen: Seen, fault: Fault, answer: Answer) -> None:
    """Answer as the fault says."""
    body = answer.body
    length = {"Content-Type": answer.type, "Content-Length": str(len(body)), "ETag": '"standin"'}
    pieces: object = [body]
    status = 200
    if fault.kind == "status":
        length, pieces, status = {"Content-Length": "0"}, [], fault.status
        if fault.retry_after:
            length["Retry-After"] = fault.retry_after
    elif fault.kind == "redirect":
        length, pieces, status = {"Content-Length": "0", "Location": fault.location}, [], 302
    elif fault.kind in ("html", "bomb", "other"):
        body = {"html": CHALLENGE, "bomb": BOMB, "other": fault.body.encode()}[fault.kind]
        kind = "text/html" if fault.kind == "html" else answer.type
        length, pieces = {"Content-Type": kind, "Content-Length": str(len(body))}, [body]
    elif fault.kind == "huge":
        length["Content-Length"] = str(HUGE)
        pieces = (b"%PDF-1.7\n" + b"0" * (1 << 20) for _ in range(HUGE >> 20))
        if fault.after == 0:
            del length["Content-Length"]
    elif fault.kind == "drip":
        pieces = _drip(body, fault.pause)
    elif fault.kind == "longer":
        length["Content-Length"] = str(len(body) + fault.after)
    elif fault.kind == "shorter":
        length["Content-Length"] = str(len(body) - fault.after)
        pieces = [body[: -fault.after]]
    elif fault.kind == "torn":
        length, pieces = {"Content-Type": answer.type, "Content-Length": str(fault.after)}, [body[: fault.after]]
    else:
        etag = hashlib.sha256(body).hexdigest()[:16]
        length["ETag"], pieces = f'"{etag}"', [body[: fault.after]]
    _write(handler, seen, status, length, pieces)
    handler.close_connection = True


def _drip(body: bytes, pause: float) -> object:
    """One byte at a time."""
    for position in range(len(body)):
        time.sleep(pause)
        yield body[position : position + 1]
