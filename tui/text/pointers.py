"""From “see Figure 3”, “Section 2.1”, “[12]”, “Christiano et al. (2017)” or a footnote's number to what is meant."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.text.reflow import LaidOutPaper, TextPosition

FLOAT = re.compile(r"\b(Fig(?:ure)?|Tab(?:le)?|Algorithm)s?\.?\s*([A-Z]?\.?\d+)")
SECTION = re.compile(r"(?:\b(?:Sections?|Secs?\.|Appendix|Appendices)|§)\s*([A-Z](?:\.\d+)*|\d+(?:\.\d+)*)\b")
NUMBERED = re.compile(r"\[(\d{1,3})(?:[,;–-]\s*\d{1,3})*\]")
NAMED = re.compile(r"\b([A-Z][\w’'-]+)(?:\s+et al\.?|\s+(?:and|&)\s+[A-Z][\w’'-]+)?,?\s*[\[(]?((?:19|20)\d\d)[a-z]?\b")
ARXIV = re.compile(r"(?<![\d.])\d{4}\.\d{4,5}(?![\d.])")
RAISED = re.compile(r"(?<=[^\W\d_])[.,;:)”’\"]*(\d{1,2}|[*†‡§]+)(?=[\s.,;:)]|$)")
"""A footnote's sign right behind a word, as extraction leaves what stood above the line."""


class Pointer(NamedTuple):
    """A range of a text that points elsewhere, and where to."""

    start: int
    end: int
    label: str
    target: TextPosition


def follow(page: LaidOutPaper, position: TextPosition) -> Pointer | None:
    """What the cursor stands on, else the next pointer in its paragraph, else the one before."""
    found = pointers(page, position.block)
    on = next((one for one in found if one.start <= position.offset < one.end), None)
    after = next((one for one in found if one.start > position.offset), None)
    return on or after or (found[-1] if found else None)


def pointers(page: LaidOutPaper, block: int) -> list[Pointer]:
    """All pointers of a paragraph whose target is in the paper, in order."""
    text = page.texts[block]
    found: list[Pointer] = []
    for pattern, target in FINDERS:
        for match in pattern.finditer(text):
            place = target(page, match, block)
            if place is not None and place != block:
                found.append(Pointer(match.start(), match.end(), match.group().strip(), TextPosition(place, 0)))
    return sorted(found)


def blocks_of(page: LaidOutPaper, kinds: Sequence[str]) -> list[int]:
    """The blocks of some kinds."""
    return [block for block, kind in enumerate(page.kinds) if kind in kinds]


def captioned(page: LaidOutPaper, match: re.Match[str], block: int) -> int | None:
    """The caption of a figure, table or algorithm."""
    word = match[1][:3].lower()
    begins = re.compile(rf"{word}\w*\.?\s*{re.escape(match[2])}\b", re.IGNORECASE)
    return next((at for at in blocks_of(page, ["caption"]) if begins.match(page.texts[at])), None)


def headed(page: LaidOutPaper, match: re.Match[str], block: int) -> int | None:
    """The heading with a section's number."""
    begins = re.compile(rf"(?:Appendix\s+)?{re.escape(match[1])}(?:[.:]?\s|$)")
    return next((at for at in blocks_of(page, ["heading"]) if begins.match(page.texts[at])), None)


def numbered(page: LaidOutPaper, match: re.Match[str], block: int) -> int | None:
    """The reference with a number: the one that bears it, else the one at its place in the list."""
    references = blocks_of(page, ["reference"])
    begins = re.compile(rf"\[?{match[1]}[\].]\s")
    bearing = next((at for at in references if begins.match(page.texts[at])), None)
    at = int(match[1]) - 1
    return bearing if bearing is not None else references[at] if at < len(references) else None


def named(page: LaidOutPaper, match: re.Match[str], block: int) -> int | None:
    """The first reference that begins with an author's name and has the year."""
    for at in blocks_of(page, ["reference"]):
        text = page.texts[at]
        if match[2] in text and match[1] in text[: len(match[1]) + 40]:
            return at
    return None


def identified(page: LaidOutPaper, match: re.Match[str], block: int) -> int | None:
    """The reference that has an arXiv id."""
    return next((at for at in blocks_of(page, ["reference"]) if match[0] in page.texts[at]), None)


def footnoted(page: LaidOutPaper, match: re.Match[str], block: int) -> int | None:
    """The footnote with this sign on the same page, or at the top of the next where it was carried over."""
    if page.kinds[block] in ("reference", "footnote", "formula", "heading") or not page.pages:
        return None
    begins = re.compile(rf"{re.escape(match[1])}(?![\d.])")
    notes = [at for at in blocks_of(page, ["footnote"]) if begins.match(page.texts[at].lstrip("[("))]
    return next((at for at in notes if page.pages[at] in (page.pages[block], page.pages[block] + 1)), None)


FINDERS: tuple[tuple[re.Pattern[str], Callable[[LaidOutPaper, re.Match[str], int], int | None]], ...] = (
    (FLOAT, captioned),
    (SECTION, headed),
    (NUMBERED, numbered),
    (NAMED, named),
    (ARXIV, identified),
    (RAISED, footnoted),
)
