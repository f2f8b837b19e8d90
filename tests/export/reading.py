"""Reads Markdown back, as the programs do that people open it with."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(markdown: str) -> list[Token]:
    """The blocks of a document."""
    return _PARSER.parse(markdown)


def shown(markdown: str) -> str:
    """The words that a reader of the rendered document sees, with single spaces."""
    return " ".join("".join(_words(token) for token in tokens(markdown)).split())


def headings(markdown: str) -> list[tuple[int, str]]:
    """Level and text of each heading."""
    found = tokens(markdown)
    return [
        (int(token.tag[1]), " ".join(_words(found[at + 1]).split()))
        for at, token in enumerate(found)
        if token.type == "heading_open"
    ]


def html_in(markdown: str) -> list[str]:
    """Everything in the document that a browser would take for HTML."""
    found = tokens(markdown)
    inline = [child for token in found for child in token.children or ()]
    return [token.content for token in (*found, *inline) if token.type in {"html_block", "html_inline"}]


def _words(token: Token) -> str:
    if token.children is None:
        return f"{token.content}\n"
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(breaks.get(child.type, child.content) for child in token.children) + "\n"
