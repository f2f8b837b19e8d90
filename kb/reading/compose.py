"""A primer laid out as a real PDF, so that it is read, quoted and searched on the same road as every paper."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from kb.errors import ItemFailedError
from kb.reading.channel import Channel

WALL_S = 60.0
CPU_S = 60.0
MEMORY_BYTES = 2 * 1024**3


def compose_pdf(markdown: str, path: Path, *, title: str, authors: Sequence[str]) -> None:
    """Write the primer as a PDF with title, abstract, headings, outline and page numbers."""
    front, body = split_front_matter(markdown)
    compose_page(_html(body, title, authors, str(front.get("abstract") or "")), path, title=title, authors=authors)


def compose_page(
    html: str, path: Path, *, title: str, authors: Sequence[str] = (), style: str | None = None, wide: bool = False
) -> None:
    """Write HTML as a PDF with outline and page numbers, on pages laid across if it is ``wide``.

    ``style`` is CSS in place of a primer's. Pictures in it are data, and nothing is loaded from elsewhere. Raises
    ItemFailedError where it cannot be set.
    """
    request = {
        "do": "typeset",
        "path": str(path),
        "html": html,
        "style": style,
        "wide": wide,
        "title": title,
        "authors": list(authors),
        "memory_bytes": MEMORY_BYTES,
        "cpu_s": CPU_S,
    }
    channel = Channel()
    try:
        for _ in channel.ask(request, WALL_S):
            pass
    finally:
        channel.close()


def split_front_matter(markdown: str) -> tuple[dict[str, Any], str]:
    """The YAML between two lines of dashes at the start, and the rest."""
    import yaml

    if not markdown.startswith("---\n") or "\n---\n" not in markdown[4:]:
        return {}, markdown
    front, body = markdown[4:].split("\n---\n", 1)
    try:
        values = yaml.safe_load(front)
    except yaml.YAMLError as error:
        raise ItemFailedError(
            "the primer's front matter is not valid YAML", str(error), "mend its first lines"
        ) from error
    return (values if isinstance(values, dict) else {}), body


def _html(body: str, title: str, authors: Sequence[str], abstract: str) -> str:
    """The primer as HTML, headed as papers are."""
    from markdown_it import MarkdownIt

    text = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    head = f"<h1>{escape(title)}</h1><p class='authors'>{escape(', '.join(authors))}</p>"
    if abstract.strip():
        head += f"<p class='abstract-head'>Abstract</p><p class='abstract'>{escape(abstract.strip())}</p>"
    return f"<body>{head}{text}</body>"
