"""How papers were read: for how long, which parts of them, and where the reader put bookmarks."""

from datetime import date

import sqlalchemy as sa

from kb.library.record import Record, now
from kb.library.schema import bookmarks, reading_places, reading_progress, reading_times
from kb.models.reading import Bookmark, Ranges, joined


class ReadingSessions:
    """Times, progress and bookmarks of all papers."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def keep(self, paper: str, block: int, ranges: Ranges, seconds: int, day: date) -> None:
        """Keep in one go where the reader stopped, what they went over, and the time that it took on this day."""
        with self._record.write() as connection:
            connection.execute(reading_places.delete().where(reading_places.c.paper_id == paper))
            connection.execute(reading_places.insert().values(paper_id=paper, block=block, at=now()))
            if ranges:
                _add_ranges(connection, paper, ranges)
            if seconds > 0:
                _add_seconds(connection, paper, seconds, day)

    def seen(self, paper: str) -> Ranges:
        """The parts of the text that the reader went over."""
        with self._record.read() as connection:
            return _ranges(connection, paper)

    def all_seen(self) -> dict[str, Ranges]:
        """The parts that the reader went over, of every paper that was opened."""
        query = sa.select(reading_progress.c.paper_id, reading_progress.c.ranges)
        with self._record.read() as connection:
            return {row[0]: joined((a, b) for a, b in row[1]) for row in connection.execute(query)}

    def seconds(self) -> dict[str, int]:
        """How long each paper was read, all days together."""
        total = sa.func.sum(reading_times.c.seconds)
        query = sa.select(reading_times.c.paper_id, total).group_by(reading_times.c.paper_id)
        with self._record.read() as connection:
            return {row[0]: int(row[1]) for row in connection.execute(query)}

    def add_bookmark(self, paper: str, block: int, words: str, page: int | None = None) -> Bookmark:
        """Put a bookmark at some words of a block."""
        values = {"paper_id": paper, "block": block, "words": words, "page": page, "at": now()}
        with self._record.write() as connection:
            key = connection.execute(bookmarks.insert().values(values)).inserted_primary_key
        assert key is not None
        return Bookmark(id=key[0], paper=paper, block=block, words=words, page=page)

    def remove_bookmark(self, bookmark: int) -> None:
        """Take a bookmark away."""
        with self._record.write() as connection:
            connection.execute(bookmarks.delete().where(bookmarks.c.seq == bookmark))

    def bookmarks(self, paper: str) -> tuple[Bookmark, ...]:
        """The bookmarks of a paper, in the order of its text."""
        query = bookmarks.select().where(bookmarks.c.paper_id == paper).order_by(bookmarks.c.block, bookmarks.c.seq)
        with self._record.read() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            Bookmark(id=row["seq"], paper=paper, block=row["block"], words=row["words"], page=row["page"])
            for row in rows
        )


def _ranges(connection: sa.Connection, paper: str) -> Ranges:
    query = sa.select(reading_progress.c.ranges).where(reading_progress.c.paper_id == paper)
    return joined((a, b) for a, b in connection.execute(query).scalar() or ())


def _add_ranges(connection: sa.Connection, paper: str, ranges: Ranges) -> None:
    both = joined([*_ranges(connection, paper), *ranges])
    connection.execute(reading_progress.delete().where(reading_progress.c.paper_id == paper))
    connection.execute(reading_progress.insert().values(paper_id=paper, ranges=both, at=now()))


def _add_seconds(connection: sa.Connection, paper: str, seconds: int, day: date) -> None:
    mine = sa.and_(reading_times.c.paper_id == paper, reading_times.c.day == day)
    before = connection.execute(sa.select(reading_times.c.seconds).where(mine)).scalar() or 0
    connection.execute(reading_times.delete().where(mine))
    connection.execute(reading_times.insert().values(paper_id=paper, day=day, seconds=before + seconds))
