"""Reading the record without the library's machinery: a search from the shell must not wait for SQLAlchemy to load."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kb.config import Home
from kb.storage.sqlite_file import ReopeningConnection

if TYPE_CHECKING:
    from kb.errors import KbError
    from kb.library.record import Record

IDS = "{ids}"
_BATCH = 500


class RecordReader:
    """Runs plain queries on the record: with sqlite3 on the home's own file, or through the library elsewhere."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._file = ReopeningConnection(home.record)
        self._record: Record | None = None

    def close(self) -> None:
        """Close what was opened."""
        self._file.close()
        if self._record:
            self._record.close()
        self._record = None

    @property
    def is_there(self) -> bool:
        """Whether there is a record at all; asking makes none."""
        return bool(self._home.settings.record_url) or self._home.record.exists()

    @property
    def has_full_text(self) -> bool:
        """Whether the notes' full text is kept beside them: in the home's own file alone."""
        return not self._home.settings.record_url and self._home.record.exists()

    def version(self) -> object:
        """What differs after every change by somebody else; None where that cannot be told."""
        if not self.is_there or self._home.settings.record_url:
            return None
        connection = self._file.get()
        return connection, connection.execute("PRAGMA data_version").fetchone()[0]

    def rows(self, query: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The query's rows; named values are written ``:name``. Nothing where there is no record yet.

        Raises DamagedError or BusyError where the record cannot be read.
        """
        if not self.is_there:
            return []
        if self._home.settings.record_url:
            return self._through_library(query, values or {})
        try:
            return self._file.get().execute(query, values or {}).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error

    def rows_of(self, query: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
        """The query's rows for some ids, which it names as ``IN {ids}``; many are asked for in turns."""
        wanted = list(dict.fromkeys(ids))
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(wanted), _BATCH):
            part = {f"id{at}": id_ for at, id_ in enumerate(wanted[start : start + _BATCH])}
            names = ", ".join(f":{name}" for name in part)
            found.extend(self.rows(query.replace(IDS, f"({names})"), part))
        return found

    def _fault(self, error: sqlite3.DatabaseError) -> "KbError":
        from kb.library.db_errors import in_words

        return in_words(str(error).lower(), self._home.record, isinstance(error, sqlite3.OperationalError))

    def _through_library(self, query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        import sqlalchemy as sa

        from kb.library.record import Record

        if self._record is None:
            self._record = Record.open(self._home)
        with self._record.read() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query), dict(values))]


def json_column(value: Any) -> Any:
    """What a JSON column says; SQLite hands it over as text, PostgreSQL as a value."""
    return json.loads(value) if isinstance(value, str) else value
