"""A fresh record as a copy of one that was migrated once: the migrations themselves take ten times as long."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from kb.library.migrate import upgrade

Upgrade = Callable[[sa.Engine], None]


def copied(engine: sa.Engine) -> None:
    """What ``kb.library.migrate.upgrade`` does, copied where the database is SQLite's and still empty."""
    if engine.dialect.name != "sqlite" or not _copied(engine):
        upgrade(engine)


def _copied(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        file = connection.connection.driver_connection
        assert isinstance(file, sqlite3.Connection)
        try:
            if file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                return False
            _migrated().backup(file)
        except sqlite3.Error:
            return False  # the real one says what is wrong
    return True


@cache
def _migrated() -> sqlite3.Connection:
    """An empty record in memory, made by the real migrations."""
    made = sqlite3.connect(":memory:", check_same_thread=False)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "record.sqlite"
        engine = sa.create_engine(f"sqlite:///{file}")
        upgrade(engine)
        engine.dispose()
        with closing(sqlite3.connect(file)) as source:
            source.backup(made)
    return made
