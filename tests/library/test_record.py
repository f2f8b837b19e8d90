"""The record opens, migrates, says what is wrong with it, and keeps what it acknowledged."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kb.config import Home
from kb.errors import BusyError, DamagedError, KbError
from kb.library.migrate import alembic_config
from kb.library.notes import Notes
from kb.library.record import Record
from kb.library.schema import HEAD, metadata
from kb.models.note import ClaimFields, NoteContent
from kb.models.note_kind import NoteKind


@pytest.fixture(autouse=True)
def _migrated_once() -> None:
    """Here a new record comes from the migrations themselves."""


def test_migrations_make_exactly_the_tables_of_the_schema(home: Home) -> None:
    with Record.open(home) as record, record.read() as connection:
        drift = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [change for change in drift if "notes_fts" not in str(change)] == []


def test_the_stamp_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def test_a_file_that_is_no_record_is_called_damaged(home: Home) -> None:
    home.root.mkdir(parents=True)
    home.record.write_bytes(b"this is not a database, " * 200)
    with pytest.raises(DamagedError, match="damaged") as caught:
        Record.open(home)
    assert "kb doctor" in caught.value.next


def test_a_home_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KbError, match="cannot be made"):
        Record.open(Home(tmp_path / "file" / "home"))


def test_a_write_meets_another_writer(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.library.record.BUSY_MS", 1)
    with Record.open(home) as record:
        other = sqlite3.connect(home.record, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="another process") as caught:
            Notes(record).create(_claim("kept anyway"))
        other.close()
    assert str(home.recovery) in caught.value.why
    assert "kept anyway" in next(home.recovery.iterdir()).read_text()


def test_an_acknowledged_note_survives_kill(home: Home) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from kb.config import Home
        from kb.library.notes import Notes
        from kb.library.record import Record
        from kb.models.note import NoteContent
        notes = Notes(Record.open(Home(Path(sys.argv[1]))))
        while True:
            note = notes.create(NoteContent(kind="claim", fields={"statement": "said"}))
            print(note.id, flush=True)
    """)
    process = subprocess.Popen([sys.executable, "-c", script, str(home.root)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    acknowledged = [process.stdout.readline().strip() for _ in range(20)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += [line.strip() for line in process.stdout.read().splitlines()[:-1]]
    process.wait()
    process.stdout.close()
    with Record.open(home) as record:
        stored = {note.id for note in Notes(record).all()}
    assert set(acknowledged) <= stored


def _claim(statement: str) -> NoteContent:
    return NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement=statement))
