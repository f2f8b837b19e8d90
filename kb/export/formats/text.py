"""Plain text, for mail."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import ExportFormat

if TYPE_CHECKING:
    from kb.models.summary import Summary


def _summary(summary: "Summary", own: Path, files: Mapping[str, str]) -> str:
    from kb.export.text import render_text

    return render_text(summary, own)


def _page(title: str, markdown: str, own: Path | None) -> str:
    from kb.export.layout_text import plain_text

    return plain_text(markdown)


FORMAT = ExportFormat(name="text", suffixes=(".txt",), kind="text", summary=_summary, page=_page)
