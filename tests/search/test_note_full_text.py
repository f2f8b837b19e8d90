"""Searching notes by words: they are found the moment they are saved."""

import pytest

from kb.config import Home
from kb.errors import DamagedError
from kb.library.light_reader import RecordReader
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import NoteContent
from kb.search.note_full_text import NoteFullText


def test_nothing_is_found_before_anything_is_there(home: Home) -> None:
    assert NoteFullText(RecordReader(home)).notes("anything", 10) == []
    assert not home.record.exists()


def test_a_note_is_found_the_moment_it_is_saved_and_not_when_trashed(home: Home) -> None:
    with Record.open(home) as record:
        notes = Notes(record)
        words = NoteFullText(RecordReader(home))
        claim = {"kind": "claim", "fields": {"statement": "Debate scales"}, "body": "so far"}
        note = notes.create(NoteContent.model_validate(claim))
        assert [found.id for found in words.notes("debates", 10)] == [note.id]
        assert words.notes("debates", 10, notes=["another"]) == []
        notes.edit(note.id, NoteContent.model_validate({**claim, "fields": {}, "body": "myopia"}))
        assert words.notes("debates", 10) == []
        notes.trash(note.id)
        assert words.notes("myopia", 10) == []


def test_a_record_that_is_none_is_said_to_be_damaged(home: Home) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    home.record.write_bytes(b"no database at all" * 100)
    with pytest.raises(DamagedError, match="kb restore"):
        NoteFullText(RecordReader(home)).notes("anything", 10)
