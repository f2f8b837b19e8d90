"""``kb export`` and ``kb import`` as a reader types them."""

import json
from pathlib import Path

import pytest

from kb.config import Home
from tests.cli.conftest import Kb


@pytest.fixture
def noted(kb: Kb, library: Home) -> Home:
    """A library with one claim in it."""
    quote = ("--quote", "comparisons that people make")
    assert kb("note", "add", "comparisons", "--kind", "claim", "--text", "Comparisons suffice", *quote).code == 0
    return library


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("markdown", "**Comparisons suffice.**"),
        ("html", "<strong>Comparisons suffice.</strong>"),
        ("text", "Comparisons suffice."),
        ("json", '"headline": "Comparisons suffice"'),
    ],
)
def test_a_summary_in_every_format_to_the_screen_and_to_a_file(
    kb: Kb, noted: Home, tmp_path: Path, form: str, said: str
) -> None:
    printed = kb("export", "summary", "comparisons", "--format", form)
    assert printed.code == 0
    assert said in printed.out
    file = tmp_path / "out"
    assert "created" in kb("export", "summary", "comparisons", "--format", form, "--to", file).err
    assert "unchanged" in kb("export", "summary", "comparisons", "--format", form, "--to", file).err
    assert said in file.read_text()


def test_a_file_edited_by_hand_is_refused_then_kept_beside(kb: Kb, noted: Home, tmp_path: Path) -> None:
    file = tmp_path / "out.md"
    kb("export", "summary", "comparisons", "--to", file)
    file.write_text(file.read_text() + "mine")
    refused = kb("export", "summary", "comparisons", "--to", file)
    assert refused.code == 1
    assert "edited since" in refused.err
    assert kb("export", "summary", "comparisons", "--to", file, "--overwrite").code == 0
    assert "mine" in (tmp_path / "out.md.1.kept").read_text()


@pytest.mark.parametrize(
    ("command", "said"), [("bibtex", "@misc{"), ("csl", '"type": "article"'), ("ris", "TY  - UNPB")]
)
def test_a_bibliography_in_every_format(kb: Kb, noted: Home, command: str, said: str) -> None:
    printed = kb("export", command)
    assert printed.code == 0
    assert said in printed.out


def test_a_whole_library_goes_out_and_comes_back(
    kb: Kb, noted: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.jsonl"
    assert kb("export", "jsonl", "--to", file).code == 0
    assert kb("import", "jsonl", file).code == 2
    monkeypatch.setenv("KB_HOME", str(tmp_path / "other"))
    assert kb("import", "jsonl", file, "--json").data["rows"]["notes"] == 1
    assert "Comparisons suffice" in kb("notes").out


def test_a_vault_is_kept_in_step_and_read_back(kb: Kb, noted: Home, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    assert len(kb("export", "vault", folder, "--json").data["created"]) == 1
    (file,) = folder.rglob("*.md")
    file.write_text(file.read_text().replace("Comparisons suffice ^", "Comparisons nearly suffice ^"))
    told = kb("export", "vault", folder)
    assert "kept as you wrote it (edited)" in told.out
    assert f"kb import vault {folder}" in told.err
    assert kb("import", "vault", folder, "--json").data["edits"][0]["outcome"] == "ready"
    assert kb("import", "vault", folder, "--apply").code == 0
    assert "Comparisons nearly suffice" in kb("notes").out


def test_a_bibtex_file_is_first_shown_then_taken_in(kb: Kb, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    file.write_text("@misc{mine2020, title={Something worth reading}, eprint={2001.00001}}\n@misc{broken, x y}")
    shown = kb("import", "bibtex", file, "--json")
    assert shown.code == 1
    assert [entry["outcome"] for entry in shown.data["entries"]] == ["new", "broken"]
    assert "Next: kb import bibtex" in kb("import", "bibtex", file).err
    kb("import", "bibtex", file, "--apply")
    assert json.loads(kb("export", "csl").out)[0]["id"] == "mine2020"


@pytest.mark.parametrize("command", ["bibtex", "jsonl", "vault"])
def test_a_file_that_is_not_there_is_said(kb: Kb, home: Home, tmp_path: Path, command: str) -> None:
    assert kb("import", command, tmp_path / "nothing").code == 3


def test_a_summary_of_two_things_at_once_is_refused(kb: Kb, noted: Home) -> None:
    assert kb("export", "summary", "comparisons", "--agenda", "x").code == 2
