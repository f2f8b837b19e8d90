"""Text as Markdown that shows it: what CommonMark, GitHub, Obsidian or pandoc would obey is escaped, and no more."""

import re

from kb.escape.plain import one_line

_ANYWHERE = re.compile(r"[\\`*_\[\]{}|$^~]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_DOUBLED = re.compile(r"(?:==|%%|::|--)+")
_TAG_OR_MENTION = re.compile(r"(?<!\w)[#@](?=\S)")
_BLOCK_START = re.compile(r"^(?=#|>|=|[+\-:%](?:\s|$)|:{3})")
_LIST_NUMBER = re.compile(r"^(\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#|@\w*))([.)])(?=\s|$)")
"""Numbers, letters and Roman numerals open a list, at least for pandoc."""


def markdown_text(text: str) -> str:
    """One line of Markdown that shows the text as it stands, wherever it is put."""
    return _at_start(markdown_inline(text))


def markdown_inline(text: str) -> str:
    """Markdown that shows the text within a line that something else has begun."""
    line = _ANYWHERE.sub(r"\\\g<0>", one_line(text))
    line = _TAG.sub(r"\<", line)
    line = _ENTITY.sub(r"\&", line)
    line = _DOUBLED.sub(lambda match: "".join(f"\\{character}" for character in match.group()), line)
    return _TAG_OR_MENTION.sub(r"\\\g<0>", line)


def markdown_paragraphs(text: str) -> str:
    """Markdown that shows the text with its paragraphs, and nothing in it obeyed."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n\n".join(markdown_text(paragraph) for paragraph in paragraphs)


def _at_start(line: str) -> str:
    """The line with whatever would open a list, a heading, a quote or a rule disarmed."""
    if _LIST_NUMBER.match(line):
        return _LIST_NUMBER.sub(r"\1\\\2", line, count=1)
    return _BLOCK_START.sub(r"\\", line)
