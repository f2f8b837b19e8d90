"""LaTeX: a document that pdflatex sets, with its pictures beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.export.tables import Table
    from kb.models.summary import Summary


def _summary(summary: "Summary", own: Path, files: Mapping[str, str]) -> str:
    from kb.export.latex_page import render_latex

    return render_latex(summary, own, dict(files))


def _page(title: str, markdown: str, own: Path | None) -> str:
    from kb.export.latex_page import as_document, latex_of

    return as_document(title, latex_of(markdown), own)


def _table(table: "Table", own: Path | None) -> str:
    from kb.export.latex_page import as_document
    from kb.export.tables import as_latex

    return as_document(table.title, as_latex(table), own, wide=True)


FORMAT = ExportFormat(
    name="latex", suffixes=(".tex",), kind="latex", pictures="beside", summary=_summary, page=_page, table=_table
)
