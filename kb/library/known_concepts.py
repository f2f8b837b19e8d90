"""Concepts that the reader says they know, or no longer count as known; the newest word on each stands."""

from collections.abc import Iterable

import sqlalchemy as sa

from kb.library.record import Record, now
from kb.library.schema import known_concepts


class KnownConcepts:
    """What need not be read up."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def declare(self, concepts: Iterable[str], known: bool = True) -> None:
        """Say that some concepts are known, or that they are not after all."""
        stamp = now()
        with self._record.write() as connection:
            for concept in concepts:
                connection.execute(known_concepts.insert().values(concept=concept, known=known, at=stamp))

    def standing(self) -> dict[str, bool]:
        """What was last said of each concept that anything was said of."""
        query = sa.select(known_concepts.c.concept, known_concepts.c.known).order_by(known_concepts.c.seq)
        with self._record.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}
