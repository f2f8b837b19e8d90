"""What part a chunk plays on its page, judged by its first words, its characters and its place."""

import re

from kb.models.text import BlockKind
from kb.reading.structure.page import Span
from kb.reading.structure.paragraphs import BULLET, Chunk
from kb.reading.structure.style import Style

CAPTION = re.compile(
    r"(?:(?:Extended Data |Supplementary )?(?:Figure|Fig\.?|Table|Tab\.|Algorithm|Listing|Box|Scheme)\s+)"
    r"(?:[A-Z]{0,2}\.?\d+(?:[.\-]\d+)*[a-z]?|[IVX]+|[A-Z])\s*(?:[.:|–—]|\([a-z]\)|$|(?=[A-Z]))"
)
FOOTMARK = re.compile(r"(?:\d{1,2}|[∗*†‡§¶♯#]{1,3})\s*(?=[A-Z\"“(h]|$)")
_IMPRINT = re.compile(
    r"permission to|copyright|©|proceedings of|correspond|equal contribution|preprint|under review|to appear|accepted|"
    r"this (?:work|article|paper) (?:is|was|has)|\d+(?:st|nd|rd|th) (?:conference|international|annual)|contact",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[=+−<>≤≥∑∏∫√∞∈∉∀∃∇∂∼≈≠→←↦⊂⊆∪∩·×÷±∥|{}()\[\]^_/∝θπλμσφψγαβεδηωτρκΣΠΩΦΨΔΘΛΓ]")
_NUMBER = re.compile(r"\d\S*")
_WORD = re.compile(r"[A-Za-z]{4,}")


def classify(chunk: Chunk, style: Style) -> BlockKind:
    """The kind of a chunk that is no heading and no part of the front matter."""
    text = chunk.text
    if CAPTION.match(text):
        return BlockKind.CAPTION
    if is_formula(chunk):
        return BlockKind.FORMULA
    if is_footnote(chunk, style):
        return BlockKind.FOOTNOTE
    if is_numeric(text):
        return BlockKind.TABLE
    if is_label(chunk, style):
        return BlockKind.PICTURE
    if is_code(chunk):
        return BlockKind.CODE
    return BlockKind.LIST_ITEM if BULLET.match(text) else BlockKind.TEXT


def is_formula(chunk: Chunk) -> bool:
    """Whether the chunk is displayed mathematics: most of it is set in mathematical fonts or signs."""
    text = chunk.text
    letters = len(text) - text.count(" ")
    if letters == 0 or len(_WORD.findall(text)) >= 6 + letters / 25:
        return False
    return sum([_maths(span) for line in chunk.lines for span in line.spans]) > 0.4 * letters


def _maths(span: Span) -> int:
    """How many of the span's characters are mathematics."""
    if span.font.math:
        return len(span.text) - span.text.count(" ")
    return len(_SIGN.findall(span.text))


def is_footnote(chunk: Chunk, style: Style) -> bool:
    """Whether the chunk is set small at the foot of its page and opens with a mark."""
    low = chunk.first.y0 > 0.6 * chunk.page.height
    small = chunk.size < 0.95 * style.size
    if not low or not small or len(chunk.text) < 13:
        return False
    return bool(FOOTMARK.match(chunk.text)) or (chunk.page.number == 1 and bool(_IMPRINT.match(chunk.text)))


def is_numeric(text: str) -> bool:
    """Whether most words are numbers, as in the body of a table."""
    numbers = len(_NUMBER.findall(text))
    return numbers > 3 and numbers > 0.45 * len(text.split())


def is_label(chunk: Chunk, style: Style) -> bool:
    """Whether the chunk is lettering inside a figure: few words a line, in another size than the text."""
    words = len(chunk.text.split())
    odd_size = abs(chunk.size - style.size) > 0.06 * style.size
    bare = words <= 3 and not chunk.text.rstrip().endswith((".", ":", ",", "?", "!"))
    return (odd_size and words <= 4 * len(chunk.lines)) or (bare and len(chunk.text) < 12)


def is_code(chunk: Chunk) -> bool:
    """Whether most of the chunk is set in a typewriter font."""
    if len(chunk.lines) < 2 or not any(span.font.mono for span in chunk.lines[1].spans):
        return False
    mono = sum([len(span.text) for line in chunk.lines for span in line.spans if span.font.mono])
    return mono > 0.7 * sum([len(line.text) for line in chunk.lines])
