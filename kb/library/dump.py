"""The record's rows, table by table, out of one record and into another."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from kb.errors import DamagedError
from kb.library.note_rows import index_standing
from kb.library.outbox import Outbox
from kb.library.record import Record
from kb.library.row_data import as_data, as_row, truth_tables
from kb.library.schema import HEAD

SCHEMA = HEAD
"""Stands in a dump, so that a reader of it knows which tables to expect."""
_BATCH = 500
NumberedRow = tuple[int, dict[str, Any]]


def table_names() -> list[str]:
    """The tables that hold what cannot be derived, each after those that it refers to."""
    return [table.name for table in truth_tables()]


def filled_tables(record: Record) -> list[str]:
    """Those of the tables that hold anything."""
    with record.read() as connection:
        return [table.name for table in truth_tables() if connection.execute(table.select().limit(1)).first()]


def all_rows(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row that JSON can hold, with its table; a snapshot, even while another process writes."""
    with record.read() as connection:
        for table in truth_tables():
            query = table.select().order_by(*table.primary_key.columns)
            for row in connection.execute(query).mappings():
                yield table.name, as_data(dict(row))


def fill(record: Record, rows: Mapping[str, Sequence[NumberedRow]]) -> dict[str, int]:
    """Put rows, each with the number of its line, into an empty record, wholly or not at all; returns how many.

    Raises DamagedError for rows that do not fit.
    """
    counts = {}
    with record.write() as connection:
        for table in truth_tables():
            batch = rows.get(table.name, ())
            for start in range(0, len(batch), _BATCH):
                _insert(connection, table, batch[start : start + _BATCH])
            counts[table.name] = len(batch)
        index_standing(connection)
    Outbox(record).requeue_all()
    return counts


def _insert(connection: sa.Connection, table: sa.Table, batch: Sequence[NumberedRow]) -> None:
    checked = []
    for number, data in batch:
        try:
            checked.append(as_row(table, data))
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedError(f"line {number} of the export does not fit", str(error).splitlines()[0]) from error
    try:
        connection.execute(table.insert(), checked)
    except sa.exc.IntegrityError as error:
        raise DamagedError(f"the rows of {table.name} in the export contradict each other", str(error.orig)) from error
