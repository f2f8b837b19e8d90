"""LaTeX as text: accents, symbols and escapes become characters, braces go, formulas stay as they were written."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_NAMED = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "url": "%s",
    "path": "%s",
}


def text_of(latex: str) -> str:
    """What the LaTeX prints, on one line; nested beyond all sense, it only loses its braces."""
    if not any(character in latex for character in "\\{}$~-`'%"):
        return " ".join(latex.split())
    uncommented = re.sub(r"(?<!\\)%", r"\%", latex)
    try:
        text: str = _decoder().latex_to_text(uncommented, tolerant_parsing=True)
    except RecursionError:
        text = re.sub(r"[{}]", "", latex)
    return " ".join(text.split())


@cache
def _decoder() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, printed) for name, printed in _NAMED.items()]
    known.add_context_category("bibliographies", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=known, math_mode="verbatim", keep_comments=True)
