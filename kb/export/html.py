"""A reading summary as one HTML page that needs nothing else and runs nothing."""

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import escape

from kb.export.markdown import render_markdown
from kb.export.plain import visible
from kb.export.rendering import environment, finished, render
from kb.models.summary import Summary


def render_html(summary: Summary, own_templates: Path | None = None) -> str:
    """The Markdown summary as a page; raises UsageError where a template of the reader's own is at fault."""
    content = _markdown().render(render_markdown(summary, own_templates))
    env = environment(own_templates, lambda text: str(escape(visible(text))), {})
    return render(env, "page.html.j2", {"title": summary.title, "content": finished(content.strip())})


@cache
def _markdown() -> MarkdownIt:
    """Markdown to HTML; tags in it are shown, and links lead only to where a browser may safely go."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
