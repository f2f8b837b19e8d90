"""Two processes add at once while a third has a search open: nothing is lost, and all of it is found."""

import subprocess
import sys
from pathlib import Path

import pytest

from kb.config import Home
from kb.indexing.drain import backlog
from kb.indexing.health import probe_index
from kb.search.search_engine import SearchEngine
from tests.support.filled_library import library

ROOT = Path(__file__).parents[2]
PAPERS, PASSAGES = 6, 40
_ADD = """
import sys
from pathlib import Path
from kb.config import Home
from tests.support.filled_library import library
name = sys.argv[2]
with library(Home(Path(sys.argv[1]))) as shelf:
    for number in range(int(sys.argv[3])):
        texts = [f"{name} paper {number} passage {at} word{at * 7919 % 997}" for at in range(int(sys.argv[4]))]
        shelf.add(f"{name} {number}", texts)
        shelf.note(kind="claim", body=f"{name} note {number}")
        shelf.drain()
"""


@pytest.mark.slow
def test_nothing_is_lost_and_an_open_search_finds_it_all(home: Home) -> None:
    with library(home) as shelf:
        shelf.add("First", ["A first passage."])
        shelf.drain()
        with SearchEngine(home, shelf.embedder, resident=True) as search_engine:
            assert search_engine.search("first passage").hits
            command = [sys.executable, "-c", _ADD, str(home.root)]
            running = [
                subprocess.Popen([*command, name, str(PAPERS), str(PASSAGES)], cwd=ROOT) for name in ("alpha", "beta")
            ]
            while any(process.poll() is None for process in running):
                assert search_engine.search("first passage").hits[0].text == "A first passage."
            assert [process.returncode for process in running] == [0, 0]
            shelf.drain()
            assert backlog(shelf.record, shelf.texts) == 0
            assert shelf.texts.counts()["searched"] == 2 * PAPERS * PASSAGES + 1
            assert all(probe.ok for probe in probe_index(home, shelf.texts, shelf.embedder))
            for name in ("alpha", "beta"):
                hits = search_engine.search(f'"{name} paper 5 passage 17"').hits
                assert (hits[0].title, hits[0].matched) == (f"{name} 5", ("words", "meaning"))
                assert search_engine.search(f"{name} note 3", where="notes").hits[0].matched == ("words", "meaning")
