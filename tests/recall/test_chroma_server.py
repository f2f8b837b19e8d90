"""The same code against a Chroma server, started for the test on this machine's own loopback."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from kb.config import Home, Settings
from kb.errors import NetworkError
from kb.recall.text_rows import card_of
from kb.recall.vectors import Vectors
from kb.search.search_engine import SearchEngine
from tests.support.filled_library import library

START_S = 60
DEBATE = ["Two agents debate before a judge.", "A judge rewards honest arguments."]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address; the test fails with what the server said where it does not start."""
    folder, port = tmp_path_factory.mktemp("server"), _free_port()
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder / "data")]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as running:
        try:
            _wait_for(address, running, folder / "log")
            yield address
        finally:
            running.terminate()
            running.wait(timeout=30)


def _wait_for(address: str, running: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and running.poll() is None:
        try:
            urlopen(f"{address}/api/v2/heartbeat", timeout=1).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


@pytest.fixture
def served(home: Home, server: str, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("KB_CHROMA_URL", server)
    return replace(home)


@pytest.mark.slow
def test_everything_works_against_a_server(served: Home) -> None:
    with library(served) as shelf:
        paper = shelf.add("Debate", DEBATE, year=2018)
        shelf.note(kind="claim", body="Judges scale")
        shelf.drain()
        assert not served.vectors.exists(), "nothing of Chroma's lies in the home"
        with SearchEngine(served, shelf.embedder) as search_engine:
            hit = search_engine.search("honest arguments").hits[0]
            assert (hit.text, hit.matched, hit.paper) == (DEBATE[1], ("words", "meaning"), paper)
            assert {found.what for found in search_engine.search("judge", mode="meaning").hits} == {"passage", "note"}
            assert search_engine.search("year:2018 judge", mode="meaning", where="passages").hits
            assert not search_engine.search("year:2019 judge", mode="meaning").hits
        shelf.texts.remove(next(iter(shelf.texts.stamps())))
        shelf.drain()
        with Vectors.open(served, served.settings, shelf.embedder.name) as vectors:
            assert vectors.ids("passage") == [card_of(paper, "").passages[0].id], "its title can still be found"
            assert vectors.counts()["note"] == 1


@pytest.mark.slow
def test_no_lock_keeps_two_writers_apart(served: Home) -> None:
    with library(served) as one, library(served) as other:
        one.add("One", DEBATE)
        other.add("Other", ["Something else."])
        one.drain()
        other.drain()
        assert one.texts.counts()["queued"] == 0


def test_closing_leaves_no_connection_open(served: Home) -> None:
    with Vectors.open(served, served.settings, "word-hash", write=True) as vectors:
        vectors.are_new()
        parts = (vectors._client, vectors._client._admin_client)  # type: ignore[attr-defined]
        sessions = [part._server._session for part in parts]
        assert not any(session.is_closed for session in sessions)
    assert all(session.is_closed for session in sessions)


def test_a_server_that_is_not_there_leaves_the_words(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CHROMA_URL", f"http://127.0.0.1:{_free_port()}")
    with library(home) as shelf:
        shelf.add("Debate", DEBATE)
        with SearchEngine(home, shelf.embedder) as search_engine:
            result = search_engine.search("honest arguments")
    assert result.hits[0].matched == ("words",)
    assert "does not answer" in result.notice


@pytest.mark.parametrize("address", ["not an address", "ftp://127.0.0.1:8000", "http://"])
def test_an_address_that_cannot_be_one_says_so(home: Home, address: str) -> None:
    with pytest.raises(NetworkError):
        Vectors.open(home, Settings(chroma_url=address), "word-hash")
