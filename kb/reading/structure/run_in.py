"""Run-in heads: bold words that open a paragraph and name it, a level below the section's own headings."""

from collections.abc import Collection

from kb.reading.structure.mend import join
from kb.reading.structure.page import joined
from kb.reading.structure.paragraphs import Chunk

LONGEST = 140
ENDS = (".", ":", "?", "!", "—", "–")


def head(chunk: Chunk, words: Collection[str]) -> str:
    """The words of the run-in head; empty where the paragraph has none."""
    bold = []
    for line in chunk.lines[:3]:
        opening = []
        for span in line.spans:
            if not span.font.bold:
                break
            opening.append(span)
        if opening:
            bold.append(joined(opening).strip())
        if len(opening) < len(line.spans):
            break
    else:
        return ""
    text = join(bold, words)
    named = 2 < len(text) <= LONGEST and text.endswith(ENDS) and sum(map(str.isalpha, text)) > 2
    return text.rstrip(".:—–") if named else ""
