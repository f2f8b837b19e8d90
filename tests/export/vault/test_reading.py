"""Edits in a vault, taken back into the library."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.config import Home
from kb.export.vault import regions
from kb.export.vault.note_text import BODY, note_region, with_edits
from kb.export.vault.reading import VaultEdit, read_vault
from kb.export.vault.writing import export_vault
from kb.models.note import Note
from kb.models.provenance import Provenance
from tests.export.library import OVERSIGHT, Shelf, quote, studied
from tests.export.vault.test_vault import content_of, texts

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def one_note(home: Home, vault: Path) -> tuple[Shelf, Note, Path]:
    """A library with one note, and its vault."""
    shelf = Shelf(home)
    paper = shelf.paper()
    note = shelf.note(
        "claim",
        paper,
        body="The body.\n\n    code\n",
        anchors=(quote("the quote"),),
        agendas=(OVERSIGHT,),
        statement="A *starred* claim",
        asserted_by="Christiano",
    )
    export_vault(shelf.record, vault)
    return shelf, note, vault / "papers" / "christiano2017deep.md"


def change(path: Path, old: str, new: str) -> None:
    """Edit a file by hand."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def outcomes(edits: tuple[VaultEdit, ...]) -> list[str]:
    """What became of each edit."""
    return [edit.outcome for edit in edits]


def test_nothing_edited_is_nothing_to_read(home: Home, tmp_path: Path) -> None:
    shelf, _, _ = one_note(home, tmp_path)
    assert read_vault(shelf.record, tmp_path, apply=True) == ()


def test_edits_are_first_shown_then_applied_as_a_revision(home: Home, tmp_path: Path) -> None:
    shelf, note, path = one_note(home, tmp_path)
    change(path, "The body.", "My better body.")
    change(path, "A \\*starred\\* claim", "A **new** claim_x")
    change(path, "- asserted by: Christiano", "- asserted by: me")
    assert outcomes(read_vault(shelf.record, tmp_path)) == ["ready"]
    assert shelf.notes.get(note.id) == note
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["applied"]
    edited = shelf.notes.get(note.id)
    assert edited.body == "My better body.\n\n    code\n"
    assert edited.fields.model_dump() == {"statement": "A **new** claim_x", "asserted_by": "me"}
    assert (edited.anchors, edited.agendas, edited.revision) == (note.anchors, note.agendas, 2)
    assert read_vault(shelf.record, tmp_path) == ()
    assert export_vault(shelf.record, tmp_path).held == ()
    before = texts(tmp_path)
    assert export_vault(shelf.record, tmp_path).unchanged == len(before)


def test_a_note_that_changed_in_both_places_is_a_conflict(home: Home, tmp_path: Path) -> None:
    shelf, note, path = one_note(home, tmp_path)
    change(path, "The body.", "By hand.")
    shelf.notes.edit(note.id, content_of(note, body="In the library."))
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["conflict"]
    assert shelf.notes.get(note.id).body == "In the library."
    export_vault(shelf.record, tmp_path)
    assert "By hand." in path.read_text()


def test_a_conflict_shows_both_texts(home: Home, tmp_path: Path) -> None:
    shelf, note, path = one_note(home, tmp_path)
    change(path, "The body.", "By hand.")
    shelf.notes.edit(note.id, content_of(note, body="In the library."))
    (edit,) = read_vault(shelf.record, tmp_path)
    lines = edit.difference.splitlines()
    assert any(line.startswith("-") and line.endswith("In the library.") for line in lines)
    assert any(line.startswith("+") and line.endswith("By hand.") for line in lines)


@pytest.mark.parametrize("place", ["papers/renamed.md", "elsewhere/deep/moved.md", "Straße [1] & co.md"])
def test_a_file_that_was_renamed_or_moved_is_still_that_of_its_note(home: Home, tmp_path: Path, place: str) -> None:
    shelf, note, path = one_note(home, tmp_path)
    moved = tmp_path / place
    moved.parent.mkdir(parents=True, exist_ok=True)
    path.rename(moved)
    change(moved, "The body.", "By hand, and moved.")
    (edit,) = read_vault(shelf.record, tmp_path, apply=True)
    assert (edit.outcome, edit.note, edit.path) == ("applied", note.id, moved)
    assert shelf.notes.get(note.id).body.startswith("By hand, and moved.")
    report = export_vault(shelf.record, tmp_path)
    assert (report.created, report.held) == ((), ())
    assert not path.exists()
    shelf.notes.edit(note.id, content_of(shelf.notes.get(note.id), body="In the library."))
    change(moved, "By hand, and moved.", "Again by hand.")
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["conflict"]
    assert "Again by hand." in moved.read_text()


