"""The outbox: what the index of meaning still has to take in, written in the same transaction as the change itself."""

from typing import Literal

import sqlalchemy as sa

from kb.library.marks import mark
from kb.library.record import Record, now
from kb.library.schema import marks, notes, outbox, versions
from kb.models.base import Value

What = Literal["paper", "note"]
Op = Literal["upsert", "delete"]
_DRAINED = "drained"


class OutboxItem(Value):
    """One piece of work: a version (by sha256) or a note (by id) to put into the index, or to take out of it."""

    seq: int
    what: What
    ref: str
    op: Op


def enqueue(connection: sa.Connection, what: What, ref: str, op: Op) -> None:
    """Leave work for whoever holds the index, within the caller's transaction."""
    connection.execute(outbox.insert().values(what=what, ref=ref, op=op, at=now()))


class Outbox:
    """The queue between the record and the index."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def pending(self, limit: int = 100) -> tuple[OutboxItem, ...]:
        """The oldest work first."""
        query = sa.select(outbox.c.seq, outbox.c.what, outbox.c.ref, outbox.c.op).order_by(outbox.c.seq).limit(limit)
        with self._record.read() as connection:
            return tuple(OutboxItem(**row) for row in connection.execute(query).mappings())

    def backlog(self) -> int:
        """How many items wait."""
        with self._record.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar_one())

    def done(self, seqs: "list[int] | tuple[int, ...]") -> None:
        """Take finished work out, and move the mark so that open readers know to look again."""
        with self._record.write() as connection:
            connection.execute(outbox.delete().where(outbox.c.seq.in_(list(seqs))))
            bumped = connection.execute(
                marks.update().where(marks.c.name == _DRAINED).values(value=marks.c.value + 1)
            ).rowcount
            if not bumped:
                connection.execute(marks.insert().values(name=_DRAINED, value=1))

    def mark(self) -> int:
        """A number that grows each time the index has changed."""
        return mark(self._record, _DRAINED) or 0

    def requeue_all(self) -> int:
        """Queue every version and every note again, for an index that is rebuilt; returns how many."""
        with self._record.write() as connection:
            connection.execute(outbox.delete())
            shas = list(connection.execute(sa.select(versions.c.sha256)).scalars())
            ids = list(connection.execute(sa.select(notes.c.id).where(notes.c.trashed.is_(False))).scalars())
            for sha256 in shas:
                enqueue(connection, "paper", sha256, "upsert")
            for note in ids:
                enqueue(connection, "note", note, "upsert")
        return len(shas) + len(ids)
