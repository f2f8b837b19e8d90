"""A Markdown document as the tokens of a page, in which formulas, captions and the sources of quotes are known."""

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

PICTURE = "kb-picture:"
"""Where a document says that a picture of the summary goes; what follows is the picture's name."""


def page_tokens(markdown: str) -> list[Token]:
    """The blocks of the document; tags in it are text."""
    tokens = parser().parse(markdown)
    for at, token in enumerate(tokens):
        if token.type == "paragraph_open":
            kind = _kind(tokens, at)
            if kind:
                token.attrSet("class", kind)
    return tokens


@cache
def parser() -> MarkdownIt:
    """Markdown with tables, struck-out text and formulas in dollars."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return made.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False)


def _kind(tokens: Sequence[Token], at: int) -> str:
    """What a paragraph is for: the source under a quote, a picture, or the caption under one."""
    inline, after = tokens[at + 1], tokens[at + 3] if at + 3 < len(tokens) else None
    if after and after.type == "blockquote_close" and inline.content.startswith("— "):
        return "where"
    if _is_picture(inline):
        return "picture"
    return "caption" if at >= 3 and _is_picture(tokens[at - 2]) else ""


def _is_picture(inline: Token) -> bool:
    children = inline.children or []
    return len(children) == 1 and children[0].type == "image" and str(children[0].attrs["src"]).startswith(PICTURE)
