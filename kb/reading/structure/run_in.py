"""Run-in heads: bold or italic words that open a paragraph and name it, a level below the section's own headings."""

import re
from collections.abc import Callable, Collection

from kb.reading.structure.mend import join
from kb.reading.structure.page import Span, joined
from kb.reading.structure.paragraphs import Chunk

LONGEST = 140
"""Letters of a bold beginning that is still a heading; longer ones were emphasised sentences in the papers that
rules are tried on."""
LONGEST_ITALIC = 70
"""The same in italics, which is used for emphasis more often, so that less is believed."""
ENDS = (".", ":", "?", "!", "—", "–")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*[.)]?\s*")
_LEADING = re.compile(r"\(?(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*[.)]?\s+")
_NO_NAME = re.compile(r"(?:proof|e\.g|i\.e|note|cf|et al|figure|table|fig|\W*\d)\b", re.IGNORECASE)


def head(chunk: Chunk, words: Collection[str]) -> str:
    """The words of the run-in head; empty where the paragraph has none."""
    bold = _opening(chunk, lambda span: span.font.bold, words)
    if 2 < len(bold) <= LONGEST and bold.endswith(ENDS) and sum(map(str.isalpha, bold)) > 2:
        return bold.rstrip(".:—–")
    italic = _opening(chunk, lambda span: span.font.italic and not span.font.math, words)
    name = _LEADING.sub("", italic, count=1)
    named = 3 < len(name) <= LONGEST_ITALIC and italic.endswith((".", ":")) and name[0].isupper()
    return italic.rstrip(".:") if named and not _NO_NAME.match(name) else ""


def _opening(chunk: Chunk, is_set_so: Callable[[Span], bool], words: Collection[str]) -> str:
    """What the chunk's first lines set in such a font, up to where its text goes on in another; a number may lead."""
    pieces = []
    for at, line in enumerate(chunk.lines[:3]):
        opening: list[Span] = []
        for span in line.spans:
            leads = at == 0 and not opening and len(line.spans) > 1 and _NUMBER.fullmatch(span.text)
            if not leads and not is_set_so(span) and span.text.strip():
                break
            opening.append(span)
        if opening:
            pieces.append(joined(opening).strip())
        if len(opening) < len(line.spans):
            return join(pieces, words)
    return ""
