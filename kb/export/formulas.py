"""Formulas in notes: as HTML for a page, and as LaTeX where nothing in them can do more than be printed."""

import re
from functools import cache
from html import escape

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}_^&]|\s+|[^\\{}_^&\s]", re.DOTALL)
_WORDS = frozenset(
    {
        "log",
        "ln",
        "exp",
        "sin",
        "cos",
        "tan",
        "max",
        "min",
        "sup",
        "inf",
        "lim",
        "arg",
        "argmax",
        "argmin",
        "det",
        "dim",
    }
    | {"Pr", "deg", "ker", "sgn", "mod"}
)
_PLAIN = frozenset(
    {"text", "textrm", "textit", "textbf", "mathrm", "mathit", "mathbf", "mathsf", "mathcal", "mathbb"}
    | {"operatorname", "boldsymbol"}
)
_SPACES = {"\\,": " ", "\\;": " ", "\\:": " ", "\\ ": " ", "\\!": "", "\\quad": " ", "\\qquad": " "}
_IGNORED = frozenset({"\\left", "\\right", "\\big", "\\Big", "\\bigl", "\\bigr", "\\displaystyle", "\\limits"})
_ESCAPED = {"\\{": "{", "\\}": "}", "\\%": "%", "\\$": "$", "\\_": "_", "\\&": "&", "\\#": "#"}
_LONGEST = 300
"""Tokens; what is longer is no formula that belongs into a line."""
_SPACED = frozenset("=<>+≤≥≈≠∼→←↦∈∝≡≪≫∥⊂⊆×∧∨±−")


class _Unknown(Exception):  # noqa: N818 - never leaves this module
    pass


def formula_html(latex: str) -> str:
    """The formula as HTML with signs, subscripts and superscripts; its source, as code, where that is too little."""
    try:
        parts = _Reader(latex).all()
    except _Unknown:
        return f"<code>{escape(latex)}</code>"
    return f'<span class="formula">{parts}</span>'


def is_harmless(latex: str) -> bool:
    """Whether LaTeX may be given this as a formula: known signs and functions, each with what belongs to it."""
    try:
        _Reader(latex).all()
    except _Unknown:
        return False
    return bool(latex.strip()) and not re.search(r"(?<!\\)[#%$~&]|\n\s*\n", latex)


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, latex: str) -> None:
        self._tokens: list[str] = [piece for piece in _TOKEN.findall(latex) if not piece.isspace()]
        self._at = 0
        if len(self._tokens) > _LONGEST:
            raise _Unknown("it is too long")

    def all(self) -> str:
        """The whole of it; raises _Unknown for what cannot be shown so."""
        parts = []
        while self._at < len(self._tokens):
            parts.append(self._next())
        return "".join(parts)

    def _next(self) -> str:
        piece = self._take()
        if piece == "{":
            parts = []
            while self._peek() != "}":
                parts.append(self._next())
            self._take()
            return "".join(parts)
        if piece in ("_", "^"):
            tag = "sub" if piece == "_" else "sup"
            inner = self._next()
            if self._at < len(self._tokens) and self._tokens[self._at] == piece:
                raise _Unknown("two of a kind")
            return f"<{tag}>{inner}</{tag}>"
        return self._macro(piece) if piece.startswith("\\") else _letter(piece)

    def _macro(self, piece: str) -> str:
        name = piece[1:]
        if piece in _SPACES or piece in _IGNORED:
            return _SPACES.get(piece, "")
        if piece in _ESCAPED:
            return escape(_ESCAPED[piece])
        if name in _WORDS:
            return f" {name} "
        if name in _PLAIN:
            return re.sub(r"</?i>", "", self._next())
        if name == "sqrt":
            return f"√({self._next()})"
        if name == "frac":
            return f"({self._next()}) / ({self._next()})"
        sign: str = _sign(piece)
        if not sign:
            raise _Unknown(piece)
        return f" {escape(sign)} " if sign in _SPACED else escape(sign)

    def _take(self) -> str:
        if self._at >= len(self._tokens):
            raise _Unknown("it ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        if self._at >= len(self._tokens):
            raise _Unknown("a brace is not closed")
        return self._tokens[self._at]


def _letter(piece: str) -> str:
    if piece in ("}", "&"):
        raise _Unknown("it stands alone")
    if piece in _SPACED or piece == "-":
        return f" {escape(piece.replace('-', '−'))} "
    return f"<i>{piece}</i>" if piece.isalpha() else escape(piece)


@cache
def _signs() -> dict[str, str]:
    """Characters by the macro that prints them in a formula."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    found: dict[str, str] = {}
    for code, latex in get_builtin_uni2latex_dict().items():
        match = re.fullmatch(r"\\ensuremath\{(\\[A-Za-z]+)\}", latex)
        if match:
            found.setdefault(match[1], chr(code))
    return {
        "\\to": "→", "\\le": "≤", "\\ge": "≥", "\\ne": "≠", "\\neq": "≠", "\\cdot": "·", "\\sim": "∼", "\\times": "×",
        "\\ldots": "…", "\\dots": "…", "\\infty": "∞", "\\mid": "|", "\\pm": "±", "\\in": "∈", "\\approx": "≈",
        "\\rightarrow": "→", "\\leftarrow": "←", **found,
    }  # fmt: skip


def _sign(piece: str) -> str:
    return _signs().get(piece, "")
