"""The package as Anki has it: a zip with a collection, read by SQLite."""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import ItemFailedError, NotFoundError
from kb.export.anki import DECK, MODEL, anki_package, cards
from kb.export.write import write_file
from kb.models.note import LinkKind, NoteContent
from tests.export.library import DEBATE, Shelf, quote, studied
from tests.export.test_html_and_text import Page

NASTY = '<script>x</script> {{Front}} & "q" \x1b[31m'


def collection(package: bytes, folder: Path) -> sqlite3.Connection:
    """The collection of a package."""
    (folder / "cards.apkg").write_bytes(package)
    with zipfile.ZipFile(folder / "cards.apkg") as archive:
        archive.extract("collection.anki2", folder)
    return sqlite3.connect(folder / "collection.anki2")


def notes_in(package: bytes, folder: Path) -> dict[str, list[str]]:
    """Fields of each note by its guid."""
    with collection(package, folder) as opened:
        rows = opened.execute("SELECT guid, flds FROM notes").fetchall()
        assert opened.execute("SELECT count(*) FROM cards").fetchone() == (len(rows),)
        models, decks = opened.execute("SELECT models, decks FROM col").fetchone()
    opened.close()
    assert str(MODEL) in json.loads(models)
    assert json.loads(decks)[str(DECK)]["name"] == "Inside View"
    return {guid: fields.split("\x1f") for guid, fields in rows}


def test_terms_answered_questions_and_rated_claims_are_cards(home: Home, tmp_path: Path) -> None:
    shelf, _ = studied(home)
    found = notes_in(anki_package(shelf.record), tmp_path)
    fronts = sorted(front for front, _, _ in found.values())
    assert fronts == [
        "<b>Comparisons scale badly.</b><br>How probable do you hold it to be, and why?",
        "<p>Does it hold for language?</p>",
        "What does <b>reward model</b> mean?",
    ]
    sources = {source for _, _, source in found.values()}
    assert sources == {"Christiano et al. (2017), Deep reinforcement learning from human preferences"}


def test_a_belief_comes_back_with_its_reason_and_the_evidence(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper(DEBATE)
    claim = shelf.note("claim", paper, statement="Lies lose", asserted_by="Irving et al.", anchors=(quote("lies", 4),))
    shelf.link(shelf.note("evidence", paper, observation="Pixels"), claim, LinkKind.SUPPORTS)
    shelf.rate(claim, 0.4, 0.6, "only a toy")
    [card] = cards(shelf.record)
    assert card.front.startswith("Irving et al. say: <b>Lies lose.</b>")
    assert "<b>40–60 %</b>" in card.back
    assert "<p>only a toy</p><ul><li>For: Pixels</li></ul>" in card.back
    assert card.source == "<blockquote>lies</blockquote>Irving (2018), AI safety via debate, p. 4"


def test_a_card_keeps_its_identity_when_its_note_is_edited(home: Home, tmp_path: Path) -> None:
    shelf = Shelf(home)
    note = shelf.note("term", term="RLHF", definition="one")
    before = notes_in(anki_package(shelf.record), tmp_path)
    shelf.notes.edit(
        note.id,
        NoteContent.model_validate({"kind": "term", "fields": {"term": "RLHF", "definition": "two"}}),
    )
    after = notes_in(anki_package(shelf.record), tmp_path)
    assert before.keys() == after.keys()
    assert [back for _, back, _ in after.values()] == ["<p>two</p>"]


def test_what_a_browser_or_anki_would_obey_is_text(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper(DEBATE)
    shelf.note("term", paper, term=NASTY, definition=NASTY, body=NASTY, anchors=(quote(NASTY),))
    [card] = cards(shelf.record)
    page = Page(card.front + card.back + card.source)
    assert page.tags <= {"b", "p", "blockquote"}
    assert page.words.count("<script>x</script>") == 4
    assert "\x1b" not in card.front + card.back + card.source


def test_a_package_is_replaced_and_a_file_of_another_kind_is_not(home: Home, tmp_path: Path) -> None:
    shelf = Shelf(home)
    shelf.note("term", term="RLHF", definition="one")
    target = tmp_path / "cards.apkg"
    assert write_file(target, anki_package(shelf.record), "apkg").outcome == "created"
    shelf.note("term", term="IDA", definition="two")
    assert write_file(target, anki_package(shelf.record), "apkg").kept is None
    target.write_bytes(b"mine")
    with pytest.raises(ItemFailedError):
        write_file(target, anki_package(shelf.record), "apkg")


def test_nothing_to_learn_is_said(home: Home) -> None:
    with pytest.raises(NotFoundError):
        anki_package(Shelf(home).record)
