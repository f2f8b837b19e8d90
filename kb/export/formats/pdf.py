"""PDF, set without TeX."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.export.tables import Table
    from kb.models.summary import Summary


def _summary(summary: "Summary", own: Path, files: Mapping[str, str]) -> bytes:
    from kb.export.pdf_page import render_pdf

    return render_pdf(summary, own)


def _page(title: str, markdown: str, own: Path | None) -> bytes:
    from kb.export.pdf_page import pdf_of_markdown

    return pdf_of_markdown(title, markdown)


def _table(table: "Table", own: Path | None) -> bytes:
    from kb.export.pdf_page import pdf_of
    from kb.export.tables import as_html

    return pdf_of(table.title, as_html(table), wide=True)


FORMAT = ExportFormat(
    name="pdf", suffixes=(".pdf",), kind="pdf", pictures="inside", summary=_summary, page=_page, table=_table
)
