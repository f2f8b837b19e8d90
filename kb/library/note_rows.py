"""Notes as rows: a head row to filter by, an append-only row a revision, and what is indexed of the newest one."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.library.outbox import enqueue
from kb.library.schema import anchors, note_agendas, note_revisions, notes
from kb.models.anchor import Anchor
from kb.models.note import Note, NoteContent, Revision
from kb.models.note_kind import field_words


def append(
    connection: sa.Connection,
    note_id: str,
    number: int,
    action: str,
    content: NoteContent,
    parent: int | None,
    origin: int | None,
    *,
    at: datetime,
) -> None:
    """Add a revision and make it the head. ``origin`` orders undo: the revision whose content this is; None for new."""
    inserted = connection.execute(
        note_revisions.insert().values(
            note_id=note_id,
            number=number,
            action=action,
            content=content.model_dump(mode="json"),
            parent=parent,
            origin=origin or 0,
            at=at,
        )
    )
    if origin is None:
        seq = inserted.inserted_primary_key[0]  # type: ignore[index]  # an insert of one row has its key
        connection.execute(note_revisions.update().where(note_revisions.c.seq == seq).values(origin=seq))
    connection.execute(
        notes.update()
        .where(notes.c.id == note_id)
        .values(head=number, revised_at=at, trashed=content.trashed, paper_id=content.paper, **_summed_up(content))
    )
    _index(connection, note_id, content)


def _summed_up(content: NoteContent) -> dict[str, str]:
    """What lists of notes and maps of evidence show of a note, so that they need not read the whole of it."""
    return {"headline": content.headline, "evidence_kind": getattr(content.fields, "evidence_kind", "")}


def _index(connection: sa.Connection, note_id: str, content: NoteContent) -> None:
    """Everything that finds the note again, replaced in the same transaction as the note itself."""
    connection.execute(note_agendas.delete().where(note_agendas.c.note_id == note_id))
    for bearing in {bearing.agenda: bearing for bearing in content.agendas}.values():
        connection.execute(
            note_agendas.insert().values(note_id=note_id, agenda=bearing.agenda, bearing=bearing.bearing.value)
        )
    connection.execute(anchors.delete().where(anchors.c.note_id == note_id))
    for position, anchor in enumerate(content.anchors):
        connection.execute(anchors.insert().values(note_id=note_id, position=position, **_anchor_row(anchor)))
    if connection.dialect.name == "sqlite":
        _index_words(connection, note_id, content)
    enqueue(connection, "note", note_id, "delete" if content.trashed else "upsert")


def _index_words(connection: sa.Connection, note_id: str, content: NoteContent) -> None:
    connection.execute(sa.text("DELETE FROM notes_fts WHERE note_id = :id"), {"id": note_id})
    if content.trashed:
        return
    _insert_words(connection, note_id, content)


def index_standing(connection: sa.Connection) -> None:
    """Make all notes findable by their words, as if each had just been written; none of them is so yet."""
    if connection.dialect.name != "sqlite":
        return
    head = sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head)
    query = sa.select(notes.c.id, note_revisions.c.content).join(note_revisions, head).where(notes.c.trashed.is_(False))
    for note_id, content in connection.execute(query).all():
        _insert_words(connection, note_id, NoteContent.model_validate(content))


def _insert_words(connection: sa.Connection, note_id: str, content: NoteContent) -> None:
    headline, body, quote = words_of(content)
    connection.execute(
        sa.text("INSERT INTO notes_fts(note_id, headline, body, quote) VALUES (:id, :headline, :body, :quote)"),
        {"id": note_id, "headline": headline, "body": body, "quote": quote},
    )


def words_of(content: NoteContent) -> tuple[str, str, str]:
    """What a search should find a note by: its typed fields, its body, and the text that it quotes."""
    fields = field_words(content.fields.model_dump())
    return "\n".join(fields), content.body, "\n".join(anchor.quote for anchor in content.anchors)


def _anchor_row(anchor: Anchor) -> dict[str, Any]:
    return {"version": anchor.version, "state": anchor.state.value, "data": anchor.model_dump(mode="json")}


def load(connection: sa.Connection, condition: Any, limit: int | None = None) -> list[Note]:
    """Notes that meet a condition, newest first, with their anchors as last resolved."""
    query = (
        sa.select(notes, note_revisions.c.content)
        .join(
            note_revisions,
            sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head),
        )
        .where(condition)
        .order_by(notes.c.created_at.desc(), note_revisions.c.seq.desc())
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    resolved = anchors_of(connection, [row["id"] for row in rows])
    return [_note(row, resolved.get(row["id"], [])) for row in rows]


def anchors_of(connection: sa.Connection, note_ids: list[str]) -> dict[str, list[Any]]:
    """Anchors as last resolved, in order, by note."""
    found: dict[str, list[Any]] = {}
    for start in range(0, len(note_ids), 500):
        query = (
            sa.select(anchors.c.note_id, anchors.c.data)
            .where(anchors.c.note_id.in_(note_ids[start : start + 500]))
            .order_by(anchors.c.note_id, anchors.c.position)
        )
        for note_id, data in connection.execute(query):
            found.setdefault(note_id, []).append(data)
    return found


def _note(row: Any, resolved: list[Any]) -> Note:
    return Note.model_validate(
        {
            **row["content"],
            "anchors": resolved,
            "trashed": row["trashed"],
            "id": row["id"],
            "provenance": row["provenance"],
            "revision": row["head"],
            "created_at": row["created_at"],
            "revised_at": row["revised_at"],
        }
    )


def revision(connection: sa.Connection, note_id: str, number: int) -> Any:
    """One revision's row."""
    query = note_revisions.select().where(note_revisions.c.note_id == note_id, note_revisions.c.number == number)
    return connection.execute(query).mappings().one()


def history(connection: sa.Connection, note_id: str) -> tuple[Revision, ...]:
    """A note's revisions, oldest first."""
    query = note_revisions.select().where(note_revisions.c.note_id == note_id).order_by(note_revisions.c.number)
    return tuple(
        Revision(
            note=note_id,
            number=row["number"],
            action=row["action"],
            content=NoteContent.model_validate(row["content"]),
            parent=row["parent"],
            at=row["at"],
        )
        for row in connection.execute(query).mappings()
    )


def newest_standing(connection: sa.Connection) -> str | None:
    """The note whose newest change that has not been undone is the newest of all."""
    undoable = sa.or_(note_revisions.c.parent.is_not(None), notes.c.trashed.is_(False))
    query = (
        sa.select(notes.c.id)
        .join(
            note_revisions,
            sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head),
        )
        .where(undoable)
        .order_by(note_revisions.c.origin.desc())
        .limit(1)
    )
    found: str | None = connection.execute(query).scalar()
    return found


def store_resolved(connection: sa.Connection, note_id: str, found: tuple[Anchor, ...]) -> None:
    """Replace where a note's anchors stand now; the selectors in its revisions stay as they were made."""
    for position, anchor in enumerate(found):
        connection.execute(
            anchors.update()
            .where(anchors.c.note_id == note_id, anchors.c.position == position)
            .values(**_anchor_row(anchor))
        )
