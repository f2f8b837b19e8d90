"""JSON, for programs."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.export.tables import Table
    from kb.models.summary import Summary


def _summary(summary: "Summary", own: Path, files: Mapping[str, str]) -> str:
    from kb.export.json import summary_data, to_json

    return to_json(summary_data(summary))


def _table(table: "Table", own: Path | None) -> str:
    import json

    rows = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    return json.dumps({"title": table.title, "rows": rows}, ensure_ascii=True, indent=2) + "\n"


FORMAT = ExportFormat(name="json", suffixes=(".json",), kind="json", summary=_summary, table=_table)
