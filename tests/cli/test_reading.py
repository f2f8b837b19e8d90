"""How well a paper was read, who cites it, and scans: what a reader is told of each."""

import shutil
from pathlib import Path

import pymupdf
import pytest

from kb.config import Home
from tests.cli.conftest import Kb
from tests.support.pdfs import write_text


def scan(path: Path) -> Path:
    """A picture of a sentence, without a text layer."""
    drawn = pymupdf.open()
    drawn.new_page().insert_text((72, 100), "The reward model is a picture", fontsize=20)
    document = pymupdf.open()
    document.new_page().insert_image(pymupdf.Rect(0, 0, 595, 842), pixmap=drawn[0].get_pixmap(dpi=150))
    document.save(path)
    return path


def citing(path: Path, title: str, cited: str) -> Path:
    """A paper whose bibliography names another."""
    document = pymupdf.open()
    page = document.new_page()
    write_text(page, (72, 60, 520, 110), title, fontsize=20)
    write_text(page, (72, 150, 520, 400), "Everything rests on what was done before. " * 8, fontsize=10)
    write_text(page, (72, 420, 520, 450), "References", fontsize=14, fontname="hebo")
    entries = f"[1] A. Author. {cited}. Journal of Tests, 2017.\n[2] B. Other. Nothing that is here at all. 2018.\n"
    write_text(page, (72, 460, 520, 600), entries + "[3] C. Third. Also nothing that is here. 2019.", fontsize=10)
    document.save(path)
    return path


def test_a_scan_is_told_plainly_everywhere(kb: Kb, home: Home, tmp_path: Path) -> None:
    added = kb("add", scan(tmp_path / "scan.pdf"))
    assert (added.code, "no text layer" in added.err) == (0, True)
    shown = kb("show", "scan")
    assert "no text layer" in shown.out
    assert "kb reindex" in shown.out
    assert kb("show", "scan", "--json").data["parse"]["problems"][0]["next"].endswith("--ocr")
    check = next(check for check in kb("doctor", "--json").data["checks"] if check["name"] == "reading")
    assert check["ok"]
    assert "no text layer" in check["items"][0]
    assert "kb reindex" in kb("add", tmp_path / "scan.pdf").err


def test_recognition_without_tesseract_says_what_to_install(
    kb: Kb, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    refused = kb("add", scan(tmp_path / "scan.pdf"), "--ocr")
    assert refused.code == 2
    assert "tesseract-ocr" in refused.err
    assert kb("papers", "--json").data["papers"] == []


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scan_is_recognised_later_and_stays_so(kb: Kb, home: Home, tmp_path: Path) -> None:
    kb("add", scan(tmp_path / "scan.pdf"))
    assert kb("reindex", "scan", "--ocr", "--json").data["parsed"] == 1
    for again in ((), ("reindex", "scan"), ("reindex", "--texts")):
        if again:
            kb(*again)
        shown = kb("show", "scan", "--json").data
        assert shown["parse"]["recognised_pages"] == 1
        assert "reward model" in kb("show", "scan", "--text").out


def test_a_paper_says_what_it_cites_and_what_cites_it(kb: Kb, home: Home, tmp_path: Path) -> None:
    old, new = "Comparisons as a source of reward", "A reward that was learned"
    kb("add", citing(tmp_path / "a.pdf", old, "Something that nobody has"), citing(tmp_path / "b.pdf", new, old))
    kb("state", new, "read")
    cited, citer = kb("show", old, "--json").data, kb("show", new, "--json").data
    assert [link["title"] for link in citer["cites"]] == [old]
    assert [(link["title"], link["read"]) for link in cited["cited_by"]] == [(new, True)]
    assert (cited["cites"], citer["cited_by"]) == ([], [])
    assert "cited by 1 of the library's papers, 1 of them read" in kb("show", old).out


def test_one_paper_can_be_read_again(kb: Kb, library: Home) -> None:
    assert kb("reindex", "comparisons", "--json").data["parsed"] == 1
    assert kb("reindex", "no such paper").code == 3
