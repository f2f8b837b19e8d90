"""What bears on what, as light rows: a map of thousands of notes must not read the whole of each."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa

from kb.library.note_list import COLUMNS, NoteRow, to_row
from kb.library.record import Record
from kb.library.schema import links, note_agendas, note_revisions, notes
from kb.models.note import Bearing, LinkKind
from kb.models.note_kind import NoteKind

_AT_ONCE = 5000


class LinkRow(NamedTuple):
    """A link that stands."""

    source: str
    target: str
    kind: LinkKind
    strength: float
    doubt: str


class BearingRow(NamedTuple):
    """A note that bears on something, and how."""

    note: str
    name: str
    """Id or tag of the agenda, or id of the claim or crux."""
    bearing: Bearing


class Bearings:
    """Notes by what they bear on, and the links that lead to them."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def on(self, names: Collection[str]) -> tuple[BearingRow, ...]:
        """Which notes bear on one of these names, oldest first; notes in the trash do not."""
        query = (
            sa.select(note_agendas.c.note_id, note_agendas.c.agenda, note_agendas.c.bearing)
            .join(notes, notes.c.id == note_agendas.c.note_id)
            .where(note_agendas.c.agenda.in_(list(names)), notes.c.trashed.is_(False))
            .order_by(notes.c.created_at, notes.c.id)
        )
        with self._record.read() as connection:
            return tuple(BearingRow(row[0], row[1], _BEARINGS[row[2]]) for row in connection.execute(query).all())

    def counts(self) -> dict[str, int]:
        """How many notes bear on each name."""
        query = (
            sa.select(note_agendas.c.agenda, sa.func.count())
            .join(notes, notes.c.id == note_agendas.c.note_id)
            .where(notes.c.trashed.is_(False))
            .group_by(note_agendas.c.agenda)
        )
        with self._record.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def linked_to(self, targets: Iterable[str]) -> tuple[LinkRow, ...]:
        """Links that say something of one of these notes, between notes that are not in the trash."""
        source = notes.alias("source_note")
        query = sa.select(*(links.c[name] for name in LinkRow._fields)).join(source, source.c.id == links.c.source)
        query = query.where(links.c.removed_at.is_(None), source.c.trashed.is_(False)).order_by(links.c.at, links.c.id)
        rows = self._in_parts(query, links.c.target, targets)
        return tuple(LinkRow(row[0], row[1], _LINKS[row[2]], row[3], row[4]) for row in rows)

    def notes(self, ids: Iterable[str]) -> dict[str, NoteRow]:
        """Notes in one line each, by id."""
        rows = self._in_parts(sa.select(*COLUMNS), notes.c.id, ids)
        return {row[0]: to_row(row) for row in rows}

    def all(self, kind: NoteKind | None = None) -> tuple[NoteRow, ...]:
        """Every note, or every one of a kind, oldest first."""
        query = sa.select(*COLUMNS).where(notes.c.trashed.is_(False)).order_by(notes.c.created_at, notes.c.id)
        if kind:
            query = query.where(notes.c.kind == kind.value)
        with self._record.read() as connection:
            return tuple(to_row(row) for row in connection.execute(query))

    def about_concept(self, concept: str) -> tuple[NoteRow, ...]:
        """Notes that name a concept, oldest first."""
        newest = sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head)
        holds = sa.cast(note_revisions.c.content["concepts"], sa.String).contains(f'"{concept}"', autoescape=True)
        query = sa.select(*COLUMNS).join(note_revisions, newest).where(notes.c.trashed.is_(False), holds)
        with self._record.read() as connection:
            return tuple(map(to_row, connection.execute(query.order_by(notes.c.created_at, notes.c.id))))

    def _in_parts(self, query: Any, column: Any, values: Iterable[str]) -> Iterator[Any]:
        """Rows whose column has one of the values, asked for in parts that any database takes."""
        with self._record.read() as connection:
            wanted = list(values)
            for start in range(0, len(wanted), _AT_ONCE):
                yield from connection.execute(query.where(column.in_(wanted[start : start + _AT_ONCE]))).all()


_BEARINGS = {bearing.value: bearing for bearing in Bearing}
_LINKS = {kind.value: kind for kind in LinkKind}
