"""Notes in the record: each change is a new revision, so that undo and history are reads and nothing is ever lost."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from kb.errors import ItemFailedError, NotFoundError, UsageError
from kb.library import names, note_rows
from kb.library.note_list import matching
from kb.library.record import Record, now
from kb.library.recovery import kept_if_lost
from kb.library.schema import note_revisions, notes
from kb.models.anchor import Anchor
from kb.models.note import Note, NoteContent, Revision
from kb.models.note_kind import NoteKind
from kb.models.provenance import Provenance

Action = Literal["create", "edit", "undo", "trash", "restore"]


LAST = "last"
"""What the note that was written last is called, beside its id."""
_NEWEST = sa.select(notes.c.id).where(notes.c.trashed.is_(False)).order_by(notes.c.created_at.desc()).limit(1)


class Notes:
    """The reader's notes. A call that returns has its note on disk; one that cannot keeps the text in a file."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def create(
        self, content: NoteContent, provenance: Provenance = Provenance.ME, *, at: datetime | None = None
    ) -> Note:
        """Write a new note; one that was written elsewhere keeps the time at which it was."""
        stamp = now()
        note_id = names.note_id()
        with kept_if_lost(self._record.home, content), self._record.write() as connection:
            row = {"kind": content.kind.value, "paper_id": content.paper, "provenance": provenance.value}
            times = {"created_at": at or stamp, "revised_at": stamp}
            connection.execute(notes.insert().values(id=note_id, head=1, trashed=False, **row, **times))
            note_rows.append(connection, note_id, 1, "create", content, parent=None, origin=None, at=stamp)
        return self.get(note_id)

    def get(self, note_id: str) -> Note:
        """The note with this id, or with the only id that starts so; ``last`` is the newest. Raises NotFoundError."""
        with self._record.read() as connection:
            if note_id == LAST:
                note_id = connection.execute(_NEWEST).scalar() or note_id
            found = note_rows.load(connection, notes.c.id == note_id)
            found = found or note_rows.load(connection, notes.c.id.startswith(note_id, autoescape=True), limit=2)
        if len(found) != 1:
            raise NotFoundError(
                f"{'several notes start with' if found else 'no note has the id'} {note_id!r}", next="kb notes"
            )
        return found[0]

    def many(self, note_ids: "list[str] | tuple[str, ...]") -> dict[str, Note]:
        """Notes by id; unknown ids are left out."""
        with self._record.read() as connection:
            return {note.id: note for note in note_rows.load(connection, notes.c.id.in_(list(note_ids)))}

    def all(
        self,
        *,
        kind: NoteKind | None = None,
        agenda: str | Collection[str] | None = None,
        paper: str | None = None,
        trashed: bool = False,
    ) -> tuple[Note, ...]:
        """Notes, newest first; ``agenda`` is a name that they bear on, or several of which one is enough."""
        condition = matching(kind, agenda, paper, trashed)
        with self._record.read() as connection:
            return tuple(note_rows.load(connection, condition))

    def edit(self, note_id: str, content: NoteContent) -> Note:
        """Write a new revision; the kind of a note is fixed, since its fields depend on it."""
        with kept_if_lost(self._record.home, content):
            note = self.get(note_id)
            if content.kind is not note.kind:
                raise UsageError(
                    f"{note.id} is a {note.kind.value} and cannot become a {content.kind.value}",
                    next=f"kb note add --kind {content.kind.value}",
                )
            return self._revise(note, "edit", content)

    def trash(self, note_id: str) -> Note:
        """Put a note away; it stays in the history and can be restored."""
        note = self.get(note_id)
        return note if note.trashed else self._revise(note, "trash", _content(note, trashed=True))

    def restore(self, note_id: str) -> Note:
        """Take a note out of the trash."""
        note = self.get(note_id)
        return self._revise(note, "restore", _content(note, trashed=False)) if note.trashed else note

    def history(self, note_id: str) -> tuple[Revision, ...]:
        """Every revision, oldest first."""
        note = self.get(note_id)
        with self._record.read() as connection:
            return note_rows.history(connection, note.id)

    def undo(self, note_id: str) -> Note:
        """Go back to what the note was before its last change that still stands; undoing its making trashes it."""
        note = self.get(note_id)
        with self._record.write() as connection:
            number = int(connection.execute(sa.select(notes.c.head).where(notes.c.id == note.id)).scalar_one())
            back = _step_back(connection, note, number)
            note_rows.append(connection, note.id, number + 1, "undo", *back, at=now())
        return self.get(note.id)

    def undo_last(self) -> tuple[Note, str]:
        """Undo the newest change that still stands, in whichever note; also says in words what was undone."""
        with self._record.read() as connection:
            newest = note_rows.newest_standing(connection)
        if newest is None:
            raise NotFoundError("nothing is left to undo", next="kb notes")
        before = self.get(newest)
        after = self.undo(newest)
        return after, _undone(before, after)

    def place(self, note_id: str, found: tuple[Anchor, ...]) -> None:
        """Store where a note's anchors stand now; this is derived, and no change of the note."""
        with self._record.write() as connection:
            note_rows.store_resolved(connection, note_id, found)

    def _revise(self, note: Note, action: Action, content: NoteContent) -> Note:
        with kept_if_lost(self._record.home, content), self._record.write() as connection:
            head = int(connection.execute(sa.select(notes.c.head).where(notes.c.id == note.id)).scalar_one())
            note_rows.append(connection, note.id, head + 1, action, content, parent=head, origin=None, at=now())
        return self.get(note.id)

    def count(self) -> int:
        """How many notes are not in the trash."""
        with self._record.read() as connection:
            query = sa.select(sa.func.count()).select_from(notes).where(notes.c.trashed.is_(False))
            return int(connection.execute(query).scalar_one())

    def revisions(self) -> int:
        """How many revisions there are in all."""
        with self._record.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(note_revisions)).scalar_one())


def _step_back(connection: sa.Connection, note: Note, number: int) -> tuple[NoteContent, int | None, int]:
    """Content, parent and origin of the revision that undoes the head."""
    head = note_rows.revision(connection, note.id, number)
    if head["parent"] is None and head["content"]["trashed"]:
        raise ItemFailedError(f"nothing is left to undo in {note.id}", next=f"kb note history {note.id}")
    if head["parent"] is None:
        return _content(note, trashed=True), None, 0
    target = note_rows.revision(connection, note.id, head["parent"])
    return NoteContent.model_validate(target["content"]), target["parent"], target["origin"]


def _content(note: Note, *, trashed: bool) -> NoteContent:
    values = {name: getattr(note, name) for name in NoteContent.model_fields}
    return NoteContent(**{**values, "trashed": trashed})


def _undone(before: Note, after: Note) -> str:
    what = f"{before.kind.value} “{before.headline[:60]}”"
    if after.trashed and not before.trashed:
        return f"took back the {what}"
    if before.trashed and not after.trashed:
        return f"brought back the {what}"
    return f"took back the last change to the {what}"
