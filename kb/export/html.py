"""A reading summary as one HTML page that needs nothing else and runs nothing."""

import base64
import re
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape

from kb.escape.plain import visible
from kb.export.formulas import formula_html
from kb.export.markdown import render_markdown
from kb.export.page_tokens import PICTURE, page_tokens, parser
from kb.export.rendering import environment, finished, render
from kb.models.summary import Picture, Summary

_PICTURE = re.compile(rf'<img src="{PICTURE}([^"]*)" alt="([^"]*)"\s*/?>')


def render_html(summary: Summary, own_templates: Path | None = None) -> str:
    """The Markdown summary as a page; raises UsageError where a template of the reader's own is at fault."""
    return as_page(summary.title, html_content(summary, own_templates), own_templates)


def as_page(title: str, content: str, own_templates: Path | None = None) -> str:
    """A whole page around HTML that is already escaped."""
    env = environment(own_templates, lambda text: str(escape(visible(text))), {})
    return render(env, "page.html.j2", {"title": title, "content": finished(content)})


def html_content(summary: Summary, own_templates: Path | None = None, most: tuple[float, float] | None = None) -> str:
    """The summary as HTML with its pictures in it, each no wider and higher than ``most``."""
    pictures: dict[str, Picture] = {}

    def address(picture: Picture) -> str:
        pictures[picture.name] = picture
        return PICTURE + picture.name

    return html_of(render_markdown(summary, own_templates, address), pictures, most)


def html_of(
    markdown: str, pictures: Mapping[str, Picture] | None = None, most: tuple[float, float] | None = None
) -> str:
    """A Markdown document as HTML; tags in it are shown, and links lead only to where a browser may safely go."""
    html = _Page(parser()).render(page_tokens(markdown), parser().options, {}).strip()
    return _PICTURE.sub(lambda match: _image(match[1], match[2], pictures or {}, most), html)


def _image(name: str, label: str, pictures: Mapping[str, Picture], most: tuple[float, float] | None) -> str:
    picture = pictures.get(unescape(name))
    if picture is None:
        return label
    data = base64.b64encode(picture.png).decode("ascii")
    size = f' width="{_width(picture.png, most):.0f}"' if most else ""
    return f'<img alt="{label}"{size} src="data:image/png;base64,{data}"/>'


def _width(png: bytes, most: tuple[float, float]) -> float:
    """How wide a picture may be; a PNG says its width and height in fixed places."""
    width, height = (int.from_bytes(png[at : at + 4], "big") or 1 for at in (16, 20))
    return min(most[0], most[1] * width / height)


class _Page(RendererHTML):
    """Renders formulas as HTML, beside all that Markdown has."""

    def math_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A formula within a line."""
        return formula_html(tokens[idx].content.strip())

    def math_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A formula of its own."""
        return f"<p>{formula_html(tokens[idx].content.strip())}</p>\n"

    math_block_label = math_block