def test_a_region_moved_into_a_file_of_the_readers_own_is_still_read(home: Home, tmp_path: Path) -> None:
    shelf, note, path = one_note(home, tmp_path)
    lines = path.read_text().split("\n")
    (region,) = [one for one in regions.find(path.read_text()) if one.name == ("note", note.id)]
    own = tmp_path / "My thoughts.md"
    own.write_text("# Mine\n\n" + "\n".join(lines[region.first : region.last + 1]) + "\n\nMy own words.\n")
    path.write_text("\n".join(lines[: region.first] + lines[region.last + 1 :]))
    change(own, "The body.", "From my own file.")
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["applied"]
    assert shelf.notes.get(note.id).body.startswith("From my own file.")
    assert "My own words." in own.read_text()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("> the quote", "> another quote"),
        ("- asserted by:", "- asserted at:"),
        ("**Claim.**", "**Rumour.**x"),
        ("- supports:", "A line of mine\n- supports:"),
    ],
)
def test_an_edit_that_cannot_be_read_stays_where_it_is(home: Home, tmp_path: Path, old: str, new: str) -> None:
    shelf, note, path = one_note(home, tmp_path)
    change(path, old, new)
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["unclear"]
    assert shelf.notes.get(note.id) == note
    export_vault(shelf.record, tmp_path)
    assert new.split("\n")[0] in path.read_text()


def test_the_same_note_edited_in_two_files_is_applied_once(home: Home, tmp_path: Path) -> None:
    shelf, note, path = one_note(home, tmp_path)
    (tmp_path / "zcopy.md").write_text(path.read_text().replace("kb: paper", "was: paper"))
    change(path, "The body.", "First.")
    change(tmp_path / "zcopy.md", "The body.", "Second.")
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["applied", "conflict"]
    assert shelf.notes.get(note.id).body.startswith("First.")
    export_vault(shelf.record, tmp_path)
    assert "Second." in (tmp_path / "zcopy.md").read_text()


def test_an_edit_of_a_trashed_note_is_told(home: Home, tmp_path: Path) -> None:
    shelf, note, path = one_note(home, tmp_path)
    change(path, "The body.", "By hand.")
    shelf.notes.trash(note.id)
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["gone"]


def test_an_edit_of_what_is_not_a_note_is_told(home: Home, tmp_path: Path) -> None:
    shelf, _, path = one_note(home, tmp_path)
    change(path, "# Deep reinforcement", "# My deep reinforcement")
    assert outcomes(read_vault(shelf.record, tmp_path, apply=True)) == ["unclear"]


@settings(max_examples=200)
@given(statement=TEXT, speaker=TEXT, body=TEXT, new_body=TEXT)
def test_any_body_goes_out_and_comes_back_to_the_letter(statement: str, speaker: str, body: str, new_body: str) -> None:
    note = Note.model_validate(
        {
            **{"id": "n1", "kind": "claim", "body": body, "fields": {"statement": statement, "asserted_by": speaker}},
            **{"revision": 1, "created_at": "2024-01-01T00:00:00Z", "revised_at": "2024-01-01T00:00:00Z"},
        }
    )
    content = note_region(note, (), (), {}, lambda name, label: label)
    assert with_edits(note, content, content) == content_of(note)
    head = content.split(BODY)[0]
    changed = f"{head}{BODY}\n{regions.quoted(new_body)}" if new_body else f"{head}{BODY}"
    edited = with_edits(note, content, changed)
    assert edited is not None
    assert edited.body == new_body
    assert edited.fields == note.fields


def test_text_from_elsewhere_is_code_in_a_vault_and_reads_back(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    body = "![x](https://e.org/track.png) <b> \x1b[31m\n```\n<!-- kb:body -->"
    note = shelf.note("highlight", paper, body=body, provenance=Provenance.IMPORT)
    export_vault(shelf.record, tmp_path)
    [page] = [path for path in tmp_path.rglob("*.md") if note.id in path.read_text("utf-8") and "papers" in path.parts]
    text = page.read_text("utf-8")
    assert "\n````text\n![x](https://e.org/track.png) <b> ␛[31m\n```\n" in text
    assert "\n\\<!-- kb:body -->\n````\n" in text
    assert read_vault(shelf.record, tmp_path) == ()
    page.write_text(text.replace("track.png", "other.png"), "utf-8")
    read_vault(shelf.record, tmp_path, apply=True)
    assert shelf.notes.get(note.id).body.startswith("![x](https://e.org/other.png)")
    assert "````" not in shelf.notes.get(note.id).body
