"""The record: one database whose every write is on disk when the call returns."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from kb.config import Home
from kb.errors import KbError
from kb.library.db_errors import told
from kb.library.schema import HEAD
from kb.storage.sqlite_file import BUSY_MS, read_only_uri


def now() -> datetime:
    """The time that a change is stamped with."""
    return datetime.now(UTC)


class Record:
    """An open record. Everything that changes it goes through :meth:`write`, one transaction a call."""

    def __init__(self, engine: sa.Engine, place: Path, home: Home) -> None:
        self.engine = engine
        self.place = place
        self.home = home

    @classmethod
    def open(cls, home: Home) -> "Record":
        """Open the home's record, making or migrating it first.

        Raises DamagedError for a file that is no record, BusyError where another process holds it, and KbError
        where the home cannot be written.
        """
        url = home.settings.record_url
        if not url:
            _make_folder(home.root)
            url = _sqlite_url(home.record)
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            _configure_sqlite(engine)
        record = cls(engine, home.record, home)
        try:
            with told(home.record):
                record._bring_up_to_date()
        except BaseException:
            record.close()
            raise
        return record

    def _bring_up_to_date(self) -> None:
        if self._stamp() == HEAD:
            return
        from kb.library.migrate import upgrade

        upgrade(self.engine)

    def _stamp(self) -> str | None:
        with self.engine.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            stamp: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            return stamp

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that takes the write lock at once and is durable when the block ends."""
        with (
            told(self.place),
            self.engine.connect().execution_options(immediate=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A snapshot to read from; it never waits for writers."""
        with told(self.place), self.engine.connect() as connection:
            yield connection

    @property
    def is_sqlite(self) -> bool:
        """Whether full text can be written beside the notes (FTS5)."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Let go of the database file."""
        self.engine.dispose()

    def __enter__(self) -> "Record":
        """The record itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close on the way out."""
        self.close()


def _sqlite_url(record: Path) -> str:
    """The record's address; one in a folder that cannot be written is opened to be read."""
    if record.exists() and not os.access(record.parent, os.W_OK):
        return f"sqlite:///{read_only_uri(record)}&uri=true"
    return f"sqlite:///{record}"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KbError(
            f"the home {folder} cannot be made",
            error.strerror or str(error),
            "choose another folder with --home DIR or KB_HOME",
        ) from error


def _configure_sqlite(engine: sa.Engine) -> None:
    """WAL with a full sync on commit, foreign keys on, and transactions begun by us rather than by the driver."""

    @sa.event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        journal = () if "mode=ro" in str(engine.url) else ("journal_mode=WAL",)
        for pragma in (f"busy_timeout={BUSY_MS}", *journal, "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
