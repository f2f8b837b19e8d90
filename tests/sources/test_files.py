"""Files are taken in whole, once, under the hash of what was stored."""

import hashlib
import os
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import KbError, NotFoundError
from kb.models.paper import VersionKind
from kb.sources.files import keep, pdf_files, sha256_of


def test_a_folder_means_all_pdfs_below_it(tmp_path: Path) -> None:
    for name in ("b.PDF", "a.pdf", "deep/er/c.pdf", "notes.txt", ".hidden/d.pdf", "._e.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF")
    assert [file.name for file in pdf_files(tmp_path)] == ["a.pdf", "b.PDF", "c.pdf"]
    assert pdf_files(tmp_path / "notes.txt") == (tmp_path / "notes.txt",)


def test_nothing_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no PDF"):
        pdf_files(tmp_path)
    with pytest.raises(NotFoundError, match="does not exist"):
        pdf_files(tmp_path / "missing")


def test_what_is_kept_is_the_same_bytes_once(tmp_path: Path, home: Home) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF" + bytes(3_000_000))
    kept = keep(file, home)
    assert kept.new
    assert kept.sha256 == hashlib.sha256(file.read_bytes()).hexdigest() == sha256_of(kept.path)
    assert kept.path == home.paper_file(kept.sha256, "pdf")
    assert kept.bytes == file.stat().st_size
    assert file.exists()
    assert not keep(file, home).new
    assert list(home.incoming.iterdir()) == []
    assert keep(file, home, VersionKind.HTML).path.suffix == ".html"


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path, home: Home) -> None:
    with pytest.raises(NotFoundError, match="does not exist"):
        keep(tmp_path / "missing.pdf", home)
    with pytest.raises(NotFoundError, match="is a folder"):
        keep(tmp_path, home)


def test_a_home_that_cannot_be_written_leaves_nothing_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF")
    (tmp_path / "home").write_text("a file where the home should be")
    with pytest.raises(KbError, match="could not be kept"):
        keep(tmp_path / "paper.pdf", Home(tmp_path / "home"))


def test_a_copy_that_breaks_off_is_removed(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF")
    real = os.fsync

    def full(handle: int) -> None:
        real(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.sources.files.os.fsync", full)
    with pytest.raises(KbError, match="No space left"):
        keep(tmp_path / "paper.pdf", home)
    assert list(home.incoming.iterdir()) == []
    assert not home.papers.exists()
