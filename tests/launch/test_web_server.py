"""The screen in a browser: for this machine and its own page only, and really the screen."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import UsageError
from kb.launch.web_server import allowed, free_port, serve
from tests.tui.sample import CHRISTIANO, build

aiohttp = pytest.importorskip("aiohttp", reason="the extra `serve` is not installed")
pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a screen that shows nothing counts as broken."""


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    """A server on a filled library."""
    build(home)
    port = free_port("127.0.0.1")
    command = [sys.executable, "-m", "kb", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"KB_HOME": str(home.root)}, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        assert f"http://127.0.0.1:{port}" in process.stderr.readline()
        wait_until_open(port)
        yield f"127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def wait_until_open(port: int) -> None:
    """The address is told a moment before the door opens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not listen")


def test_the_page_is_there_and_its_socket_shows_the_library(address: str) -> None:
    with urllib.request.urlopen(f"http://{address}/") as answer:
        page = answer.read().decode()
    assert "Inside View" in page
    assert f"ws://{address}/ws" in page
    shown = asyncio.run(first_screen(f"ws://{address}/ws?width=120&height=40", f"http://{address}"))
    assert CHRISTIANO[:30].encode() in shown


async def first_screen(url: str, origin: str) -> bytes:
    """What the socket sends until the library's paper is in it."""
    shown = b""
    async with aiohttp.ClientSession() as session, session.ws_connect(url, headers={"Origin": origin}) as connection:
        async with asyncio.timeout(PATIENCE):
            while CHRISTIANO[:30].encode() not in shown:
                message = await connection.receive()
                assert message.type is aiohttp.WSMsgType.BINARY or message.type is aiohttp.WSMsgType.TEXT, message
                shown += message.data if isinstance(message.data, bytes) else message.data.encode()
    return shown


def test_other_names_and_other_sites_are_turned_away(address: str) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(f"http://{address}/", headers=headers))
        assert refused.value.code == 403
    with pytest.raises(aiohttp.WSServerHandshakeError):
        asyncio.run(first_screen(f"ws://{address}/ws", "http://evil.example"))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "example.org", ""])
def test_addresses_that_others_reach_are_refused(home: Home, host: str) -> None:
    with pytest.raises(UsageError, match="can be reached from outside"):
        serve(home, host, 0)


@pytest.mark.parametrize(
    ("host", "origin", "is_own"),
    [
        ("127.0.0.1:8000", None, True), ("localhost:8000", "http://localhost:8000", True), ("[::1]:8000", None, True),
        ("127.0.0.1:9000", None, False), ("127.0.0.1", None, False), ("localhost:8000", "http://localhost:9000", False),
        ("localhost:8000", "https://localhost:8000", False), ("localhost.evil.example:8000", None, False),
        ("x:notaport", None, False), ("", None, False),
    ],
)  # fmt: skip
def test_who_is_let_in(host: str, origin: str | None, is_own: bool) -> None:
    assert allowed(host, origin, 8000) is is_own
