"""Reports and tables as whole documents in the formats that have them."""

from pathlib import Path

from kb.export.document import Document
from kb.export.format_registry import format_for
from kb.export.tables import Table


def table_document(table: Table, form: str | None = None, own: Path | None = None, to: Path | None = None) -> Document:
    """The table in the format asked for, or in the one that the file's name stands for; raises UsageError."""
    chosen = format_for("table", form, to)
    assert chosen.table is not None
    return Document(chosen.table(table, own), chosen.kind)


def page_document(
    title: str, markdown: str, form: str | None = None, own: Path | None = None, to: Path | None = None
) -> Document:
    """A Markdown document in the format asked for, or in the one of the file's name; raises UsageError."""
    chosen = format_for("page", form, to)
    assert chosen.page is not None
    return Document(chosen.page(title, markdown, own), chosen.kind)
