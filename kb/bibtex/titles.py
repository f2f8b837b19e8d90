"""Titles in BibTeX: styles lower-case them, so the capitals that belong to a word are protected by braces."""

import re

from kb.escape.latex import escape_latex
from kb.escape.plain import one_line

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_CASE_BELOW = 0.6
_SMALL_WORDS = frozenset({"about", "between", "from", "into", "over", "than", "that", "through", "under", "with"})


def protected_title(title: str) -> str:
    """The title as LaTeX text, with braces around acronyms, inner capitals and, in a sentence-case title, names."""
    line = one_line(title)
    if line.isupper():
        return escape_latex(line)
    names_matter = _is_sentence_case(line)
    parts: list[str] = []
    end = 0
    for word in _WORD.finditer(line):
        kept = f"{{{word.group()}}}" if _keeps_capitals(line, word, names_matter) else word.group()
        parts += [escape_latex(line[end : word.start()]), kept]
        end = word.end()
    return "".join([*parts, escape_latex(line[end:])])


def _keeps_capitals(line: str, word: re.Match[str], names_matter: bool) -> bool:
    text = word.group()
    if any(character.isupper() for character in text[1:]):
        return True
    if not text[0].isupper() or _left_alone_by_styles(line, word.start()):
        return False
    return names_matter or _starts_sentence(line, word.start()) or (len(text) == 1 and text != "A")


def _left_alone_by_styles(line: str, at: int) -> bool:
    """BibTeX keeps the first letter of a title and the one after a colon and a space."""
    return at == 0 or line[max(0, at - 2) : at] == ": "


def _starts_sentence(line: str, at: int) -> bool:
    before = line[:at].rstrip(" \"'“‘(")
    return not before or before[-1] in ":.?!–—"


def _is_sentence_case(line: str) -> bool:
    words = [
        word.group()
        for word in _WORD.finditer(line)
        if len(word.group()) > 3 and word.group() not in _SMALL_WORDS and not _starts_sentence(line, word.start())
    ]
    return bool(words) and sum(word[0].isupper() for word in words) / len(words) < _SENTENCE_CASE_BELOW
