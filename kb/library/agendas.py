"""The reader's own agendas: edits, forks and additions, each a revision, laid over those that come as files."""

from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from kb.errors import ItemFailedError, NotFoundError
from kb.library.record import Record, now
from kb.library.schema import agenda_revisions
from kb.models.agenda import Agenda
from kb.models.base import Value

Action = Literal["edit", "fork", "add", "undo"]


class AgendaRevision(Value):
    """One change of an agenda by the reader."""

    agenda: str
    action: Action
    origin: str
    """Id of the agenda that a fork was made from; empty otherwise."""
    content: Agenda | None
    """None where the change was taken back to what the file says, or to nothing."""
    at: datetime


class Agendas:
    """What the reader has made of the agendas."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def save(self, agenda: Agenda, action: Action, origin: str = "") -> AgendaRevision:
        """Write a new revision."""
        revision = AgendaRevision(agenda=agenda.id, action=action, origin=origin, content=agenda, at=now())
        with self._record.write() as connection:
            _append(connection, revision)
        return revision

    def standing(self) -> dict[str, AgendaRevision]:
        """The newest revision of each agenda that the reader has changed or made, in the order of their making."""
        found: dict[str, AgendaRevision] = {}
        for revision in self._load():
            found[revision.agenda] = revision
        return found

    def history(self, agenda: str) -> tuple[AgendaRevision, ...]:
        """Every revision of one agenda, oldest first; empty for one that the reader has not changed."""
        return tuple(revision for revision in self._load() if revision.agenda == agenda)

    def undo(self, agenda: str) -> AgendaRevision:
        """Go back to what the agenda was before its last change; again goes further back."""
        steps = self.history(agenda)
        if not steps:
            raise NotFoundError(f"you have not changed the agenda {agenda!r}", next="kb agenda list")
        standing = _standing(steps)
        if not standing:
            raise ItemFailedError(f"nothing is left to undo in {agenda}", next=f"kb agenda history {agenda}")
        content = standing[-2].content if len(standing) > 1 else None
        revision = AgendaRevision(agenda=agenda, action="undo", origin=steps[-1].origin, content=content, at=now())
        with self._record.write() as connection:
            _append(connection, revision)
        return revision

    def _load(self) -> tuple[AgendaRevision, ...]:
        query = sa.select(
            *(agenda_revisions.c[name] for name in ("agenda", "action", "origin", "content", "at"))
        ).order_by(agenda_revisions.c.seq)
        with self._record.read() as connection:
            return tuple(AgendaRevision.model_validate(dict(row)) for row in connection.execute(query).mappings())


def _append(connection: sa.Connection, revision: AgendaRevision) -> None:
    values = revision.model_dump(mode="json", exclude={"at"})
    values["content"] = sa.null() if values["content"] is None else values["content"]
    connection.execute(agenda_revisions.insert().values(**values, at=revision.at))


def _standing(steps: tuple[AgendaRevision, ...]) -> list[AgendaRevision]:
    """Changes that no later undo has taken back."""
    kept: list[AgendaRevision] = []
    for step in steps:
        if step.action == "undo":
            kept.pop()
        else:
            kept.append(step)
    return kept
