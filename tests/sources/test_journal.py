"""The journal knows what became of everything, whatever was killed while it was written."""

import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import ItemFailedError, KbError
from kb.models.progress import Failure
from kb.sources.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """An empty journal."""
    return Journal(tmp_path / "home" / "fetch.jsonl")


def test_the_last_state_of_each_item_counts(journal: Journal) -> None:
    assert journal.items() == {}
    for item, state in (("a", "queued"), ("b", "queued"), ("a", "started"), ("c", "queued"), ("a", "done")):
        journal.note(item, state, list="mlss" if state == "queued" else "")
    assert {item: line.state for item, line in journal.items().items()} == {"a": "done", "b": "queued", "c": "queued"}
    assert journal.items()["a"].list == "mlss"
    assert [line.item for line in journal.unfinished()] == ["b", "c"]


def test_failures_keep_their_reason_and_their_number(journal: Journal) -> None:
    failure = Failure.of("a", ItemFailedError("it is not a PDF", "the server sent a web page"))
    journal.note("a", "failed", failure=failure)
    journal.note("a", "started")
    journal.note("a", "failed", failure=failure)
    (line,) = journal.failed()
    assert line.failure == failure
    assert line.tries == 2
    journal.note("a", "done", paper="slug")
    assert journal.failed() == ()
    assert journal.items()["a"].paper == "slug"


@pytest.mark.parametrize("torn", [b'{"item": "b", "sta', b"\xff\xfe", b"{}", b"\n\n", b'{"item": 3}'])
def test_a_torn_line_is_passed_over_and_spoils_no_other(journal: Journal, torn: bytes) -> None:
    journal.note("a", "done")
    with journal.path.open("ab") as file:
        file.write(torn)
    journal.note("c", "queued")
    assert {item: line.state for item, line in journal.items().items()} == {"a": "done", "c": "queued"}


WRITER = """
import sys
from pathlib import Path
from kb.sources.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(100):
    journal.note(f"{sys.argv[2]}-{number}", "done")
    if number % 10 == 0:
        journal.compact()
"""


def test_two_processes_lose_nothing_of_each_others_also_while_it_is_rewritten(journal: Journal) -> None:
    journal.path.parent.mkdir()
    script = "import kb.sources.journal as j; j.COMPACT_LINES = 20\n" + WRITER
    writers = [subprocess.Popen([sys.executable, "-c", script, str(journal.path), name]) for name in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert len(journal.items()) == 200


def test_a_long_journal_is_rewritten_with_what_still_counts(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.sources.journal.COMPACT_LINES", 10)
    for _ in range(3):
        for item in "abcd":
            journal.note(item, "failed", list="mlss")
    before = journal.items()
    journal.compact()
    assert journal.path.read_bytes().count(b"\n") == 4
    assert {item: (line.state, line.list) for item, line in journal.items().items()} == {
        item: (line.state, line.list) for item, line in before.items()
    }
    assert journal.items()["a"].tries == 3


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KbError, match="cannot be written"):
        Journal(tmp_path / "file" / "fetch.jsonl").note("a", "queued")
