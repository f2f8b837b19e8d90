"""Highlights as Readwise exports them: one line of a CSV file each, gathered by the work that they are from."""

import csv
import io
import re
from collections.abc import Iterator

from kb.errors import UsageError
from kb.importers.foreign_work import (
    ForeignMark,
    ForeignWork,
    Unreadable,
    entry_of,
    moment_of,
    tagged,
    whole_number,
)
from kb.models.paper import PaperDraft
from kb.models.provenance import Provenance

_NEEDED = ("Highlight", "Book Title")
_HOW = "in Readwise: Export, CSV"
_Row = dict[str, str]
_DISCARDED = "discard"
"""The tag by which a reader throws a highlight away in Readwise, which exports it all the same."""


def read_readwise(text: str) -> Iterator[ForeignWork | Unreadable]:
    """The works whose passages were marked; raises UsageError for a file that is no such export."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise UsageError(f"the file has no column {missing[0]!r}", f"it has {', '.join(columns)[:200]}", _HOW)
    reader.fieldnames = columns
    works: dict[tuple[str, str], list[_Row]] = {}
    for row in _rows(reader):
        if isinstance(row, Unreadable):
            yield row
        elif not row["Book Title"]:
            yield Unreadable(name=row["Highlight"][:60] or "an empty line", why="it names no work")
        else:
            works.setdefault((row["Book Title"], row.get("Book Author", "")), []).append(row)
    for (title, authors), rows in works.items():
        yield _work(title, authors, rows)


def _rows(reader: "csv.DictReader[str]") -> Iterator[_Row | Unreadable]:
    """Line by line, so that one which cannot be read leaves the others."""
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Unreadable(name=f"line {reader.line_num}", why=str(error))
            continue
        if row is None:
            return
        told = {name: value.strip() for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}
        yield {**dict.fromkeys(_NEEDED, ""), **told}


def _work(title: str, authors: str, rows: list[_Row]) -> ForeignWork:
    tags = dict.fromkeys(tag for row in rows for tag in _tags(row.get("Document tags", "")))
    draft = PaperDraft(
        title=" ".join(title.split()),
        authors=_authors(authors),
        bibtex=entry_of("misc", {"keywords": ", ".join(tags)}),
        provenance=Provenance.IMPORT,
    )
    kept = [row for row in rows if _DISCARDED not in map(str.lower, _tags(row.get("Tags", "")))]
    marks = tuple(mark for mark in map(_mark, kept) if mark.quote or mark.comment)
    thrown = len(rows) - len(kept)
    left_out = (f"{thrown} highlight{'s' if thrown != 1 else ''} that you discarded in Readwise",) if thrown else ()
    return ForeignWork(name=title, draft=draft, marks=marks, left_out=left_out)


def _mark(row: _Row) -> ForeignMark:
    where = row.get("Location", "") if row.get("Location Type", "").lower() == "page" else ""
    return ForeignMark(
        quote=row["Highlight"],
        comment=tagged(row.get("Note", ""), _tags(row.get("Tags", ""))),
        page=whole_number(where),
        colour=row.get("Color", "").lower(),
        at=moment_of(row.get("Highlighted at")),
    )


def _tags(text: str) -> list[str]:
    return [tag for tag in (part.strip() for part in text.split(",")) if tag]


def _authors(text: str) -> tuple[str, ...]:
    """``Paul Christiano, Jan Leike, and others``; a comma within one name keeps it whole."""
    parts = [part.strip() for part in re.split(r",\s*and\s+|\s+and\s+|\s*[;&]\s*", text) if part.strip()]
    split = [piece.strip() for part in parts for piece in part.split(",") if piece.strip()]
    return tuple(split if all(" " in piece for piece in split) else parts)
