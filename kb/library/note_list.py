"""Lists of notes read as light rows: ten thousand of them must not cost ten thousand validated objects."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from kb.library import note_rows
from kb.library.record import Record
from kb.library.schema import note_agendas, note_revisions, notes
from kb.models.note_kind import NoteKind
from kb.models.provenance import Provenance


class NoteRow(NamedTuple):
    """A note in one line."""

    id: str
    kind: NoteKind
    headline: str
    evidence_kind: str
    paper: str | None
    provenance: Provenance
    created_at: datetime


COLUMNS = (
    notes.c.id,
    notes.c.kind,
    notes.c.headline,
    notes.c.evidence_kind,
    notes.c.paper_id,
    notes.c.provenance,
    notes.c.created_at,
)
"""What a row is made of."""
_KINDS = {kind.value: kind for kind in NoteKind}
_SPEAKERS = {provenance.value: provenance for provenance in Provenance}
_NEWEST = (notes.c.created_at.desc(), notes.c.id)


def to_row(row: Any) -> NoteRow:
    """A note in one line from its columns."""
    return NoteRow(row[0], _KINDS[row[1]], row[2], row[3], row[4], _SPEAKERS[row[5]], row[6])


def matching(
    kind: NoteKind | None = None,
    agenda: str | Collection[str] | None = None,
    paper: str | None = None,
    trashed: bool = False,
) -> Any:
    """The condition that notes meet; ``agenda`` is a name that they bear on, or several of which one is enough."""
    condition: Any = notes.c.trashed.is_(trashed)
    if kind:
        condition &= notes.c.kind == kind.value
    if paper:
        condition &= notes.c.paper_id == paper
    if agenda:
        names = [agenda] if isinstance(agenda, str) else list(agenda)
        condition &= notes.c.id.in_(sa.select(note_agendas.c.note_id).where(note_agendas.c.agenda.in_(names)))
    return condition


class NoteListing:
    """Notes to list or to count; ``Notes`` has them whole."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def rows(self, condition: Any, limit: int | None = None) -> tuple[NoteRow, ...]:
        """Notes in one line each, newest first."""
        query = sa.select(*COLUMNS).where(condition).order_by(*_NEWEST).limit(limit)
        with self._record.read() as connection:
            return tuple(map(to_row, connection.execute(query)))

    def count(self, condition: Any) -> int:
        """How many notes meet a condition."""
        with self._record.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).where(condition).select_from(notes)).scalar_one())

    def per_kind(self) -> dict[str, int]:
        """How many notes of each kind there are outside the trash."""
        query = sa.select(notes.c.kind, sa.func.count()).where(notes.c.trashed.is_(False)).group_by(notes.c.kind)
        with self._record.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def agendas_per_paper(self) -> dict[str, set[str]]:
        """The names that the notes on each paper bear on."""
        query = (
            sa.select(notes.c.paper_id, note_agendas.c.agenda)
            .join(note_agendas, note_agendas.c.note_id == notes.c.id)
            .where(notes.c.trashed.is_(False) & notes.c.paper_id.is_not(None))
            .distinct()
        )
        found: dict[str, set[str]] = {}
        with self._record.read() as connection:
            for paper, agenda in connection.execute(query):
                found.setdefault(paper, set()).add(agenda)
        return found

    def per_paper(self) -> dict[str, int]:
        """How many notes that are not in the trash stand on each paper."""
        query = sa.select(notes.c.paper_id, sa.func.count()).where(
            notes.c.trashed.is_(False), notes.c.paper_id.isnot(None)
        )
        with self._record.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(notes.c.paper_id))}

    def data(self, condition: Any, limit: int | None = None) -> list[dict[str, Any]]:
        """Notes whole but as plain data, newest first, with their anchors as last resolved; for a program to read."""
        columns = (notes.c.head, notes.c.trashed, notes.c.revised_at, note_revisions.c.content)
        newest = sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head)
        query = sa.select(*COLUMNS, *columns).join(note_revisions, newest).where(condition).order_by(*_NEWEST)
        with self._record.read() as connection:
            rows = connection.execute(query.limit(limit)).all()
            resolved = note_rows.anchors_of(connection, [row[0] for row in rows])
        return [_data(row, resolved.get(row[0], [])) for row in rows]


def _data(row: Any, anchors: list[Any]) -> dict[str, Any]:
    first = anchors[0] if anchors else None
    return {
        "note": row[0],
        **row[10],
        "anchors": anchors,
        "trashed": row[8],
        "provenance": row[5],
        "revision": row[7],
        "created_at": _time(row[6]),
        "revised_at": _time(row[9]),
        "headline": row[2],
        "anchor": {name: first[name] for name in ("state", "page", "quote")} if first else None,
    }


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
