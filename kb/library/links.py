"""Typed links between notes; a removed link keeps its row, so that history stays whole."""

from typing import Any

import sqlalchemy as sa

from kb.errors import NotFoundError, UsageError
from kb.library import names
from kb.library.record import Record, now
from kb.library.recovery import kept_if_lost
from kb.library.schema import links, notes
from kb.models.note import Link, LinkKind
from kb.models.provenance import Provenance


class Links:
    """How notes stand to each other."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(
        self,
        source: str,
        target: str,
        kind: LinkKind,
        strength: float = 1.0,
        doubt: str = "",
        provenance: Provenance = Provenance.ME,
    ) -> Link:
        """Link two notes; raises NotFoundError for an unknown note and UsageError for a note with itself."""
        if source == target:
            raise UsageError("a note cannot be linked to itself", next="kb notes")
        if not 0 <= strength <= 1:
            raise UsageError(f"a link's strength is between 0 and 1, not {strength:g}", next="kb note link --help")
        link = Link(
            id=names.link_id(),
            source=source,
            target=target,
            kind=kind,
            strength=strength,
            doubt=doubt,
            provenance=provenance,
            at=now(),
        )
        with kept_if_lost(self._record.home, link), self._record.write() as connection:
            known = set(connection.execute(sa.select(notes.c.id).where(notes.c.id.in_([source, target]))).scalars())
            for missing in {source, target} - known:
                raise NotFoundError(f"no note has the id {missing!r}", next="kb notes")
            connection.execute(links.insert().values(**link.model_dump(mode="json", exclude={"at"}), at=link.at))
        return link

    def of(self, note_id: str) -> tuple[Link, ...]:
        """Links from and to a note, oldest first."""
        return self._load(sa.or_(links.c.source == note_id, links.c.target == note_id))

    def all(self) -> tuple[Link, ...]:
        """Every link that stands."""
        return self._load(sa.true())

    def remove(self, link_id: str) -> None:
        """Take a link away; raises NotFoundError."""
        with self._record.write() as connection:
            standing = sa.and_(links.c.id == link_id, links.c.removed_at.is_(None))
            if not connection.execute(links.update().where(standing).values(removed_at=now())).rowcount:
                raise NotFoundError(f"no link has the id {link_id!r}", next="kb note show NOTE")

    def _load(self, condition: Any) -> tuple[Link, ...]:
        query = links.select().where(condition, links.c.removed_at.is_(None)).order_by(links.c.at)
        with self._record.read() as connection:
            rows = connection.execute(query).mappings()
            return tuple(Link.model_validate({k: v for k, v in row.items() if k != "removed_at"}) for row in rows)
