"""Notes: every change is a revision, undo goes back through all of them, and what is trashed is found again."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from kb.config import Home
from kb.errors import ItemFailedError, NotFoundError, UsageError
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.outbox import Outbox
from kb.library.record import Record
from kb.models.note import AgendaBearing, Bearing, ClaimFields, LinkKind, Note, NoteContent
from kb.models.note_kind import NoteKind


@pytest.fixture
def record(home: Home) -> Iterator[Record]:
    with Record.open(home) as record:
        yield record


@pytest.fixture
def notes(record: Record) -> Notes:
    return Notes(record)


def claim(statement: str, **more: object) -> NoteContent:
    return NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement=statement), **more)  # type: ignore[arg-type]


def content(note: Note) -> NoteContent:
    return NoteContent(**{name: getattr(note, name) for name in NoteContent.model_fields})


def test_a_note_comes_back_as_it_was_written(notes: Notes) -> None:
    written = claim(
        "x > 1 [bold] \x1b[31m", body="a\nb", agendas=(AgendaBearing(agenda="debate", bearing=Bearing.SUPPORTS),)
    )
    assert content(notes.get(notes.create(written).id)) == written


def test_a_note_is_found_by_the_start_of_its_id(notes: Notes) -> None:
    note = notes.create(claim("a"))
    assert notes.get(note.id[:5]) == note
    with pytest.raises(NotFoundError):
        notes.get("zzz")


def test_undo_walks_back_through_every_change_and_history_keeps_them(notes: Notes) -> None:
    note = notes.create(claim("one"))
    notes.edit(note.id, claim("two"))
    notes.edit(note.id, claim("three"))
    assert [notes.undo(note.id).headline for _ in range(2)] == ["two", "one"]
    assert notes.undo(note.id).trashed
    with pytest.raises(ItemFailedError, match="nothing is left"):
        notes.undo(note.id)
    assert [revision.action for revision in notes.history(note.id)] == [
        "create",
        "edit",
        "edit",
        "undo",
        "undo",
        "undo",
    ]


def test_undo_last_takes_back_the_newest_change_of_all_notes(notes: Notes) -> None:
    first, second = notes.create(claim("first")), notes.create(claim("second"))
    notes.edit(first.id, claim("first, changed"))
    undone = [notes.undo_last() for _ in range(3)]
    assert [note.id for note, _ in undone] == [first.id, second.id, first.id]
    assert undone[1][1] == "took back the claim “second”"
    with pytest.raises(NotFoundError):
        notes.undo_last()


def test_the_kind_of_a_note_is_fixed(notes: Notes) -> None:
    note = notes.create(claim("a"))
    with pytest.raises(UsageError, match="cannot become"):
        notes.edit(note.id, NoteContent.model_validate({"kind": "term", "fields": {}}))


def test_notes_are_filtered(notes: Notes) -> None:
    kept = notes.create(claim("a", agendas=(AgendaBearing(agenda="debate"),)))
    gone = notes.create(claim("b"))
    notes.trash(gone.id)
    assert notes.all() == (kept,)
    assert notes.all(agenda="debate") == (kept,)
    assert notes.all(kind=NoteKind.TERM) == ()
    assert [note.id for note in notes.all(trashed=True)] == [gone.id]
    assert not notes.restore(gone.id).trashed


def test_words_find_a_note_at_once_and_not_in_the_trash(notes: Notes, record: Record) -> None:
    note = notes.create(claim("reward models drift"))

    def found() -> list[str]:
        with record.read() as connection:
            rows = connection.execute(text("SELECT note_id FROM notes_fts WHERE notes_fts MATCH 'drifting'"))
            return list(rows.scalars())

    assert found() == [note.id]
    notes.trash(note.id)
    assert found() == []
    assert [(item.op, item.ref) for item in Outbox(record).pending()] == [("upsert", note.id), ("delete", note.id)]


def test_links_join_notes_that_exist(notes: Notes, record: Record) -> None:
    links = Links(record)
    one, two = notes.create(claim("one")), notes.create(claim("two"))
    link = links.add(one.id, two.id, LinkKind.OPPOSES, 0.5, "small sample")
    assert links.of(two.id) == (link,)
    with pytest.raises(NotFoundError, match="nope"):
        links.add(one.id, "nope", LinkKind.SUPPORTS)
    with pytest.raises(UsageError, match="itself"):
        links.add(one.id, one.id, LinkKind.SUPPORTS)
    links.remove(link.id)
    assert links.of(one.id) == ()


def test_last_is_the_newest_note_that_stands(notes: Notes) -> None:
    with pytest.raises(NotFoundError):
        notes.get("last")
    first, second = notes.create(claim("first")), notes.create(claim("second"))
    assert notes.get("last").id == second.id
    notes.trash("last")
    assert notes.get("last").id == first.id


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["edit", "trash", "restore"]), max_size=8))
def test_undoing_every_change_of_any_sequence_restores_what_was_there(notes: Notes, actions: list[str]) -> None:
    note = notes.create(claim("start"))
    states = [content(note)]
    for step, action in enumerate(actions):
        before = notes.get(note.id).revision
        changed = notes.edit(note.id, claim(f"step {step}")) if action == "edit" else getattr(notes, action)(note.id)
        if changed.revision != before:
            states.append(content(changed))
    for expected in reversed(states[:-1]):
        assert content(notes.undo(note.id)) == expected
