"""The one way to send a request: own User-Agent, timeouts, and a guard over every address that is connected to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from kb import __version__
from kb.sources.host_guard import Guard

USER_AGENT = f"insideview/{__version__} (reads papers, one request at a time; requests/{requests.__version__})"
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
"""No answer, or no further byte of one, for so long is a failure."""
HEAD_SECONDS = 60.0
"""The status and the headers of an answer have to be there by then."""


def new_session(guard: Guard) -> requests.Session:
    """A session whose connections are checked by the guard; redirects are left to the caller, who checks each."""
    session = requests.Session()
    session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
    adapter = _GuardedAdapter(guard)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class _GuardedAdapter(HTTPAdapter):
    """Direct connections are guarded; a proxy that the environment names resolves names itself, and is trusted."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Have all direct connections made by guarded ones."""
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _guarded_pools(self._guard)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send, without any proxy where the host is one that the reader named."""
        host = self._guard.check_url(request.url or "")
        if host in self._guard.named or host in ("localhost", "127.0.0.1", "::1"):
            kwargs["proxies"] = {}
        return super().send(request, *args, **kwargs)


def _guarded_pools(guard: Guard) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools, by scheme, whose connections ask the guard for the address to connect to."""

    class GuardedHTTP(HTTPConnection):
        """Connects to checked addresses only."""

        def _new_conn(self) -> socket.socket:
            return _connect(self, guard)

        def getresponse(self) -> Any:
            """The answer's head, within the time that it may take."""
            with _hurried(self.sock):
                return super().getresponse()

    class GuardedHTTPS(HTTPSConnection):
        """The same, before the TLS handshake."""

        def _new_conn(self) -> socket.socket:
            return _connect(self, guard)

        def getresponse(self) -> Any:
            """The answer's head, within the time that it may take."""
            with _hurried(self.sock):
                return super().getresponse()

    http = type("GuardedHTTPPool", (HTTPConnectionPool,), {"ConnectionCls": GuardedHTTP})
    https = type("GuardedHTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": GuardedHTTPS})
    return {"http": http, "https": https}


@contextmanager
def _hurried(sock: socket.socket | None) -> Iterator[None]:
    """Hang up on a server whose answer's head takes too long, a byte at a time: it would hold everybody's turn."""

    late = threading.Event()

    def hang_up() -> None:
        late.set()
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(HEAD_SECONDS, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException):
        if not late.is_set():
            raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError("the head of the answer took too long")


def _connect(connection: HTTPConnection, guard: Guard) -> socket.socket:
    """Resolve once, check, and connect to what was checked, so that a second answer of the name cannot differ."""
    port = connection.port or connection.default_port
    try:
        addresses = guard.addresses(connection.host, port)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    failure: OSError | None = None
    for address in addresses:
        try:
            return create_connection((address, port), connection.timeout, socket_options=connection.socket_options)
        except TimeoutError as error:
            raise ConnectTimeoutError(connection, f"connecting to {connection.host} timed out") from error
        except OSError as error:
            failure = error
    raise NewConnectionError(connection, f"connecting to {connection.host} failed: {failure}") from failure
