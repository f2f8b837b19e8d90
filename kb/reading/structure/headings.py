"""Headings by typography: what is numbered, bold, larger or in capitals, against the running text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.models.text import BlockKind
from kb.reading.structure.kinds import CAPTION, is_formula, is_numeric
from kb.reading.structure.paragraphs import Chunk, Opening
from kb.reading.structure.style import Style

NUMBER = re.compile(
    r"(?:(?:Appendix|APPENDIX|Chapter|Section)\s+)?((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,4}|[IVX]{1,5})[.:)]?\s+(?=[^\W\d_]|[\"“‘(¿0-9])"
)
KNOWN = re.compile(
    r"(?:abstract|introduction|background|related works?|preliminaries|methods?|methodology|experiments?|results|"
    r"discussion|limitations|conclusions?|(?:and |& )?future work|acknowledge?ments?|references|bibliography|"
    r"appendix|appendices|supplementary materials?|broader impacts?|ethics statement|reproducibility statement|"
    r"author contributions|contents|notation)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Look:
    """How a heading is set; headings of one level look alike."""

    size: float
    bold: bool
    italic: bool
    capitals: bool


def look(chunk: Chunk) -> Look:
    """The look of the chunk's largest type, so that small capitals count by their capitals."""
    first = chunk.first
    size = max(span.size for span in first.spans if span.text.strip())
    return Look(round(size * 2) / 2, first.bold, first.italic, _capitals(chunk.text))


def _capitals(text: str) -> bool:
    """Whether all letters are capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.9 * len(letters)


def mark(chunks: Sequence[Chunk], style: Style) -> None:
    """Give the chunks that are headings their kind and level."""
    found = [chunk for chunk in chunks if chunk.kind is BlockKind.TEXT and stands_out(chunk, style)]
    numbered = {look(chunk) for chunk in found if depth(chunk.text)}
    chosen = [chunk for chunk in found if _is_heading(chunk, numbered, style)]
    levels = _levels(chosen)
    for chunk in chosen:
        chunk.kind = BlockKind.HEADING
        chunk.opens = [Opening(depth(chunk.text) or levels[look(chunk)], "", chunk.page.number)]


def depth(text: str) -> int:
    """Level that the heading's own number says; 0 where it has none."""
    number = NUMBER.match(text)
    return number[1].count(".") + 1 if number else 0


def stands_out(chunk: Chunk, style: Style) -> bool:
    """Whether the chunk stands out as a heading does."""
    text = chunk.text.strip()
    if not 2 < len(text) < 200 or len(chunk.lines) > 4 or CAPTION.match(text):
        return False
    if sum(map(str.isalpha, text)) < 0.5 * len(text.replace(" ", "")) or is_formula(chunk) or is_numeric(text):
        return False
    if text.endswith((",", ";")) or (text.endswith(".") and len(text) > 80):
        return False
    here = look(chunk)
    larger = here.size >= 1.1 * style.size
    bolder = here.bold and not style.bold and here.size >= 0.95 * style.size
    apart = (here.italic or here.capitals) and here.size >= 0.95 * style.size
    return larger or bolder or (apart and bool(depth(text) or KNOWN.fullmatch(text)))


def _is_heading(chunk: Chunk, numbered: set[Look], style: Style) -> bool:
    """Whether the chunk is numbered, has a heading's usual name, or looks like the numbered ones."""
    text = chunk.text.strip()
    if depth(text) or KNOWN.fullmatch(text):
        return True
    here = look(chunk)
    if len(numbered) > 1:
        return here in numbered and not text.endswith(".")
    return (here.bold or here.size >= 1.15 * style.size) and not text.endswith((".", ":"))


def _levels(chosen: Sequence[Chunk]) -> dict[Look, int]:
    """The level of each look: that of its numbered headings, else its rank by size."""
    by_number: dict[Look, Counter[int]] = {}
    for chunk in chosen:
        if level := depth(chunk.text):
            by_number.setdefault(look(chunk), Counter())[level] += 1
    looks = sorted({look(chunk) for chunk in chosen}, key=lambda each: (-each.size, not each.bold, not each.capitals))
    levels = {each: min(rank, 4) for rank, each in enumerate(looks, start=1)}
    for each, counts in by_number.items():
        levels[each] = counts.most_common(1)[0][0]
    return levels
