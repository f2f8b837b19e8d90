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


def test_a_summary_is_written_in_the_format_that_the_file_is_named_for(kb: Kb, noted: Home, tmp_path: Path) -> None:
    for suffix, start in ((".pdf", b"%PDF"), (".tex", b"\\documentclass"), (".html", b"<!doctype html>")):
        file = tmp_path / f"out{suffix}"
        assert kb("export", "summary", "comparisons", "--to", file).code == 0
        assert file.read_bytes().startswith(start)
        assert kb("export", "summary", "comparisons", "--to", file).code == 0


def test_a_summary_of_the_last_week_and_of_days_long_past(kb: Kb, noted: Home) -> None:
    assert "Comparisons suffice" in kb("export", "summary", "--period", "week").out
    nothing = kb("export", "summary", "--since", "2001-01-01", "--until", "2001-01-31")
    assert nothing.code == 3
    assert "1 to 31 January 2001" in nothing.err
    assert kb("export", "summary", "--since", "soon").code == 2
    assert kb("export", "summary", "comparisons", "--period", "week").code == 2


def test_a_template_of_ones_own_is_begun_from_the_packaged_one(kb: Kb, noted: Home) -> None:
    own = noted.root / "templates"
    own.mkdir()
    packaged = kb("export", "template", "summary.md.j2")
    assert "templates" in packaged.err
    (own / "summary.md.j2").write_text(packaged.out.replace("{% if summary.about", "MINE\n{% if summary.about", 1))
    assert "MINE" in kb("export", "summary", "comparisons").out
    assert "MINE" in kb("export", "template").out
    unknown = kb("export", "template", "none")
    assert unknown.code == 2
    assert "summary.md.j2" in unknown.err


@pytest.mark.parametrize("form", ["markdown", "csv", "html", "latex", "json"])
def test_tables_in_every_format(kb: Kb, noted: Home, form: str) -> None:
    fields = ("--field", "outcome=improved", "--field", "problem=no reward")
    assert kb("note", "add", "comparisons", "--kind", "method", "--text", "Fit a model", *fields).code == 0
    literature = kb("export", "literature", "--format", form)
    assert literature.code == 0
    assert "no reward" in literature.out
    assert "Fit a model" in kb("export", "strategies", "--format", form).out


def test_a_progress_report_takes_other_readers_in(kb: Kb, noted: Home, tmp_path: Path) -> None:
    kb("export", "jsonl", "--to", tmp_path / "bob.jsonl")
    both = kb("export", "progress", "--reader", "Ann", "--with", f"Bob={tmp_path / 'bob.jsonl'}")
    assert both.code == 0
    assert both.out.count("Comparisons suffice") == 2
    assert "### Ann" in both.out
    assert "### Bob" in both.out
    assert kb("export", "progress", "--with", tmp_path / "bob.jsonl").code == 2
    assert kb("export", "progress", "--with", "Bob=nowhere.jsonl").code == 2


def test_a_brief_as_a_page(kb: Kb, noted: Home, tmp_path: Path) -> None:
    assert kb("export", "brief", "scalable-oversight", "--to", tmp_path / "brief.html").code == 0
    assert "<h2>Theory of change</h2>" in (tmp_path / "brief.html").read_text()


def test_what_other_programs_read(kb: Kb, noted: Home, tmp_path: Path) -> None:
    assert "@" in kb("export", "biblatex").out
    graph = json.loads(kb("export", "jsonld").out)
    assert "dgc:Claim" in {node["@type"] for node in graph["@graph"]}
    assert kb("export", "anki", "--to", tmp_path / "c.apkg").code == 3
    claim = next(node["@id"] for node in graph["@graph"] if node["@type"] == "dgc:Claim").rpartition(":")[2]
    assert kb("credence", claim, "0.7", "--why", "it holds").code == 0
    assert kb("export", "anki", "--to", tmp_path / "c.apkg").code == 0
    assert (tmp_path / "c.apkg").read_bytes().startswith(b"PK")
