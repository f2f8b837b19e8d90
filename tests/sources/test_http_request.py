"""What goes wrong on the way is said in the reader's words."""

import contextlib
import socket
import threading

import pytest

from kb.errors import ItemFailedError
from kb.sources.host_guard import Guard
from kb.sources.http_request import HttpRequest
from kb.sources.retry import UnavailableError, retry_after


def get(url: str) -> None:
    """Ask, where loopback is allowed."""
    with HttpRequest(Guard(allow_private=True), silence=0.5).get(url):
        pass


def test_nobody_listens() -> None:
    with pytest.raises(UnavailableError, match="no connection") as caught:
        get("http://127.0.0.1:9/x")
    assert caught.value.reached is False
    assert "refused" in caught.value.why


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(UnavailableError, match="no connection") as caught:
        get("http://no-such-host.example/x")
    assert caught.value.reached is False
    assert "Name or service not known" in caught.value.why


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 2", b"rubbish\r\n\r\n"])
def test_a_server_that_hangs_up(sent: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with server.accept()[0] as connection:
                connection.recv(1000)
                connection.sendall(sent)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(UnavailableError, match="broke off") as caught:
            get(f"http://127.0.0.1:{server.getsockname()[1]}/x")
        thread.join()
    assert caught.value.reached


def test_headers_that_drip_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.sources.session.HEAD_SECONDS", 0.3)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with server.accept()[0] as connection, contextlib.suppress(OSError):
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not stop.wait(0.05):
                    connection.sendall(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(UnavailableError, match="no answer"):
            get(f"http://127.0.0.1:{server.getsockname()[1]}/x")
        stop.set()
        thread.join()


@pytest.mark.parametrize("url", ["http://[::1", "http://a b/", "http://" + "x" * 300 + "/"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises((ItemFailedError, UnavailableError)):
        get(url)


@pytest.mark.parametrize(("value", "seconds"), [("7", 7.0), ("", None), ("soon", None), ("-3", None)])
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": value}) == seconds


def test_retry_after_as_a_date() -> None:
    assert retry_after({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0.0
    later = retry_after({"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"})
    assert later is not None
    assert later > 1e6
