"""What a reader should know of a parse: words that were lost, pages that are garbled, outlines that do not fit."""

import re
from collections.abc import Iterable, Sequence

from kb.models.text import Block
from kb.reading.structure.page import Page

GARBLED = 0.05
"""Share of a page's characters that are no characters from which the page counts as garbled."""
COVERED = 0.9
"""Share of a page's words below which its text is called incomplete; whole papers keep 0.97 and more."""
FITTING = 0.8
"""Share of the file's own outline that the headings must find; on papers with an outline it is 1.0 where nothing
is wrong."""
_NO_CHARACTER = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f]")


def words(pages: Sequence[Page]) -> int:
    """How many words the pages hold."""
    return sum(len(line.text.split()) for page in pages for line in page.lines)


def coverage(built: Sequence[Block], there: int) -> float | None:
    """Share of the words outside furniture that stand in some block."""
    kept = sum(len((block.raw or block.text).split()) for block in built)
    return round(min(kept / there, 1.0), 4) if there else None


def garbled(pages: Sequence[Page]) -> list[int]:
    """Numbers of the pages of which many characters cannot be read."""
    return [page.number for page in pages if is_garbled(line.text for line in page.lines)]


def warnings(garbled: Sequence[int], covered: float | None, fitting: float | None) -> list[str]:
    """What went wrong, in words; ``fitting`` is the share of the outline whose headings stand in the text."""
    found: list[str] = []
    if garbled:
        where = f"page {garbled[0]}" if len(garbled) == 1 else f"{len(garbled)} pages, from page {garbled[0]}"
        found.append(f"garbled text on {where}: a font does not say which characters it draws")
    if covered is not None and covered < COVERED:
        found.append(f"{100 - round(100 * covered)} % of the words were not placed in the text")
    if fitting is not None and fitting < FITTING:
        found.append(f"{100 - round(100 * fitting)} % of the file's outline was not found in its text")
    return found


def is_garbled(texts: Iterable[str]) -> bool:
    """Whether many of the characters of a page cannot be read."""
    length = strange = 0
    for text in texts:
        length += len(text)
        strange += 0 if text.isprintable() else len(_NO_CHARACTER.findall(text))
    return strange > max(GARBLED * length, 20)
