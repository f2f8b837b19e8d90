"""Tab-separated values, for ``cut``, ``awk`` and statistics programs: one row a line, no quoting."""

from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.export.tables import Table


def _table(table: "Table", own: Path | None) -> str:
    from kb.export.tables import csv_cell

    rows = [table.headers, *table.rows]
    return "".join("\t".join(" ".join(csv_cell(cell).split()) for cell in row) + "\n" for row in rows)


FORMAT = ExportFormat(name="tsv", suffixes=(".tsv",), kind="none", table=_table)
