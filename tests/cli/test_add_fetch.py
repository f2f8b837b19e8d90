"""``kb add``: what is good comes in; what is not is told with its reason and the next step; nothing is half there."""

import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest
from filelock import FileLock

from kb.config import Home
from tests.cli.conftest import Kb
from tests.support.pdfs import paper


def test_a_pdf_comes_in_and_is_found_at_once(kb: Kb, pdf: Path, home: Home) -> None:
    added = kb("add", pdf, "--json")
    assert added.code == 0
    (item,) = added.data["added"]
    assert item["title"] == "Learning from Human Comparisons"
    assert item["source"] == str(pdf)
    assert home.paper_file(item["version"], "pdf").read_bytes() == pdf.read_bytes()
    found = kb("search", "comparisons that people make", "--json").data["hits"]
    assert found[0]["paper"] == item["paper"]
    assert set(found[0]["matched"]) == {"words", "meaning"}


def test_the_same_file_twice_is_one_paper(kb: Kb, pdf: Path, library: Home) -> None:
    again = kb("add", pdf, "--json")
    assert (again.code, again.data["added"], len(again.data["skipped"])) == (0, [], 1)
    assert len(kb("papers", "--json").data["papers"]) == 1


def test_a_folder_brings_all_its_pdfs_and_one_bad_file_stops_none(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    paper(folder / "b-good.pdf", pages=3)
    (folder / "a-page.pdf").write_text("<!doctype html><html><body>Please log in</body></html>")
    (folder / "c-empty.pdf").write_bytes(b"")
    result = kb("add", folder, "--json")
    assert result.code == 1
    assert len(result.data["added"]) == 1
    assert sorted(Path(failed["source"]).name for failed in result.data["failed"]) == ["a-page.pdf", "c-empty.pdf"]
    assert all(failed["message"] and failed["next"] for failed in result.data["failed"])


@pytest.mark.parametrize(
    ("name", "make", "code", "says"),
    [
        ("missing.pdf", lambda path: None, 3, "does not exist"),
        ("notes.pdf", lambda path: path.write_text("just text"), 1, "PDF"),
        ("locked.pdf", lambda path: _encrypted(path), 1, "password"),
        ("empty-folder", lambda path: path.mkdir(), 3, "no PDF"),
    ],
)
def test_bad_input_says_what_why_and_next(
    kb: Kb, tmp_path: Path, home: Home, name: str, make: object, code: int, says: str
) -> None:
    make(tmp_path / name)  # type: ignore[operator]
    result = kb("add", tmp_path / name, "--json")
    assert result.code == code
    (failed,) = result.data["failed"]
    assert says in failed["message"]
    assert failed["next"]
    assert kb("papers", "--json").data["papers"] == []
    assert not [file for file in home.papers.rglob("*") if file.is_file()]


def _encrypted(path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "secret")
        document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="u", owner_pw="o")


def test_an_impossible_arxiv_id_is_wrong_usage(kb: Kb) -> None:
    result = kb("add", "arxiv:abc", "--json")
    assert result.code == 2
    assert "not an arXiv id" in result.data["failed"][0]["message"]


def test_no_network_is_told_for_each_id(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_ARXIV_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("KB_ARXIV_DELAY", "0")
    result = kb("add", "1706.03741", "1805.00899", "--json")
    assert result.code == 6
    assert [failed["source"] for failed in result.data["failed"]] == ["1706.03741", "1805.00899"]
    assert all("run the same command again" in failed["next"] for failed in result.data["failed"])


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that not even root can write to")
def test_a_home_that_cannot_be_written_is_one_clear_error(kb: Kb, pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_HOME", "/proc/self/nowhere")
    result = kb("add", pdf)
    assert result.code == 1
    assert "cannot be made" in result.err
    assert "KB_HOME" in result.err


def test_while_another_process_indexes_words_are_there_and_meaning_waits(kb: Kb, pdf: Path, home: Home) -> None:
    home.root.mkdir()
    with FileLock(home.index_lock):
        script = "import sys; from kb.__main__ import run; sys.exit(run(sys.argv[1:]))"
        other = subprocess.run(
            [sys.executable, "-c", script, "add", str(pdf), "--json"], capture_output=True, text=True, check=False
        )
    assert other.returncode == 0, other.stderr
    assert "another" in other.stderr
    assert kb("search", "comparisons", "--mode", "words").code == 0
    assert kb("doctor", "--json").data["checks"][-1]["name"]
    backlog = next(check for check in kb("doctor", "--json").data["checks"] if check["name"] == "backlog")
    assert not backlog["ok"]
    assert next(check for check in kb("doctor", "--fix", "--json").data["checks"] if check["name"] == "backlog")["ok"]


def test_a_title_with_escapes_is_shown_and_not_obeyed(kb: Kb, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "A plain title of a paper", fontsize=20)
        page.insert_text((72, 120), "Some text of it that is long enough to be read.", fontsize=10)
        document.set_metadata({"title": "evil \x1b]0;owned\x07 [bold]title[/bold]"})
        document.save(tmp_path / "evil.pdf")
    kb("add", tmp_path / "evil.pdf")
    for arguments in (("papers",), ("show", "title"), ("search", "title")):
        result = kb(*arguments)
        assert "\x1b]" not in result.out + result.err
