"""A reading summary as LaTeX that any engine sets: its words are text, and only known formulas are formulas."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from kb.escape.latex import latex_signs
from kb.escape.plain import one_line, visible
from kb.escape.urls import web_address
from kb.export.formulas import is_harmless
from kb.export.markdown import render_markdown
from kb.export.page_tokens import PICTURE, page_tokens
from kb.export.rendering import environment, finished, render
from kb.models.summary import Picture, Summary

_HEADINGS = ("section", "subsection", "subsubsection", "paragraph", "paragraph", "paragraph")
_MARKED = {"strong": "textbf", "em": "emph", "code_inline": "texttt"}
_IN_ADDRESSES = str.maketrans({"%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_", "$": r"\$"})
_NOT_IN_ADDRESSES = re.compile(r"[{}^~\\]")
_MOST_DEEP = 3
"""Lists within lists; LaTeX has four levels, and stops at a fifth."""


def render_latex(summary: Summary, own_templates: Path | None = None, files: Mapping[str, str] | None = None) -> str:
    """The summary as a LaTeX document; ``files`` says where each picture is, by its name."""

    def address(picture: Picture) -> str:
        return PICTURE + picture.name if files and picture.name in files else ""

    content = latex_of(render_markdown(summary, own_templates, address), files or {})
    return as_document(summary.title, content, own_templates)


def as_document(title: str, content: str, own_templates: Path | None = None, *, wide: bool = False) -> str:
    """A whole document around LaTeX that is already escaped, on pages laid across if it is wide."""
    env = environment(own_templates, lambda text: latex_signs(one_line(text)), {})
    return render(env, "page.tex.j2", {"title": title, "content": finished(content), "wide": wide})


def latex_of(markdown: str, files: Mapping[str, str] | None = None) -> str:
    """A Markdown document as the body of a LaTeX one."""
    return _Setter(files or {}).blocks(SyntaxTreeNode(page_tokens(markdown)).children) + "\n"


class _Setter:
    """Sets the blocks of a document."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._depth = 0

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> str:
        """Blocks with an empty line between each two."""
        return "\n\n".join(filter(None, map(self._block, nodes)))

    def _block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "heading":
                return f"\\{_HEADINGS[int(node.tag[1]) - 1]}{{{self._line(node)}}}"
            case "paragraph":
                return self._paragraph(node)
            case "blockquote":
                return f"\\begin{{kbquote}}\n{self.blocks(node.children)}\n\\end{{kbquote}}"
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "fence" | "code_block":
                return _code(node.content)
            case "hr":
                return "{\\centering * * *\\par}"
            case "table":
                return self._table(node)
            case "math_block" | "math_block_label":
                return f"\\[{node.content.strip()}\\]" if is_harmless(node.content) else _code(node.content)
            case _:
                return self.blocks(node.children) if node.children else latex_signs(visible(node.content))

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        kind = node.attrs.get("class")
        line = self._line(node)
        if kind in ("where", "caption"):
            return f"\\kb{kind}{{{line}}}"
        return line

    def _list(self, node: SyntaxTreeNode) -> str:
        self._depth += 1
        items = [self.blocks(item.children) for item in node.children]
        self._depth -= 1
        if self._depth >= _MOST_DEEP:
            return "\n\n".join(f"-- {item}" for item in items)
        name = "enumerate" if node.type == "ordered_list" else "itemize"
        told = "\n".join(f"\\item{{}} {item}" for item in items)
        return f"\\begin{{{name}}}\n{told}\n\\end{{{name}}}"

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [[self._line(cell) for cell in row.children] for row in node.walk() if row.type == "tr"]
        return longtable(rows)

    def _line(self, node: SyntaxTreeNode) -> str:
        return "".join(map(self._inline, node.children)).strip()

    def _inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text":
                return latex_signs(visible(node.content))
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "\\newline{}"
            case "strong" | "em":
                return f"\\{_MARKED[node.type]}{{{self._line(node)}}}"
            case "code_inline":
                return f"\\texttt{{{latex_signs(visible(node.content))}}}"
            case "link":
                return _link(str(node.attrs.get("href", "")), self._line(node))
            case "image":
                return self._picture(node)
            case "math_inline":
                source = node.content
                return f"${source}$" if is_harmless(source) else f"\\texttt{{{latex_signs(visible(source))}}}"
            case _:
                return self._line(node) if node.children else latex_signs(visible(node.content))

    def _picture(self, node: SyntaxTreeNode) -> str:
        file = self._files.get(str(node.attrs.get("src", "")).removeprefix(PICTURE))
        return f"\\kbpicture{{{{{file}}}}}" if file else latex_signs(visible(node.content))


def longtable(rows: list[list[str]], widths: Iterable[float] | None = None) -> str:
    """A table over as many pages as it takes; the first row is its head, and cells are LaTeX already."""
    if not rows:
        return ""
    columns = len(rows[0])
    shares = list(widths or [0.94 / columns] * columns)
    form = "".join(f">{{\\raggedright\\arraybackslash}}p{{{share - 0.02:.3f}\\linewidth}}" for share in shares)
    head, *body = [" & ".join(f"{cell}" for cell in row) + r" \\" for row in rows]
    lines = [f"\\begin{{longtable}}{{{form}}}", "\\hline", head, "\\hline", "\\endhead"]
    return "\n".join(["{\\small", *lines, *body, "\\hline", "\\end{longtable}}"])


def _link(address: str, label: str) -> str:
    """A link to a page of the web; any other address is left out."""
    address = _NOT_IN_ADDRESSES.sub(lambda match: f"%{ord(match.group()):02X}", web_address(address))
    return f"\\href{{{address.translate(_IN_ADDRESSES)}}}{{{label}}}" if address else label


def _code(text: str) -> str:
    """Lines as they stand, in the type of a typewriter."""
    lines = [_spaced(visible(line)) for line in text.rstrip("\n").split("\n")]
    return "\\begin{flushleft}\\ttfamily\\footnotesize\n" + "\\\\\n".join(lines) + "\n\\end{flushleft}"


def _spaced(line: str) -> str:
    """A line that begins with no bracket or star, which the line break before it would take for its own."""
    kept = latex_signs(line.lstrip(" "))
    indent = "~" * (len(line) - len(line.lstrip(" ")))
    return f"\\mbox{{}}{indent}{kept.replace('  ', '~ ')}"
