"""HTML: one page with its style and its pictures inside."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.export.tables import Table
    from kb.models.summary import Summary


def _summary(summary: "Summary", own: Path, files: Mapping[str, str]) -> str:
    from kb.export.html import render_html

    return render_html(summary, own)


def _page(title: str, markdown: str, own: Path | None) -> str:
    from kb.export.html import as_page, html_of

    return as_page(title, html_of(markdown), own)


def _table(table: "Table", own: Path | None) -> str:
    from kb.export.html import as_page
    from kb.export.tables import as_html

    return as_page(table.title, as_html(table), own)


FORMAT = ExportFormat(
    name="html", suffixes=(".html", ".htm"), kind="html", pictures="inside", summary=_summary, page=_page, table=_table
)
