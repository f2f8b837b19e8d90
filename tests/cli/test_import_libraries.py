"""``kb import zotero``, ``papis`` and ``readwise``: shown first, joined by sure signs, and no note ever overwritten."""

from pathlib import Path

import pytest

from kb.config import Home
from tests.cli.conftest import Kb
from tests.importers.samples import (
    COMPARISONS,
    READWISE,
    READWISE_COLUMNS,
    papis_document,
    zotero_item,
    zotero_json,
    zotero_rdf,
)
from tests.support.pdfs import paper


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A Zotero export with its PDF beside it."""
    folder = tmp_path / "zotero"
    (folder / "files" / "12").mkdir(parents=True)
    pdf = paper(folder / "files" / "12" / "comparisons.pdf")
    (folder / "library.json").write_text(zotero_json(zotero_item(str(pdf))), "utf-8")
    (folder / "library.rdf").write_text(zotero_rdf(), "utf-8")
    return folder


def test_a_zotero_library_is_first_shown_then_taken_in(kb: Kb, home: Home, export: Path) -> None:
    file = export / "library.json"
    shown = kb("import", "zotero", file, "--json").data
    assert shown["applied"] is False
    item = shown["items"][0]
    assert (item["outcome"], item["files"], item["marks"], item["notes"], item["paper"]) == ("new", 1, 2, 1, "")
    assert kb("papers", "--json").data["papers"] == []
    assert f"Next: kb import zotero {file} --apply" in kb("import", "zotero", file).err
    assert kb("import", "zotero", file, "--apply").code == 0
    (taken,) = kb("papers", "--json").data["papers"]
    assert taken["key"] == "lovelaceLearningHuman2017"
    assert kb("show", taken["paper"], "--json").data["passages"] > 0
    notes = kb("notes", "--json").data["notes"]
    assert sorted(note["kind"] for note in notes) == ["highlight", "question", "summary"]
    (mark,) = [note for note in notes if note["kind"] == "highlight"]
    assert kb("note", "show", mark["note"], "--json").data["anchor"]["state"] in ("exact", "ambiguous")
    assert "= {4299--4307}," in kb("export", "bibtex").out


def test_taking_in_twice_changes_nothing(kb: Kb, home: Home, export: Path) -> None:
    kb("import", "zotero", export / "library.json", "--apply")
    before = kb("export", "jsonl").out
    again = kb("import", "zotero", export / "library.json", "--apply", "--json").data["items"][0]
    assert (again["outcome"], again["files"], again["marks"], again["notes"], again["here"]) == ("merged", 0, 0, 0, 4)
    assert kb("export", "jsonl").out == before
    rdf = kb("import", "zotero", export / "library.rdf", "--apply", "--json").data["items"][0]
    assert (rdf["outcome"], rdf["by"], rdf["files"]) == ("merged", "DOI", 0)
    assert len(kb("papers", "--json").data["papers"]) == 1


def test_a_note_that_was_edited_or_thrown_away_stays_so(kb: Kb, home: Home, export: Path) -> None:
    kb("import", "zotero", export / "library.json", "--apply")
    notes = {note["kind"]: note["note"] for note in kb("notes", "--json").data["notes"]}
    kb("note", "edit", notes["summary"], "--text", "My own words now")
    kb("note", "edit", notes["highlight"], "--text", "and my own comment")
    assert kb("note", "trash", notes["question"]).code == 0
    kb("import", "zotero", export / "library.json", "--apply")
    kept = kb("notes", "--json").data["notes"]
    assert len(kept) == 2
    assert kb("note", "show", notes["summary"], "--json").data["body"] == "My own words now"


def test_collections_become_lists_that_a_second_import_only_adds_to(kb: Kb, home: Home, export: Path) -> None:
    for _ in range(2):
        assert kb("import", "zotero", export / "library.rdf", "--apply", "--json").data["items"][0]["lists"] == [
            "Alignment"
        ]
        (made,) = [one for one in kb("lists", "--json").data["lists"] if one["title"] == "Alignment"]
        assert made["entries"] == 1
    (listed,) = kb("papers", "--list", made["list"], "--json").data["papers"]
    assert listed["title"] == COMPARISONS


def test_a_highlight_keeps_the_time_at_which_it_was_marked(kb: Kb, home: Home, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(READWISE, "utf-8")
    kb("import", "readwise", tmp_path / "r.csv", "--apply")
    days = {note["created_at"][:10] for note in kb("notes", "--json").data["notes"]}
    assert "2024-03-01" in days


def test_a_paper_that_is_here_is_joined_and_keeps_what_it_says(kb: Kb, library: Home, export: Path) -> None:
    (mine,) = kb("papers", "--json").data["papers"]
    item = kb("import", "zotero", export / "library.rdf", "--apply", "--json").data["items"][0]
    assert (item["outcome"], item["paper"]) == ("merged", mine["paper"])
    assert kb("show", mine["paper"], "--json").data["title"] == mine["title"]
    assert kb("show", "10.1000/Comparisons.17").code in (0, 3)


def test_a_papis_library_is_taken_in(kb: Kb, home: Home, tmp_path: Path) -> None:
    papis_document(tmp_path / "papis" / "lovelace")
    item = kb("import", "papis", tmp_path / "papis", "--apply", "--json").data["items"][0]
    assert (item["outcome"], item["files"], item["notes"], item["problems"]) == ("new", 1, 1, [])
    assert kb("papers", "--json").data["papers"][0]["key"] == "LovelaceComparisons2017"
    assert kb("import", "papis", tmp_path).code == 0
    assert kb("import", "papis", tmp_path / "nowhere").code == 3


def test_highlights_of_readwise_join_a_paper_or_make_one_without_a_file(kb: Kb, library: Home, tmp_path: Path) -> None:
    (tmp_path / "readwise.csv").write_text("\ufeff" + READWISE, "utf-8")
    first, second = kb("import", "readwise", tmp_path / "readwise.csv", "--apply", "--json").data["items"]
    assert (first["outcome"], first["marks"]) == ("merged", 2)
    assert (second["outcome"], second["marks"], second["title"]) == ("new", 1, "A post that nobody has here")
    again = kb("import", "readwise", tmp_path / "readwise.csv", "--apply", "--json").data["items"]
    assert [(one["outcome"], one["marks"], one["here"]) for one in again] == [("merged", 0, 2), ("merged", 0, 1)]


def test_a_passage_marked_in_two_programs_is_one_highlight(kb: Kb, home: Home, export: Path, tmp_path: Path) -> None:
    kb("import", "zotero", export / "library.json", "--apply")
    (tmp_path / "readwise.csv").write_text(READWISE, "utf-8")
    first, _ = kb("import", "readwise", tmp_path / "readwise.csv", "--apply", "--json").data["items"]
    assert (first["marks"], first["here"]) == (1, 1)
    other = READWISE.replace("is that enough?", "quite another thought")
    (tmp_path / "readwise.csv").write_text(other, "utf-8")
    first, _ = kb("import", "readwise", tmp_path / "readwise.csv", "--apply", "--json").data["items"]
    assert (first["marks"], first["here"]) == (1, 1)


def test_a_bad_item_never_stops_the_batch(kb: Kb, home: Home, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    items = (
        7,
        zotero_item(str(broken)),
        zotero_item("gone.pdf", title="Another work altogether", DOI="", citationKey="b"),
    )
    (tmp_path / "library.json").write_text(zotero_json(*items), "utf-8")
    ran = kb("import", "zotero", tmp_path / "library.json", "--apply", "--json")
    assert ran.code == 1
    assert [item["outcome"] for item in ran.data["items"]] == ["skipped", "new", "new"]
    assert "broken.pdf" in ran.data["items"][1]["problems"][0]
    assert ran.data["items"][2]["problems"] == ["gone.pdf was not found"]
    assert len(kb("papers", "--json").data["papers"]) == 2


def test_ids_of_two_papers_are_told_as_a_conflict(kb: Kb, home: Home, tmp_path: Path) -> None:
    one = zotero_item(citationKey="a", attachments=[], notes=[])
    two = zotero_item(title="Quite another one here", DOI="", url="http://arxiv.org/abs/2001.00001", citationKey="b")
    both = zotero_item(title="Neither of them, it seems", extra="arXiv: 2001.00001", citationKey="c")
    (tmp_path / "library.json").write_text(zotero_json(one, two, both), "utf-8")
    ran = kb("import", "zotero", tmp_path / "library.json", "--apply", "--json")
    assert [item["outcome"] for item in ran.data["items"]] == ["new", "new", "conflict"]
    assert len(kb("papers", "--json").data["papers"]) == 2


def test_what_comes_in_is_shown_and_never_obeyed(kb: Kb, home: Home, tmp_path: Path) -> None:
    nasty = "\x1b]0;owned\x07[bold red]<script>x</script> \u202eevil"
    item = zotero_item("../../../../etc/passwd.pdf", title=nasty, citationKey=nasty, creators=[{"name": nasty}])
    (tmp_path / "library.json").write_text(zotero_json(item), "utf-8")
    ran = kb("import", "zotero", tmp_path / "library.json", "--apply")
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out
    assert "[bold red]<script>" in ran.out
    assert "outside the folders" in ran.out
    assert "\x1b" not in kb("papers").out + kb("export", "bibtex").out


def test_huge_texts_are_left_out_with_their_reason(kb: Kb, home: Home, tmp_path: Path) -> None:
    huge = zotero_item(abstractNote="x" * 2_000_000, citationKey="huge")
    (tmp_path / "library.json").write_text(zotero_json(huge, zotero_item(citationKey="fine")), "utf-8")
    items = kb("import", "zotero", tmp_path / "library.json", "--apply", "--json").data["items"]
    assert [(item["name"], item["outcome"]) for item in items] == [("huge", "skipped"), ("fine", "new")]
    deep = "{" * 20_000 + "x" + "}" * 20_000
    (tmp_path / "deep.bib").write_text(f"@misc{{deep, title={{{deep}}}}}\n@misc{{next, title={{Fine}}}}")
    entries = kb("import", "bibtex", tmp_path / "deep.bib", "--json").data["entries"]
    assert entries[-1]["title"] == "Fine"


@pytest.mark.parametrize(
    ("command", "text"), [("zotero", "{}"), ("zotero", "<x/>"), ("readwise", "a,b\n"), ("zotero", "\udc80")]
)
def test_a_wrong_file_is_told_without_a_traceback(kb: Kb, home: Home, tmp_path: Path, command: str, text: str) -> None:
    (tmp_path / "wrong").write_text(text, "utf-8", errors="surrogateescape")
    ran = kb("import", command, tmp_path / "wrong")
    assert ran.code in (2, 3)
    assert ran.err


def test_an_empty_export_brings_nothing(kb: Kb, home: Home, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text(READWISE_COLUMNS)
    assert kb("import", "readwise", tmp_path / "empty.csv").code == 3
    assert COMPARISONS not in kb("papers").out
