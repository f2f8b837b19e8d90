"""The whole record as JSON Lines, and an empty library filled from them with no difference.

The first line names the schema, each further one holds a row of one table, and the last one is a seal. Everything
that a person made is in it: notes with all their revisions, links, papers, lists. The papers' files are not.
"""

import json
from collections.abc import Iterator
from typing import Any

from kb.errors import DamagedError, UsageError
from kb.export import seal
from kb.library.dump import SCHEMA, NumberedRow, all_rows, fill, filled_tables, table_names
from kb.library.record import Record

LIBRARY_SCHEMA = "insideview/library/1"
"""Changes when the lines of older exports could no longer be read."""


def dump_library(record: Record) -> str:
    """The record as sealed JSON Lines; a snapshot, even while another process writes."""
    return seal.sealed("".join(_lines(record)), "jsonl")


def load_library(record: Record, text: str) -> dict[str, int]:
    """Fill an empty record, wholly or not at all; returns how many rows each table got.

    Raises UsageError for a record that holds something or for another schema, and DamagedError for lines that were
    cut off, changed, or do not fit.
    """
    _check_empty(record)
    return fill(record, _read(text))


def _lines(record: Record) -> Iterator[str]:
    yield _line({"schema": LIBRARY_SCHEMA, "record": SCHEMA})
    for table, row in all_rows(record):
        yield _line({"table": table, **row})


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n"


def _read(text: str) -> dict[str, list[NumberedRow]]:
    """Rows with their line numbers, by table."""
    if seal.state(text, "jsonl") != "ours":
        raise DamagedError(
            "the export was cut off or changed", "its last line does not match the others", "export the library again"
        )
    first, *lines, _ = text.splitlines()
    schema = json.loads(first).get("schema")
    if schema != LIBRARY_SCHEMA:
        raise UsageError(f"the export has the schema {schema!r}", f"this Inside View reads {LIBRARY_SCHEMA}")
    rows: dict[str, list[NumberedRow]] = {}
    for number, line in enumerate(lines, 2):
        data = json.loads(line)
        rows.setdefault(data.pop("table"), []).append((number, data))
    unknown = set(rows) - set(table_names())
    if unknown:
        raise UsageError(f"the export holds {', '.join(sorted(unknown))}", "a newer Inside View has written it")
    return rows


def _check_empty(record: Record) -> None:
    held = filled_tables(record)
    if held:
        raise UsageError(
            f"the library already holds {', '.join(held)}",
            "an export of a whole library is read into an empty one",
            "kb --home NEW_FOLDER import jsonl FILE",
        )
