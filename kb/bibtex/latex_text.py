"""LaTeX as text: accents, symbols and escapes become characters, braces go, formulas stay as they were written."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.macrospec import LatexContextDb

_NAMED = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    **dict.fromkeys(("textup", "textsf", "texttt", "textmd", "mbox"), "%s"),
    "url": "%s",
    "path": "%s",
}


def text_of(latex: str) -> str:
    """What the LaTeX prints, on one line; what the decoder fails on only loses its commands and braces."""
    if not any(character in latex for character in "\\{}$~-`'%"):
        return " ".join(latex.split())
    uncommented = re.sub(r"(?<!\\)%", r"\%", latex)
    try:
        text: str = _decoder().latex_to_text(uncommented, tolerant_parsing=True, latex_context=_grammar())
    except Exception:  # the decoder raises whatever its macros raise, and one field must not cost a file
        text = re.sub(r"\\([^\W\d_]+\s?|.)|[{}]", "", latex)
    return " ".join(text.split())


@cache
def _decoder() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, printed) for name, printed in _NAMED.items()]
    macros += [MacroTextSpec("href", _last_argument), MacroTextSpec("frac", "%s/%s")]
    known.add_context_category("bibliographies", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=known, math_mode="verbatim", keep_comments=True)


@cache
def _grammar() -> "LatexContextDb":
    """How many arguments macros take that the decoder does not know, or knows otherwise than hyperref does."""
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    known = get_default_latex_context_db()
    known.add_context_category("bibliographies", macros=[MacroSpec("href", "{{")], prepend=True)
    return known


def _last_argument(node: Any, l2tobj: "LatexNodes2Text") -> str:
    """What a link prints, without its address."""
    given = [one for one in node.nodeargd.argnlist if one is not None]
    printed: str = l2tobj.nodelist_to_text(given[-1:])
    return printed
