"""The record's rows as plain data and back: which tables are truth, and what each row must be to be taken in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.library.schema import Moment, metadata
from kb.models.anchor import Anchor
from kb.models.note import NoteContent
from kb.models.paper import Paper
from kb.models.reading_list import Entry
from kb.models.review import ReviewEvent

_DERIVED = frozenset({"outbox", "marks"})
"""What the index of meaning has still to do, which is worked out again where the rows are taken in."""

_CHECKS: dict[str, Callable[[Mapping[str, Any]], object]] = {
    "papers": lambda row: Paper.model_validate(dict(row)),
    "entries": lambda row: Entry.model_validate(row["data"]),
    "note_revisions": lambda row: NoteContent.model_validate(row["content"]),
    "review_log": lambda row: ReviewEvent.model_validate(dict(row)),
    "anchors": lambda row: Anchor.model_validate(row["data"]),
}


def truth_tables() -> list[sa.Table]:
    """The tables that hold what cannot be derived, each after those that it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in _DERIVED]


def as_data(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row that JSON can hold."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def as_row(table: sa.Table, data: Mapping[str, Any]) -> dict[str, Any]:
    """A row to insert; raises ValueError for one that the library could not read back."""
    unknown = set(data) - set(table.columns.keys())
    if unknown:
        raise ValueError(f"{table.name} has no {', '.join(sorted(unknown))}")
    row = {name: _moment(value) if isinstance(table.c[name].type, Moment) else value for name, value in data.items()}
    check = _CHECKS.get(table.name)
    if check:
        check(row)
    return row


def _moment(value: Any) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
