"""A reading summary as Markdown that one would send to a colleague, from templates that the reader can replace."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kb.escape.markdown import markdown_inline, markdown_paragraphs, markdown_text
from kb.escape.plain import visible
from kb.escape.urls import web_address
from kb.export import overview, wording
from kb.export.bodies import contained, parse
from kb.export.rendering import environment, finished, render
from kb.models.note_kind import SUMMARY_GROUPS
from kb.models.provenance import Provenance
from kb.models.summary import NotePart, Picture, Summary

Address = Callable[[Picture], str]
"""Where a document finds a picture; empty where it cannot show one."""


def nowhere(_picture: Picture) -> str:
    """For a document without pictures: their captions stand alone."""
    return ""


def render_markdown(summary: Summary, own_templates: Path | None = None, address: Address = nowhere) -> str:
    """The summary as Markdown; raises UsageError where a template of the reader's own is at fault."""
    env = environment(own_templates, markdown_text, markdown_filters(address))
    return tidied(render(env, "summary.md.j2", {"summary": summary, "note_groups": SUMMARY_GROUPS}))


def markdown_filters(address: Address = nowhere) -> dict[str, Callable[..., Any]]:
    """What templates of Markdown may do with a value, by the names that they know it by."""
    return {
        **wording.FILTERS,
        **overview.FILTERS,
        "inline": lambda value: finished(markdown_inline(str(value))),
        "paragraphs": lambda text: finished(markdown_paragraphs(text)),
        "body": _body,
        "link": _link,
        "fenced": _fenced,
        "blockquote": _blockquote,
        "item": _item,
        "pictured": lambda picture: _pictured(picture, address),
        "repeated": lambda text, times: finished(text * times),
    }


def _body(part: NotePart, depth: int) -> Markup:
    """A note's body: the reader's own keeps its Markdown, one from elsewhere is text."""
    body = wording.own_body(part)
    own = part.note.provenance is Provenance.ME
    return finished(contained(body, depth) if own else markdown_paragraphs(body))


def _link(url: str, label: str) -> Markup:
    """A link to a page of the web; any other address is shown and leads nowhere."""
    address = web_address(url)
    return finished(f"[{markdown_text(label)}]({address})" if address else markdown_text(label))


def _fenced(text: str, language: str) -> Markup:
    """A code block whose fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return finished(f"{fence}{language}\n{visible(text).rstrip()}\n{fence}")


def _blockquote(text: str) -> Markup:
    lines = tidied(text).strip("\n").split("\n")
    return finished("\n".join(f"> {line}".rstrip() for line in lines))


def _item(text: str) -> Markup:
    """A list item with everything in it indented."""
    first, *others = tidied(text).strip("\n").split("\n")
    return finished("\n".join([f"- {first}", *(f"  {line}".rstrip() for line in others)]))


def _pictured(picture: Picture, address: Address) -> Markup:
    """A picture above its caption, or the caption alone; a plot needs no words where it is not shown."""
    place = address(picture) if picture.png else ""
    label = f"{picture.label}{f', p. {picture.page}' if picture.page else ''}"
    told = f"*{markdown_inline(label)}.* {markdown_inline(overview.brief_caption(picture.caption))}".rstrip()
    if not place:
        return finished(told if picture.page else "")
    return finished(f"![{markdown_inline(picture.label)}]({place})\n\n{told}")


def tidied(text: str) -> str:
    """Runs of empty lines as one, except in code, where they are the reader's."""
    lines = text.strip("\n").split("\n")
    code = [token.map for token in parse("\n".join(lines)) if token.type in {"fence", "code_block"} and token.map]
    in_code = {at for first, end in code for at in range(first, end)}
    kept = [line for at, line in enumerate(lines) if at in in_code or line.strip() or (at and lines[at - 1].strip())]
    return "\n".join(kept) + "\n"
