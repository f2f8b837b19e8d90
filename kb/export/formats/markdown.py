"""Markdown, as GitHub, Obsidian and pandoc read it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.export.tables import Table
    from kb.models.summary import Summary


def _summary(summary: "Summary", own: Path, files: Mapping[str, str]) -> str:
    from kb.export.markdown import render_markdown

    return render_markdown(summary, own, lambda picture: files.get(picture.name, ""))


def _page(title: str, markdown: str, own: Path | None) -> str:
    return markdown


def _table(table: "Table", own: Path | None) -> str:
    from kb.export.tables import as_markdown

    return as_markdown(table)


FORMAT = ExportFormat(
    name="markdown", suffixes=(".md", ".markdown"), kind="markdown", pictures="beside",
    summary=_summary, page=_page, table=_table,
)  # fmt: skip
