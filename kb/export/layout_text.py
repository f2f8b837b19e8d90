"""A Markdown document laid out as plain text."""

import textwrap
from collections.abc import Iterable

from markdown_it.tree import SyntaxTreeNode

from kb.export.bodies import parse

_WIDTH = 78
_LINES = {"h1": "=", "h2": "-"}


def plain_text(markdown: str, width: int = _WIDTH) -> str:
    """A Markdown document laid out as text of a certain width."""
    return _blocks(SyntaxTreeNode(parse(markdown)).children, width) + "\n"


def _blocks(nodes: Iterable[SyntaxTreeNode], width: int) -> str:
    return "\n\n".join(filter(None, (_block(node, width) for node in nodes)))


def _block(node: SyntaxTreeNode, width: int) -> str:
    match node.type:
        case "heading":
            title = _filled(_words(node), width)
            return f"{title}\n{_LINES.get(node.tag, '.') * max(map(len, title.split(chr(10))))}"
        case "paragraph":
            return _filled(_words(node), width)
        case "blockquote":
            return _indented(_blocks(node.children, width - 2), "> ", "> ")
        case "bullet_list" | "ordered_list":
            return _list(node, width)
        case "fence" | "code_block":
            return _indented(node.content.rstrip("\n"), "    ", "    ")
        case "hr":
            return "* * *"
        case "table":
            return "\n".join(
                " | ".join(_words(cell) for cell in row.children) for row in node.walk() if row.type == "tr"
            )
        case _:
            return _blocks(node.children, width) if node.children else node.content


def _list(node: SyntaxTreeNode, width: int) -> str:
    first = int(node.attrs.get("start", 1))
    items = []
    for number, item in enumerate(node.children, first):
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        items.append(_indented(_blocks(item.children, width - len(mark)), mark, " " * len(mark)))
    return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{others if at else first}{line}".rstrip() for at, line in enumerate(lines))


def _filled(text: str, width: int) -> str:
    """Lines of at most this width; an address is never cut."""
    return "\n".join(
        textwrap.fill(line, max(20, width), break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )


def _words(node: SyntaxTreeNode) -> str:
    """The words of a line of Markdown; a link is followed by where it leads."""
    match node.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            label, target = "".join(map(_words, node.children)), str(node.attrs.get("href", ""))
            return label if label == target else f"{label} <{target}>"
        case _:
            return "".join(map(_words, node.children)) if node.children else node.content
