"""``kb compare``: somebody else's home, backup or export, and none of it touched."""

import sqlite3
from pathlib import Path

import pytest

from kb.config import Home
from kb.library.credences import Credences
from kb.library.record import Record
from kb.models.credence import Subject, SubjectKind
from tests.cli.conftest import Kb
from tests.library.test_migrations import older_home


@pytest.fixture
def theirs(kb: Kb, home: Home, tmp_path: Path) -> Path:
    """A colleague's home with one credence in it."""
    place = tmp_path / "theirs"
    assert (
        kb("--home", place, "credence", "rl-comparisons", "0.3", "--why", "annotators [bold]disagree\x1b[31m").code == 0
    )
    assert kb("--home", home.root, "credence", "rl-comparisons", "0.8", "--why", "few were enough").code == 0
    return place


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder, with its bytes and when it was changed."""
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_a_home_is_compared_and_left_as_it_was(kb: Kb, theirs: Path) -> None:
    before = state(theirs)
    ran = kb("compare", theirs, "--json")
    assert ran.data["positions"][0]["gap"] == pytest.approx(0.5)
    assert ran.data["positions"][0]["theirs"]["reason"].startswith("annotators")
    shown = kb("compare", theirs)
    assert "+50" in shown.out
    assert "[bold]disagree\\x1b[31m" in shown.out
    assert state(theirs) == before


def test_what_was_just_written_is_seen_while_their_home_is_open(kb: Kb, home: Home, theirs: Path) -> None:
    subject = Subject(kind=SubjectKind.CLAIM, id="rl-comparisons", statement="said a moment ago")
    with Record.open(Home(theirs)) as record:
        Credences(record).add(subject, 0.6)
        before = state(theirs)
        told = kb("--home", home.root, "compare", theirs, "--json").data["positions"][0]
        assert state(theirs) == before
    assert told["theirs"]["low"] == 0.6


def test_a_backup_and_an_export_say_the_same(kb: Kb, home: Home, theirs: Path, tmp_path: Path) -> None:
    told = kb("compare", theirs, "--json").data["positions"]
    assert kb("--home", theirs, "backup", tmp_path / "b.zip").code == 0
    assert kb("--home", theirs, "export", "jsonl", "--to", tmp_path / "e.jsonl").code == 0
    for name in ("b.zip", "e.jsonl"):
        assert kb("--home", home.root, "compare", tmp_path / name, "--json").data["positions"] == told


def test_an_older_home_is_read_without_being_migrated(kb: Kb, home: Home, tmp_path: Path) -> None:
    older = older_home(tmp_path / "old", "0002")
    before = state(older.root)
    assert kb("compare", older.root, "--json").data["only_they_read"] == ["A work"]
    assert state(older.root) == before
    connection = sqlite3.connect(f"file:{older.record}?mode=ro&immutable=1", uri=True)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    connection.close()


def test_a_home_from_the_future_is_told(kb: Kb, home: Home, tmp_path: Path) -> None:
    older = older_home(tmp_path / "new", "0002")
    connection = sqlite3.connect(older.record)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    ran = kb("compare", older.root)
    assert ran.code == 2
    assert "newer Inside View" in ran.err


@pytest.mark.parametrize(("name", "content"), [("nothing", None), ("a.txt", b"no library"), ("b.bin", b"\xff\xfe\x00"),
                                               ("c.zip", b"PK\x05\x06" + bytes(18)), ("folder", b"")])  # fmt: skip
def test_what_is_no_library_is_told(kb: Kb, home: Home, tmp_path: Path, name: str, content: bytes | None) -> None:
    place = tmp_path / name
    if content:
        place.write_bytes(content)
    elif content is not None:
        place.mkdir()
    ran = kb("compare", place)
    assert ran.code in (2, 3, 5)
    assert "next:" in ran.err or "why:" in ran.err


def test_a_damaged_record_is_told(kb: Kb, home: Home, tmp_path: Path) -> None:
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "library.db").write_bytes(b"this is no database " * 300)
    assert kb("compare", tmp_path / "damaged").code == 5


def test_nothing_held_on_either_side_says_how_to_begin(kb: Kb, home: Home, tmp_path: Path) -> None:
    kb("--home", tmp_path / "empty", "notes")
    assert "Next: kb credence" in kb("--home", home.root, "compare", tmp_path / "empty").err
