"""Every kind of note, in every place where one can be: a new kind that a place does not know fails here."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from kb.agendas.agenda_index import AgendaIndex
from kb.config import Home
from kb.export.document import ExportFormat
from kb.export.format_registry import formats_for
from kb.export.gather import gather_paper
from kb.export.jsonl import dump_library, load_library
from kb.export.jsonld import discourse_graph
from kb.export.markdown import render_markdown
from kb.export.vault.reading import read_vault
from kb.export.vault.writing import export_vault
from kb.insight.review_faces import face_of
from kb.insight.review_log import ReviewCard
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.note import FIELDS_OF, Fields, Note, NoteContent
from kb.models.note_kind import KINDS, NOT_WORDS, POSITIONS, SUMMARY_GROUPS, NoteKind, field_words, headline_field
from kb.models.paper import PaperDraft
from kb.models.review import ReviewKind
from kb.models.summary import NoteGroups
from kb.notes.editor_text import as_text, from_text
from kb.search.search_engine import SearchEngine
from tui.render.note_kinds import COLOR_OF, ORDER, SIGN_OF
from tui.widgets.note_fields import fields_of, input_for

EVERY = list(NoteKind)


def said(kind: NoteKind) -> str:
    """Words that only the note of this kind has."""
    return f"telltale {kind.value} words"


def content_of(kind: NoteKind, paper: str) -> NoteContent:
    """A note that says itself in its headline field, or in its body where it has none."""
    headline = headline_field(kind)
    fields: dict[str, Any] = {headline: said(kind)} if headline else {}
    return NoteContent.model_validate(
        {"kind": kind, "paper": paper, "fields": fields, "body": "" if headline else said(kind)}
    )


@pytest.fixture
def record(home: Home) -> Any:
    """A paper with one note of each kind."""
    opened = Record.open(home)
    paper = Papers(opened).add(PaperDraft(title="A paper", authors=("Ada One",), year=2020))
    for kind in EVERY:
        Notes(opened).create(content_of(kind, paper.id))
    yield opened
    opened.close()


def test_the_table_knows_every_kind_by_its_own_key_and_sign() -> None:
    assert list(KINDS) == EVERY or set(KINDS) == set(EVERY)
    assert len({spec.key for spec in KINDS.values()}) == len({spec.sign for spec in KINDS.values()}) == len(EVERY)


@pytest.mark.parametrize("kind", EVERY)
def test_its_fields_have_what_the_table_names(kind: NoteKind) -> None:
    assert FIELDS_OF[kind] in get_args(Fields)
    assert not headline_field(kind) or headline_field(kind) in FIELDS_OF[kind].model_fields
    assert KINDS[kind].group in NoteGroups.model_fields
    assert content_of(kind, "p").headline == said(kind)


def test_a_summary_has_a_place_for_every_group_and_none_twice() -> None:
    names = [group.name for group in SUMMARY_GROUPS]
    assert sorted(names) == sorted(NoteGroups.model_fields)
    assert set(names) == {spec.group for spec in KINDS.values()} | {POSITIONS.name}


@pytest.mark.parametrize("form", formats_for("summary"), ids=lambda one: one.name)
def test_every_format_tells_every_kind(record: Record, form: ExportFormat, tmp_path: Path) -> None:
    (paper,) = Papers(record).all()
    assert form.summary is not None
    made = form.summary(gather_paper(record, paper.id), tmp_path / "no templates", {})
    text = made if isinstance(made, str) else text_of(made)
    for kind in EVERY:
        assert said(kind) in " ".join(text.split()), kind


@pytest.mark.parametrize("kind", EVERY)
def test_a_summary_and_a_card_tell_every_field(kind: NoteKind, home: Home, tmp_path: Path) -> None:
    words = {name: f"{name.replace('_', ' ')} {said(kind)}" for name in words_of(kind)}
    with Record.open(home) as record:
        paper = Papers(record).add(PaperDraft(title="A paper", authors=("Ada One",), year=2020))
        content = content_of(kind, paper.id).model_copy(update={"fields": FIELDS_OF[kind].model_validate(words)})
        note = Notes(record).create(content)
        text = render_markdown(gather_paper(record, paper.id), tmp_path / "no templates", lambda _: "")
    assert [each for each in words.values() if each.lower() not in text.lower()] == []
    card = ReviewCard(note.id, ReviewKind.QUESTION, "What was it?", note.created_at)
    face = face_of(card, AgendaIndex(()), {note.id: note}, {})
    assert face is not None
    assert said(kind) in face.answer


def words_of(kind: NoteKind) -> list[str]:
    """The fields of a kind that hold the reader's own words."""
    fields = FIELDS_OF[kind].model_fields.items()
    return [name for name, field in fields if field.annotation is str and name not in NOT_WORDS]


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    import pymupdf

    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return " ".join(page.get_text() for page in document)


def test_a_vault_shows_every_kind_under_its_heading_and_reads_it_back(record: Record, tmp_path: Path) -> None:
    export_vault(record, tmp_path)
    (page,) = (tmp_path / "papers").glob("*.md")
    text = page.read_text("utf-8")
    for kind in EVERY:
        assert said(kind) in text
        assert f"## {KINDS[kind].heading}" in text
    page.write_text(text.replace("telltale", "changed"), "utf-8")
    read_vault(record, tmp_path, apply=True)
    assert {note.headline for note in Notes(record).all()} == {
        said(kind).replace("telltale", "changed") for kind in EVERY
    }


def test_other_programs_get_every_kind(record: Record, tmp_path: Path) -> None:
    lines = dump_library(record)
    graph = str(discourse_graph(record))
    other = Record.open(Home(tmp_path / "other"))
    load_library(other, lines)
    assert {note.headline for note in Notes(other).all()} == {said(kind) for kind in EVERY}
    other.close()
    for kind in EVERY:
        assert said(kind) in graph


@pytest.mark.parametrize("kind", EVERY)
def test_an_editor_writes_and_reads_every_kind(kind: NoteKind) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    note = Note.model_validate(
        {**content_of(kind, "p").model_dump(), "id": "n1", "revision": 1, "created_at": moment, "revised_at": moment}
    )
    assert from_text(as_text(note), note).headline == said(kind)


@pytest.mark.parametrize("kind", EVERY)
def test_the_screen_shows_every_kind(kind: NoteKind) -> None:
    assert kind.value in ORDER
    assert len(SIGN_OF[kind.value]) == 1
    assert COLOR_OF[kind.value]
    for name, annotation in fields_of(kind.value):
        assert input_for(name, annotation, None).id == f"field-{name}"


@pytest.mark.parametrize("kind", EVERY)
def test_a_search_finds_it_by_what_it_says(kind: NoteKind, record: Record, home: Home) -> None:
    with SearchEngine(home) as search_engine:
        hits = search_engine.search(f'"{said(kind)}"', where="notes", mode="words").hits
    assert [(hit.kind, hit.headline or hit.text) for hit in hits] == [(kind.value, said(kind))]


def test_how_a_note_looks_is_no_word_of_it() -> None:
    assert field_words({"statement": "said", "colour": "#ffd400", "value": None}) == ["said"]
