"""The log of reviews: lines are only ever added, so every schedule can be worked out again from it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.library import credences
from kb.library.record import Record, now
from kb.library.schema import review_log
from kb.models.credence import Credence
from kb.models.review import Action, ReviewData, ReviewEvent


class Reviews:
    """What the reader chose to review, how each review went, and what was taken back."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(
        self,
        card: str,
        action: Action,
        data: ReviewData | None = None,
        *,
        credence: Credence | None = None,
        at: datetime | None = None,
    ) -> ReviewEvent:
        """Write a line down; a credence that belongs to it is written in the same transaction."""
        told, stamp = data or ReviewData(), at or now()
        row = {"card": card, "action": action, "data": told.model_dump(mode="json", exclude_defaults=True), "at": stamp}
        with self._record.write() as connection:
            inserted = connection.execute(review_log.insert().values(**row))
            if credence is not None:
                credences.insert(connection, credence)
            seq = int(inserted.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has its key
        return ReviewEvent(seq=seq, card=card, action=action, data=told, at=stamp)

    def log(self, card: str | None = None) -> tuple[ReviewEvent, ...]:
        """Every line, or those on one card, oldest first."""
        query = review_log.select().order_by(review_log.c.seq)
        if card is not None:
            query = query.where(review_log.c.card == card)
        with self._record.read() as connection:
            return tuple(_event(row) for row in connection.execute(query).mappings())


def _event(row: sa.RowMapping | dict[str, Any]) -> ReviewEvent:
    return ReviewEvent.model_validate({**row, "data": ReviewData.model_validate(row["data"])})
