"""The whole record as JSON Lines, and an empty library filled from them with no difference.

The first line names the schema, each further one holds a row of one table, and the last one is a seal. Everything
that a person made is in it: notes with all their revisions, links, papers, lists. The papers' files are not.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from kb.errors import DamagedError, UsageError
from kb.export import seal
from kb.export.rows import as_data, as_row, truth_tables
from kb.library.note_rows import words_of
from kb.library.outbox import Outbox
from kb.library.record import Record
from kb.library.schema import HEAD, note_revisions, notes
from kb.models.note import NoteContent

LIBRARY_SCHEMA = "insideview/library/1"
"""Changes when the lines of older exports could no longer be read."""
_BATCH = 500


def dump_library(record: Record) -> str:
    """The record as sealed JSON Lines; a snapshot, even while another process writes."""
    return seal.sealed("".join(_lines(record)), "jsonl")


def load_library(record: Record, text: str) -> dict[str, int]:
    """Fill an empty record, wholly or not at all; returns how many rows each table got.

    Raises UsageError for a record that holds something or for another schema, and DamagedError for lines that were
    cut off, changed, or do not fit.
    """
    _check_empty(record)
    rows = _read(text)
    counts: Counter[str] = Counter()
    with record.write() as connection:
        for table in truth_tables():
            batch = rows.pop(table.name, [])
            for start in range(0, len(batch), _BATCH):
                _insert(connection, table, batch[start : start + _BATCH])
            counts[table.name] = len(batch)
        if record.is_sqlite:
            _index_words(connection)
    Outbox(record).requeue_all()
    return dict(counts)


def _lines(record: Record) -> Iterator[str]:
    yield _line({"schema": LIBRARY_SCHEMA, "record": HEAD})
    with record.read() as connection:
        for table in truth_tables():
            query = table.select().order_by(*table.primary_key.columns)
            for row in connection.execute(query).mappings():
                yield _line({"table": table.name, **as_data(dict(row))})


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n"


def _read(text: str) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    """Rows with their line numbers, by table."""
    if seal.state(text, "jsonl") != "ours":
        raise DamagedError(
            "the export was cut off or changed", "its last line does not match the others", "export the library again"
        )
    first, *lines, _ = text.splitlines()
    schema = json.loads(first).get("schema")
    if schema != LIBRARY_SCHEMA:
        raise UsageError(f"the export has the schema {schema!r}", f"this Inside View reads {LIBRARY_SCHEMA}")
    rows: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for number, line in enumerate(lines, 2):
        data = json.loads(line)
        rows.setdefault(data.pop("table"), []).append((number, data))
    unknown = set(rows) - {table.name for table in truth_tables()}
    if unknown:
        raise UsageError(f"the export holds {', '.join(sorted(unknown))}", "a newer Inside View has written it")
    return rows


def _insert(connection: sa.Connection, table: sa.Table, batch: Iterable[tuple[int, dict[str, Any]]]) -> None:
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


def _index_words(connection: sa.Connection) -> None:
    """Make the notes findable by their words, as if each had just been written."""
    head = sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head)
    query = sa.select(notes.c.id, note_revisions.c.content).join(note_revisions, head).where(notes.c.trashed.is_(False))
    for note_id, content in connection.execute(query).all():
        headline, body, quote = words_of(NoteContent.model_validate(content))
        connection.execute(
            sa.text("INSERT INTO notes_fts(note_id, headline, body, quote) VALUES (:id, :headline, :body, :quote)"),
            {"id": note_id, "headline": headline, "body": body, "quote": quote},
        )


def _check_empty(record: Record) -> None:
    with record.read() as connection:
        held = [table.name for table in truth_tables() if connection.execute(table.select().limit(1)).first()]
    if held:
        raise UsageError(
            f"the library already holds {', '.join(held)}",
            "an export of a whole library is read into an empty one",
            "kb --home NEW_FOLDER import jsonl FILE",
        )
