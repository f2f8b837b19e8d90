"""Comma-separated values, for spreadsheets."""

from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.export.tables import Table


def _table(table: "Table", own: Path | None) -> str:
    from kb.export.tables import as_csv

    return as_csv(table)


FORMAT = ExportFormat(name="csv", suffixes=(".csv",), kind="none", table=_table)
