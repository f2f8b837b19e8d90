"""Reports and tables in the formats that a summary has, and CSV for a table."""

import json
from pathlib import Path

from kb.errors import UsageError
from kb.export.formats import Document
from kb.export.forms import Format, TableFormat
from kb.export.tables import Table, as_csv, as_html, as_latex, as_markdown

_SUFFIXES = {
    ".csv": TableFormat.CSV,
    ".html": TableFormat.HTML,
    ".tex": TableFormat.LATEX,
    ".pdf": TableFormat.PDF,
    ".json": TableFormat.JSON,
}


def table_format_of(form: str | None, to: Path | None) -> TableFormat:
    """The format that was asked for, or else the one that the file's name stands for."""
    return TableFormat(form) if form else _SUFFIXES.get(to.suffix.lower() if to else "", TableFormat.MARKDOWN)


def table_document(table: Table, form: TableFormat, own_templates: Path | None = None) -> Document:
    """The table as a whole document."""
    match form:
        case TableFormat.CSV:
            return Document(as_csv(table), "none")
        case TableFormat.HTML:
            from kb.export.html import as_page

            return Document(as_page(table.title, as_html(table), own_templates), "html")
        case TableFormat.PDF:
            from kb.export.pdf_page import pdf_of

            return Document(pdf_of(table.title, as_html(table), wide=True), "pdf")
        case TableFormat.LATEX:
            from kb.export.latex_page import as_document

            return Document(as_document(table.title, as_latex(table), own_templates, wide=True), "latex")
        case TableFormat.JSON:
            rows = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
            return Document(
                json.dumps({"title": table.title, "rows": rows}, ensure_ascii=True, indent=2) + "\n", "json"
            )
        case TableFormat.MARKDOWN:
            return Document(as_markdown(table), "markdown")


def page_document(title: str, markdown: str, form: Format, own_templates: Path | None = None) -> Document:
    """A Markdown document in another format; raises UsageError for one that it does not have."""
    match form:
        case Format.MARKDOWN:
            return Document(markdown, "markdown")
        case Format.HTML:
            from kb.export.html import as_page, html_of

            return Document(as_page(title, html_of(markdown), own_templates), "html")
        case Format.PDF:
            from kb.export.pdf_page import pdf_of_markdown

            return Document(pdf_of_markdown(title, markdown), "pdf")
        case Format.LATEX:
            from kb.export.latex_page import as_document, latex_of

            return Document(as_document(title, latex_of(markdown), own_templates), "latex")
        case Format.TEXT:
            from kb.export.layout_text import plain_text

            return Document(plain_text(markdown), "text")
        case Format.JSON:
            raise UsageError("a report is for people, not for programs", next="kb export jsonl, or --format markdown")
