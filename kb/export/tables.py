"""Tables that leave the library: one value, laid out as Markdown, CSV, HTML, LaTeX, text or JSON."""

import csv
import io
import re
from collections.abc import Sequence

from markupsafe import escape

from kb.escape.latex import latex_signs
from kb.escape.markdown import markdown_inline, markdown_text
from kb.escape.plain import one_line, visible
from kb.models.base import Value

_FORMULA = re.compile("[=+\\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?\s?%?")


class Table(Value):
    """Rows of text under headers."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    """Shares of the page's width; equal ones if left out."""


def as_markdown(table: Table) -> str:
    """A heading and a table as GitHub, Obsidian and pandoc read them; cells have one line."""
    rows = [table.headers, *table.rows]
    lines = [f"| {' | '.join(markdown_inline(cell) for cell in row)} |" for row in rows]
    dashes = [max(3, round(share * 60)) for share in table.widths or [1 / len(table.headers)] * len(table.headers)]
    lines.insert(1, f"|{'|'.join('-' * length for length in dashes)}|")
    return "\n".join([f"# {markdown_text(table.title)}", "", *lines]) + "\n"


def as_csv(table: Table) -> str:
    """Comma-separated values in UTF-8; a cell that a spreadsheet would compute is marked as text."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([csv_cell(cell) for cell in table.headers])
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return written.getvalue()


def csv_cell(text: str) -> str:
    """The text as a spreadsheet shows it: behind an apostrophe where it would be taken for a formula."""
    shown = visible(text).strip()
    return f"'{shown}" if _FORMULA.match(shown) and not _NUMBER.fullmatch(shown) else shown


def as_html(table: Table) -> str:
    """The table alone, escaped, for a page around it."""
    head = "".join(f"<th>{escape(visible(cell))}</th>" for cell in table.headers)
    rows = ["".join(f"<td>{escape(visible(cell))}</td>" for cell in row) for row in table.rows]
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    title = escape(one_line(table.title))
    return f"<h1>{title}</h1>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def as_latex(table: Table) -> str:
    """The table as the body of a LaTeX document."""
    from kb.export.latex_page import longtable

    def cells(row: Sequence[str]) -> list[str]:
        return [latex_signs(one_line(cell)) for cell in row]

    head = [f"\\textbf{{{cell}}}" for cell in cells(table.headers)]
    body = longtable([head, *(cells(row) for row in table.rows)], table.widths or None)
    return f"\\section{{{latex_signs(one_line(table.title))}}}\n\n{body}\n"
