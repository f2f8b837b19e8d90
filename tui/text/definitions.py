"""Where a paper says what it means by a word: “we define …”, “is called …”, “reinforcement learning (RL)”."""

import re

from tui.text.reflow import LaidOutPaper, TextPosition
from tui.text.units import around, sentences, words

SAYS = (
    r"(?:defin\w+|call(?:ed|s)?|denot\w+|refer(?:red|s)?\s+to|mean(?:s|t)?|termed|known\s+as|let|write|stands?\s+for)"
)
SHORTEST = 2
READ = ("text", "abstract", "list-item", "caption", "footnote")


def word_at(page: LaidOutPaper, position: TextPosition) -> str:
    """The word under the cursor, without the marks around it."""
    text = page.texts[position.block]
    span = around(words(text), position.offset)
    return text[slice(*span)].strip(".,;:!?()[]{}“”\"'’‘*") if span else ""


def definition(page: LaidOutPaper, word: str) -> tuple[TextPosition, str] | None:
    """The sentence that says what a word means: one that spells it out, else the first that defines it in words."""
    if len(word) < SHORTEST:
        return None
    name = rf"(?<!\w){re.escape(word.removesuffix('s'))}s?(?!\w)"
    spelt = re.compile(rf"\w[^.()]*\(\s*{name}\s*[),;]")
    said = re.compile(rf"\b{SAYS}\b[^.]{{0,80}}{name}|{name}[^.]{{0,40}}\b{SAYS}\b", re.IGNORECASE)
    for pattern in (spelt, said):
        for block, text in enumerate(page.texts):
            if page.kinds[block] in READ and (match := pattern.search(text)):
                start, end = around(sentences(text), match.start()) or (0, len(text))
                return TextPosition(block, start), text[start:end]
    return None
