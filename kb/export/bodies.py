"""The reader's own Markdown, kept as it is but kept in its place: it cannot break the document that it is put into."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.escape.plain import visible

_DEEPEST = 6
_END = "end-of-body"
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>)")
_FENCE = re.compile(r"\s*(?:```|~~~)")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def parse(text: str) -> list[Token]:
    """The blocks of a Markdown text."""
    return _parser().parse(text)


def contained(body: str, depth: int) -> str:
    """The body with its headings below ``depth``, HTML shown as text, and what it opens closed."""
    text = visible(body).strip("\n").rstrip()
    return _closed(_demoted(_without_html(text), depth))


def _without_html(text: str) -> str:
    """Tags written so that they show; each pass may uncover Markdown that a block of HTML had hidden."""
    while True:
        lines = text.split("\n")
        for token in parse(text):
            if token.type == "html_block" and token.map:
                _show_block(lines, *token.map)
            elif any(child.type == "html_inline" for child in token.children or ()) and token.map:
                first, end = token.map
                shown = _show_tags("\n".join(lines[first:end]))
                lines[first:end] = shown.split("\n")
        changed = "\n".join(lines)
        if changed == text:
            return text
        text = changed


def _show_block(lines: list[str], first: int, end: int) -> None:
    """A block of HTML as text, up to a code fence in it, which the next pass then knows for one."""
    for at in range(first, end):
        if at > first and _FENCE.match(lines[at]):
            return
        lines[at] = _TAG.sub(r"\<", lines[at])


def _show_tags(text: str) -> str:
    """Tags outside code spans as text; everywhere, if what looks like a code span is none."""
    parts, at = [], 0
    for span in _CODE_SPAN.finditer(text):
        parts += [_TAG.sub(r"\<", text[at : span.start()]), span.group()]
        at = span.end()
    shown = "".join([*parts, _TAG.sub(r"\<", text[at:])])
    return shown if shown != text else _TAG.sub(r"\<", text)


def _demoted(text: str, depth: int) -> str:
    """Headings moved down below ``depth``, and dashed rules redrawn, since some readers take them for front matter."""
    lines: list[str | None] = list(text.split("\n"))
    tokens = parse(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            _demote(lines, token, tokens[at + 1].content, depth)
        elif token.type == "hr" and token.level == 0 and token.map and token.markup.startswith("-"):
            lines[token.map[0]] = "***"
    return "\n".join(line for line in lines if line is not None)


def _demote(lines: list[str | None], heading: Token, content: str, depth: int) -> None:
    assert heading.map is not None
    first, end = heading.map
    hashes = "#" * min(_DEEPEST, depth + int(heading.tag[1]))
    line = (lines[first] or "").rstrip()
    underlined = not heading.markup.startswith("#")
    start = len(line) - len(content.split("\n")[0].rstrip()) if underlined else line.find("#")
    closing = f" {hashes}" if content.endswith("#") else ""
    lines[first] = f"{line[:start]}{hashes} {' '.join(content.split())}{closing}".rstrip()
    for extra in range(first + 1, end):
        lines[extra] = None


def _closed(text: str) -> str:
    """The text with a code fence closed, where it would otherwise take in everything that follows."""
    last = [token for token in parse(f"{text}\n\n{_END}") if token.level == 0][-1]
    return f"{text}\n{last.markup}" if last.type == "fence" else text
