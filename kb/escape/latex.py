"""Text as LaTeX source: every character that TeX or BibTeX would obey is written so that it prints as itself."""

import re
from functools import cache

from kb.escape.plain import one_line

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "#": r"\#",
        "$": r"\$",
        "%": r"\%",
        "&": r"\&",
        "_": r"\_",
    }
)
"""Braces go by name, since BibTeX counts even escaped braces and would lose the end of the field."""


_LIGATURES = re.compile(r"([-`',<>])(?=\1)|[?!](?=`)")
"""Characters that TeX would join with the next into another one."""


def escape_latex(text: str) -> str:
    """LaTeX that prints the text as it stands; accents and other scripts stay as UTF-8."""
    return _LIGATURES.sub(r"\g<0>{}", text.translate(_ESCAPES))


def latex_text(text: str) -> str:
    """The text on one line, as LaTeX that prints it."""
    return escape_latex(one_line(text))


def latex_signs(text: str) -> str:
    """LaTeX that prints the text with any engine: signs beyond Latin letters by their commands, where there are any."""
    return "".join(_printed(part) for part in _SIGNS.split(text))


_LAST_LETTER = 0x24F
_SIGNS = re.compile(f"([^\x00-{chr(_LAST_LETTER)}])")


def _printed(part: str) -> str:
    if len(part) == 1 and ord(part) > _LAST_LETTER:
        command = _commands().get(ord(part))
        return f"{{{command}}}" if command else part
    return escape_latex(part).replace("`", r"\textasciigrave{}")


@cache
def _commands() -> dict[int, str]:
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    commands: dict[int, str] = get_builtin_uni2latex_dict()
    return commands
