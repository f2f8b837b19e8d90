"""A reading summary as plain text, for a mail or a terminal."""

from pathlib import Path

from kb.export.layout_text import plain_text
from kb.export.markdown import render_markdown
from kb.models.summary import Summary


def render_text(summary: Summary, own_templates: Path | None = None) -> str:
    """The Markdown summary without its marks; raises UsageError where a template of the reader's own is at fault."""
    return plain_text(render_markdown(summary, own_templates))
