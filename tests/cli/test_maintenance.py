"""``kb doctor``, ``kb reindex``, ``kb backup``: what can break is broken here, found, and mended."""

import shutil
from pathlib import Path

import pytest

from kb.config import Home
from tests.cli.conftest import Kb


def checks(kb: Kb, *options: str) -> dict[str, dict[str, object]]:
    return {check["name"]: check for check in kb("doctor", "--json", *options).data["checks"]}


def test_a_sound_library_passes_every_check(kb: Kb, library: Home) -> None:
    assert {name: check["detail"] for name, check in checks(kb).items() if not check["ok"]} == {}
    assert kb("doctor").code == 0


def test_a_missing_paper_file_is_named(kb: Kb, library: Home) -> None:
    next(file for file in library.papers.rglob("*.pdf")).unlink()
    assert not checks(kb)["files"]["ok"]
    assert "comparisons.pdf" in str(checks(kb)["files"]["detail"])
    assert kb("doctor").code == 5


def test_a_changed_paper_file_is_named(kb: Kb, library: Home) -> None:
    with next(file for file in library.papers.rglob("*.pdf")).open("ab") as file:
        file.write(b"x")
    assert "1 have changed" in str(checks(kb)["files"]["detail"])


@pytest.mark.parametrize("damage", ["deleted", "garbage"])
def test_everything_derived_can_go_and_comes_back(kb: Kb, library: Home, damage: str) -> None:
    before = kb("show", "comparisons", "--json").data
    kb("note", "add", "comparisons", "--kind", "claim", "--text", "kept", "--quote", "comparisons that people make")
    if damage == "deleted":
        shutil.rmtree(library.derived)
    else:
        for file in library.derived.rglob("*"):
            if file.is_file():
                file.write_bytes(b"garbage" * 1000)
    assert not checks(kb)["texts"]["ok"]
    mended = checks(kb, "--fix")
    assert {name: check["detail"] for name, check in mended.items() if not check["ok"]} == {}
    after = kb("show", "comparisons", "--json").data
    assert (after["sections"], after["passages"]) == (before["sections"], before["passages"])
    hits = kb("search", "comparisons people make", "--json").data["hits"]
    assert {"passage", "note"} == {hit["what"] for hit in hits}


def test_a_damaged_record_is_said_and_never_overwritten(kb: Kb, library: Home) -> None:
    garbage = b"garbage" * 1000
    library.record.write_bytes(garbage)
    for suffix in ("-wal", "-shm"):
        Path(f"{library.record}{suffix}").unlink(missing_ok=True)
    result = kb("doctor", "--fix")
    assert result.code == 5
    assert "damaged" in result.out + result.err
    assert kb("papers").code == 5
    assert library.record.read_bytes() == garbage


def test_reindex_builds_the_index_anew(kb: Kb, library: Home) -> None:
    assert kb("reindex", "--texts", "--json").data == {"parsed": 1, "failed": [], "waiting": 0}
    assert kb("search", "comparisons", "--mode", "meaning").code == 0


def test_a_backup_comes_back_whole_in_an_empty_home(kb: Kb, library: Home, tmp_path: Path) -> None:
    note = kb("note", "add", "comparisons", "--kind", "claim", "--text", "kept", "--json").data["note"]
    file = tmp_path / "backup.zip"
    assert kb("backup", file, "--json").data == {"file": str(file), "papers": 1, "notes": 1}
    other = ("--home", tmp_path / "other")
    assert kb("restore", file, *other).code == 0
    assert kb("note", "show", note, *other).code == 0
    assert kb("reindex", *other).code == 0
    assert kb("search", "comparisons", *other).code == 0


def test_a_backup_takes_along_all_that_cannot_be_rebuilt(kb: Kb, library: Home, tmp_path: Path) -> None:
    written = {
        "runs/lr-sweep/20260101-1/run.json": "{}",
        "runs/lr-sweep/sweeps/1.json": "{}",
        "templates/summary.md.j2": "mine",
        "recovery/1.json": "{}",
        "lists/own.yaml": "title: mine",
        "search_history.jsonl": "",
    }
    for name, text in written.items():
        (library.root / name).parent.mkdir(parents=True, exist_ok=True)
        (library.root / name).write_text(text)
    kb("backup", tmp_path / "backup.zip")
    other = tmp_path / "other"
    (other / "templates").mkdir(parents=True)
    (other / "templates" / "progress.md.j2").write_text("there before")
    assert kb("restore", tmp_path / "backup.zip", "--home", other).code == 0
    assert {name: (other / name).read_text() for name in written} == written
    assert (other / "templates" / "progress.md.j2").read_text() == "there before"
    assert not list(other.glob(".restore-*"))


def test_restoring_never_overwrites_a_library(kb: Kb, library: Home, tmp_path: Path) -> None:
    kb("backup", tmp_path / "backup.zip")
    assert kb("restore", tmp_path / "backup.zip").code == 2
    (tmp_path / "broken.zip").write_bytes(b"no zip")
    assert kb("restore", tmp_path / "broken.zip", "--home", tmp_path / "new").code == 5
    assert kb("restore", tmp_path / "missing.zip", "--home", tmp_path / "new2").code == 3
