"""Whatever cannot be written keeps the reader's words in a file, and the error names that file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.config import Home
from kb.errors import KbError
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.passes import Passes
from kb.library.record import Record
from kb.library.recovery import text_kept_if_lost
from kb.models.credence import Subject, SubjectKind
from kb.models.note import ClaimFields, LinkKind, NoteContent
from kb.models.note_kind import NoteKind
from kb.models.paper import PaperDraft
from kb.models.reading_pass import Depth

WORDS = "three months of thought"


def content(text: str) -> NoteContent:
    """A claim."""
    return NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement=text))


class Desk:
    """A record with two notes and a paper, to write to."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.first, self.second = (Notes(record).create(content(text)).id for text in ("one", "two"))
        self.paper = Papers(record).add(PaperDraft(title="A paper")).id


WRITES: dict[str, Callable[[Desk], object]] = {
    "new note": lambda workspace: Notes(workspace.record).create(content(WORDS)),
    "edited note": lambda workspace: Notes(workspace.record).edit(workspace.first, content(WORDS)),
    "reason of a credence": lambda workspace: Credences(workspace.record).add(
        Subject(kind=SubjectKind.CLAIM, id="c", statement="C."), 0.4, reason=WORDS
    ),
    "answer of a pass": lambda workspace: Passes(workspace.record).add(
        workspace.paper, Depth.SKIM, {"question": WORDS}
    ),
    "doubt of a link": lambda workspace: Links(workspace.record).add(
        workspace.first, workspace.second, LinkKind.OPPOSES, 0.5, WORDS
    ),
}


@contextmanager
def locked(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another process is writing."""
    monkeypatch.setattr("kb.library.record.BUSY_MS", 1)
    record.engine.dispose()
    other = sqlite3.connect(record.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def full(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Not one page more fits."""
    record.engine.dispose()

    @sa.event.listens_for(record.engine, "connect")
    def _limit(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    filler = "x" * 200_000
    monkeypatch.setattr("tests.library.test_recovery.WORDS", f"{WORDS} {filler}")
    yield


@contextmanager
def damaged(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The file is no database any more."""
    record.engine.dispose()
    for path in record.place.parent.glob("library.db*"):
        path.write_bytes(b"not a database, " * 4096)
    yield


TROUBLES = {"locked": locked, "full": full, "damaged": damaged}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("write", WRITES)
def test_no_words_are_lost(home: Home, monkeypatch: pytest.MonkeyPatch, write: str, trouble: str) -> None:
    with Record.open(home) as record:
        workspace = Desk(record)
        with TROUBLES[trouble](record, monkeypatch), pytest.raises(KbError) as caught:
            WRITES[write](workspace)
    (kept,) = home.recovery.iterdir()
    assert str(kept) in caught.value.why
    assert "three months of thought" in kept.read_text("utf-8")


def test_the_same_writes_go_through_where_nothing_is_wrong(home: Home) -> None:
    with Record.open(home) as record:
        workspace = Desk(record)
        for write in WRITES.values():
            write(workspace)
    assert not home.recovery.exists()


def test_what_is_no_fault_of_the_record_keeps_the_words_too(home: Home) -> None:
    with pytest.raises(KbError, match="could not be saved") as caught, text_kept_if_lost(home, WORDS):
        raise ZeroDivisionError("a slip of the program")
    (kept,) = home.recovery.iterdir()
    assert str(kept) in caught.value.why
    assert kept.read_text("utf-8") == WORDS


def test_words_that_cannot_be_encoded_are_kept_readable(home: Home) -> None:
    with pytest.raises(KbError), text_kept_if_lost(home, "half a \ud83d smile"):
        raise KbError("no")
    (kept,) = home.recovery.iterdir()
    assert kept.read_text("utf-8") == "half a \\ud83d smile"


def test_where_the_home_takes_nothing_the_temporary_folder_does(home: Home, tmp_path: Path) -> None:
    home.root.mkdir(parents=True)
    home.recovery.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(KbError) as caught, text_kept_if_lost(home, WORDS):
        raise KbError("no")
    place = Path(caught.value.why.rpartition("kept in ")[2])
    assert place.read_text("utf-8") == WORDS
    place.unlink()
