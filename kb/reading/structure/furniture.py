"""What every page repeats and no reader reads: running heads, page numbers, line numbers, text up the margin."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kb.reading.structure.page import Line, Page

MARGIN = 0.09
"""Share of the page's height, at its top and at its bottom, in which running heads stand."""
NUMBER_MARGIN = 0.14
"""The same for a page number, which has nothing beyond it."""
HEAD_MARGIN = 0.14
"""Share of the page's height in which a running head stands; as deep as ``NUMBER_MARGIN``, tried on the same papers."""
HEAD_GAP = 1.9
"""Font sizes from a running head's baseline to that of the text below it, at least; lines of text stand closer."""
PAGE_NUMBER = re.compile(
    r"[-–— ]*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?[-–— ]*", re.IGNORECASE
)


def drop(pages: Sequence[Page]) -> dict[int, list[Line]]:
    """Take the furniture out of the pages; returns what was taken, by page number."""
    repeated = _repeated(pages)
    heads = _head_places(pages)
    taken: dict[int, list[Line]] = {}
    for page in pages:
        numbers = _line_numbers(page) | _beside_rotated(page)
        top, foot = NUMBER_MARGIN * page.height, (1 - NUMBER_MARGIN) * page.height
        out = [
            line
            for line in page.lines
            if id(line) in numbers
            or (round(line.base) in heads and line.base < HEAD_MARGIN * page.height)
            or line.rotated
            or ((line.y1 < top or line.y0 > foot) and _is_furniture(line, page, repeated))
        ]
        gone = {id(line) for line in out}
        page.lines = [line for line in page.lines if id(line) not in gone]
        taken[page.number] = out
    return taken


def _head_places(pages: Sequence[Page]) -> set[int]:
    """Baselines at which most pages have a line of their own above their text, whatever it says: chapters, authors."""
    counts: Counter[int] = Counter()
    for page in pages[1:]:
        top = sorted(
            (line for line in page.lines if not line.rotated and line.base < 0.5 * page.height),
            key=lambda line: line.base,
        )
        first = top[0] if top else None
        if first is None or first.base > HEAD_MARGIN * page.height:
            continue
        below = next((line.base for line in top if line.base > first.base + 0.5 * first.size), None)
        if below is not None and below - first.base > HEAD_GAP * first.size:
            counts[round(first.base)] += 1
    return {place for place, count in counts.items() if count >= max(4, 0.7 * (len(pages) - 1))}


def _is_furniture(line: Line, page: Page, repeated: set[tuple[str, int]]) -> bool:
    """Whether this line in a margin belongs to the page and not to its text."""
    where = _margin(line, page)
    return (where != 0 and (_pattern(line), where) in repeated) or _is_page_number(line, page)


def _beside_rotated(page: Page) -> set[int]:
    """Ids of short pieces in the outer margin that stand in one column with rotated text, and belong to it."""
    rotated = [
        line for line in page.lines if line.rotated and (line.x1 < 0.1 * page.width or line.x0 > 0.9 * page.width)
    ]
    return {id(line) for line in page.lines for other in rotated if other.x0 - 2 <= line.x0 and line.x1 <= other.x1 + 2}


def _margin(line: Line, page: Page, share: float = MARGIN) -> int:
    """-1 in the top margin, 1 in the bottom margin, 0 between them."""
    if line.y1 < share * page.height:
        return -1
    return 1 if line.y0 > (1 - share) * page.height else 0


def _pattern(line: Line) -> str:
    """The line with its numbers blurred, so that heads that carry a page number are alike."""
    return re.sub(r"\d+", "#", line.text.strip().lower())


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Patterns that stand in the same margin of three pages, or of both pages of a short file."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({(_pattern(line), where) for line in page.lines if (where := _margin(line, page))})
    enough = 3 if len(pages) > 3 else 2
    return {key for key, count in counts.items() if count >= enough}


def _is_page_number(line: Line, page: Page) -> bool:
    """Whether the line is a number with nothing beyond it but the edge of the page."""
    where = _margin(line, page, NUMBER_MARGIN)
    if not where or not PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    above = where < 0
    others = [other for other in page.lines if other is not line and not other.rotated]
    return all((other.y1 > line.y0) if above else (other.y0 < line.y1) for other in others)


def _line_numbers(page: Page) -> set[int]:
    """Ids of the lines that count the lines of a draft: numbers in a column beside the text, each one more."""
    numbers = [line for line in page.lines if line.text.strip().isdigit() and len(line.text.strip()) <= 4]
    if len(numbers) < 10:
        return set()
    body = [line for line in page.lines if len(line.text) > 20]
    if not body:
        return set()
    left, right = min(line.x0 for line in body), max(line.x1 for line in body)
    beside = [line for line in numbers if line.x1 <= left + 1 or line.x0 >= right - 1]
    steps = Counter(int(b.text) - int(a.text) for a, b in pairwise(beside))
    return {id(line) for line in beside} if steps[1] >= 0.8 * (len(beside) - 1) >= 8 else set()
