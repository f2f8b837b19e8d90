"""From “see Figure 3”, “Section 2.1”, “[12]” or “Christiano et al. (2017)” to the place that is meant."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.text.reflow import Page, Position

FLOAT = re.compile(r"\b(Fig(?:ure)?|Tab(?:le)?|Algorithm)s?\.?\s*([A-Z]?\.?\d+)")
SECTION = re.compile(r"(?:\b(?:Sections?|Secs?\.|Appendix|Appendices)|§)\s*([A-Z](?:\.\d+)*|\d+(?:\.\d+)*)\b")
NUMBERED = re.compile(r"\[(\d{1,3})(?:[,;–-]\s*\d{1,3})*\]")
NAMED = re.compile(r"\b([A-Z][\w’'-]+)(?:\s+et al\.?|\s+(?:and|&)\s+[A-Z][\w’'-]+)?,?\s*[\[(]?((?:19|20)\d\d)[a-z]?\b")


class Pointer(NamedTuple):
    """A range of a text that points elsewhere, and where to."""

    start: int
    end: int
    label: str
    target: Position


def follow(page: Page, position: Position) -> Pointer | None:
    """What the cursor stands on, else the next pointer in its paragraph, else the one before."""
    found = pointers(page, position.block)
    on = next((one for one in found if one.start <= position.offset < one.end), None)
    after = next((one for one in found if one.start > position.offset), None)
    return on or after or (found[-1] if found else None)


def pointers(page: Page, block: int) -> list[Pointer]:
    """All pointers of a paragraph whose target is in the paper, in order."""
    text = page.texts[block]
    found: list[Pointer] = []
    for pattern, target in FINDERS:
        for match in pattern.finditer(text):
            place = target(page, match)
            if place is not None and place != block:
                found.append(Pointer(match.start(), match.end(), match.group().strip(), Position(place, 0)))
    return sorted(found)


def blocks_of(page: Page, kinds: Sequence[str]) -> list[int]:
    """The blocks of some kinds."""
    return [block for block, kind in enumerate(page.kinds) if kind in kinds]


def captioned(page: Page, match: re.Match[str]) -> int | None:
    """The caption of a figure, table or algorithm."""
    word = match[1][:3].lower()
    begins = re.compile(rf"{word}\w*\.?\s*{re.escape(match[2])}\b", re.IGNORECASE)
    return next((block for block in blocks_of(page, ["caption"]) if begins.match(page.texts[block])), None)


def headed(page: Page, match: re.Match[str]) -> int | None:
    """The heading with a section's number."""
    begins = re.compile(rf"(?:Appendix\s+)?{re.escape(match[1])}(?:[.:]?\s|$)")
    return next((block for block in blocks_of(page, ["heading"]) if begins.match(page.texts[block])), None)


def numbered(page: Page, match: re.Match[str]) -> int | None:
    """The reference with a number: the one that bears it, else the one at its place in the list."""
    references = blocks_of(page, ["reference"])
    begins = re.compile(rf"\[?{match[1]}[\].]\s")
    bearing = next((block for block in references if begins.match(page.texts[block])), None)
    at = int(match[1]) - 1
    return bearing if bearing is not None else references[at] if at < len(references) else None


def named(page: Page, match: re.Match[str]) -> int | None:
    """The first reference that begins with an author's name and has the year."""
    for block in blocks_of(page, ["reference"]):
        text = page.texts[block]
        if match[2] in text and match[1] in text[: len(match[1]) + 40]:
            return block
    return None


FINDERS: tuple[tuple[re.Pattern[str], Callable[[Page, re.Match[str]], int | None]], ...] = (
    (FLOAT, captioned),
    (SECTION, headed),
    (NUMBERED, numbered),
    (NAMED, named),
)
