"""The credence log: entries are only ever added, so what was believed on any day can be read back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.library.record import Record, now
from kb.library.recovery import kept_if_lost
from kb.library.schema import credences
from kb.models.credence import Credence, Subject, SubjectKind, Trigger
from kb.models.provenance import Provenance


class Credences:
    """How probable the reader held what, when, and why."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(
        self,
        subject: Subject,
        low: float,
        high: float | None = None,
        *,
        reason: str = "",
        trigger: Trigger | None = None,
        provenance: Provenance = Provenance.ME,
        at: datetime | None = None,
    ) -> Credence:
        """Write down a probability, or a range; ``at`` is for imports, which bring their own times."""
        upper = low if high is None else high
        credence = Credence(
            subject=subject,
            low=low,
            high=upper,
            reason=reason,
            trigger=trigger or Trigger(),
            provenance=provenance,
            at=at or now(),
        )
        with kept_if_lost(self._record.home, credence), self._record.write() as connection:
            insert(connection, credence)
        return credence

    def count(self) -> int:
        """How many times something was rated."""
        with self._record.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(credences)).scalar() or 0)

    def history(self, subject: str | None = None, at: datetime | None = None) -> tuple[Credence, ...]:
        """Entries on one subject, or on all, oldest first; with ``at``, only those made until then."""
        return self._load((credences.c.subject == subject) if subject else sa.true(), at)

    def standing(self, at: datetime | None = None) -> dict[str, Credence]:
        """What is believed now, or was at some time: the newest entry of each subject, by the subject's id."""
        return {credence.subject.id: credence for credence in self._load(sa.true(), at)}

    def since(self, start: datetime, end: datetime | None = None) -> tuple[Credence, ...]:
        """Entries made after a time, oldest first."""
        return self._load(credences.c.at > start, end)

    def _load(self, condition: Any, until: datetime | None) -> tuple[Credence, ...]:
        query = credences.select().where(condition).order_by(credences.c.at, credences.c.seq)
        if until is not None:
            query = query.where(credences.c.at <= until)
        with self._record.read() as connection:
            return tuple(_credence(row) for row in connection.execute(query).mappings())


def insert(connection: sa.Connection, credence: Credence) -> None:
    """Add an entry within the caller's transaction."""
    connection.execute(credences.insert().values(_row(credence)))


def _row(credence: Credence) -> dict[str, Any]:
    return {
        "subject_kind": credence.subject.kind.value,
        "subject": credence.subject.id,
        "statement": credence.subject.statement,
        "low": credence.low,
        "high": credence.high,
        "reason": credence.reason,
        "trigger_kind": credence.trigger.kind,
        "trigger_ref": credence.trigger.ref,
        "provenance": credence.provenance.value,
        "at": credence.at,
    }


def _credence(row: Mapping[Any, Any]) -> Credence:
    return Credence(
        subject=Subject(kind=SubjectKind(row["subject_kind"]), id=row["subject"], statement=row["statement"]),
        low=row["low"],
        high=row["high"],
        reason=row["reason"],
        trigger=Trigger(kind=row["trigger_kind"], ref=row["trigger_ref"]),
        provenance=Provenance(row["provenance"]),
        at=row["at"],
    )
