"""How well the quotes of all notes are found in the papers' text as it is now."""

from collections.abc import Collection

import sqlalchemy as sa

from kb.library.record import Record
from kb.library.schema import anchors, notes
from kb.models.anchor import Anchor, AnchorState
from kb.models.base import Value
from kb.models.note_kind import NoteKind

TROUBLED = (AnchorState.ORPHANED, AnchorState.CHANGED, AnchorState.AMBIGUOUS, AnchorState.MOVED)
"""States that a reader should look at, the most pressing first."""


class PlacedQuote(Value):
    """A quote of a note, and where it stands now."""

    note: str
    kind: NoteKind
    headline: str
    paper: str | None
    position: int
    """Which of the note's quotes, from 0."""
    anchor: Anchor


class AnchorReport:
    """The state of every quote; notes in the trash do not count."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def counts(self) -> dict[AnchorState, int]:
        """How many quotes are in each state."""
        query = (
            sa.select(anchors.c.state, sa.func.count())
            .join(notes, notes.c.id == anchors.c.note_id)
            .where(notes.c.trashed.is_(False))
            .group_by(anchors.c.state)
        )
        with self._record.read() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        return {state: found.get(state.value, 0) for state in AnchorState}

    def placed(
        self, states: Collection[AnchorState] = TROUBLED, paper: str | None = None, *, with_kept: bool = False
    ) -> tuple[PlacedQuote, ...]:
        """Quotes in these states, the most pressing first, then by paper and note.

        Those that the reader wants to stay as they are come only ``with_kept``.
        """
        columns = (notes.c.id, notes.c.kind, notes.c.headline, notes.c.paper_id, anchors.c.position, anchors.c.data)
        query = sa.select(*columns).join(notes, notes.c.id == anchors.c.note_id)
        query = query.where(notes.c.trashed.is_(False), anchors.c.state.in_([state.value for state in states]))
        if paper:
            query = query.where(notes.c.paper_id == paper)
        with self._record.read() as connection:
            rows = connection.execute(query.order_by(notes.c.paper_id, notes.c.created_at, anchors.c.position)).all()
        names = tuple(PlacedQuote.model_fields)
        found = [PlacedQuote.model_validate(dict(zip(names, row, strict=True))) for row in rows]
        found = [one for one in found if with_kept or not one.anchor.kept]
        order = {state: place for place, state in enumerate((*TROUBLED, AnchorState.EXACT))}
        return tuple(sorted(found, key=lambda one: order[one.anchor.state]))
