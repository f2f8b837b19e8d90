"""Single characters with their places: what marks need, and a whole page's text does not."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kb.reading.pdf.library import load

Rectangle = tuple[float, float, float, float]


class Character(NamedTuple):
    """One character, its rectangle, and its place along the direction of its line."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: int
    """Counts the lines of the page."""
    start: float
    end: float
    upright: bool
    """Whether its line runs left or right, and not up or down."""

    @property
    def height(self) -> float:
        """Size across the line."""
        return self.y1 - self.y0 if self.upright else self.x1 - self.x0


def characters(page: Any) -> list[Character]:
    """The page's characters in the order in which the file draws them."""
    pymupdf = load()
    flags = pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES & ~pymupdf.TEXT_PRESERVE_LIGATURES
    found: list[Character] = []
    line_number = 0
    for block in page.get_text("rawdict", flags=flags)["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                found += [_character(each, line["dir"], line_number) for each in span["chars"]]
            line_number += 1
    return found


def _character(each: dict[str, Any], direction: tuple[float, float], line: int) -> Character:
    """One character of a line that runs in this direction."""
    x0, y0, x1, y1 = each["bbox"]
    across, down = direction
    upright = abs(across) >= abs(down)
    start, end = (x0, x1) if upright else (y0, y1)
    if (across if upright else down) < 0:
        start, end = -end, -start
    return Character(each["c"], x0, y0, x1, y1, line, start, end, upright)


def words(found: Sequence[Character]) -> list[list[Character]]:
    """Runs of letters and figures on one line; every other sign is a word of its own."""
    runs: list[list[Character]] = []
    before: Character | None = None
    for each in found:
        goes_on = before is not None and before.line == each.line and before.text.isalnum() and each.text.isalnum()
        if goes_on:
            runs[-1].append(each)
        elif not each.text.isspace():
            runs.append([each])
        before = each
    return runs


def under(page_words: Sequence[Sequence[Character]], places: Iterable[Rectangle]) -> list[str]:
    """The words of which at least half is inside a place, a string for each marked line; else the part of one."""
    lines: list[str] = []
    for place in places:
        covered = [(word, [each for each in word if _is_in(each, place)]) for word in page_words]
        whole = [word for word, inside in covered if 2 * len(inside) >= len(word)]
        inside = whole or [part for _, part in covered if part]
        lines += [_spelt(row) for row in _rows(inside, place)]
    return [line for line in lines if line]


def _is_in(each: Character, place: Rectangle) -> bool:
    """Whether the character's middle is inside."""
    x0, y0, x1, y1 = place
    return x0 <= (each.x0 + each.x1) / 2 <= x1 and y0 <= (each.y0 + each.y1) / 2 <= y1


def _rows(inside: Sequence[Sequence[Character]], place: Rectangle) -> list[list[Sequence[Character]]]:
    """The words of one marked line from left to right; of a place as high as several lines, line by line."""
    if not inside:
        return []
    heights = sorted(word[0].height for word in inside)
    across = place[3] - place[1] if inside[0][0].upright else place[2] - place[0]
    if across < 1.7 * heights[len(heights) // 2]:
        return [sorted(inside, key=lambda word: word[0].start)]
    rows: dict[int, list[Sequence[Character]]] = {}
    for word in inside:
        rows.setdefault(word[0].line, []).append(word)
    return list(rows.values())


def _spelt(row: Sequence[Sequence[Character]]) -> str:
    """The words with spaces where there are gaps between them; formulas are drawn in pieces without any."""
    text = ""
    end = 0.0
    for word in row:
        gap = word[0].start - end
        text += (" " if text and gap > 0.12 * word[0].height else "") + "".join(c.text for c in word)
        end = word[-1].end
    return text


def find(found: Sequence[Character], quote: str) -> list[Character]:
    """The characters that spell the quote, white space, hyphens and accents aside; empty where they do not."""
    wanted = "".join(filter(str.isalnum, map(_plain, quote)))
    letters = [(_plain(each.text), at) for at, each in enumerate(found)]
    letters = [(letter, at) for letter, at in letters if letter.isalnum()]
    start = "".join(letter for letter, _ in letters).find(wanted) if wanted else -1
    if start < 0:
        return []
    places = [at for _, at in letters[start : start + len(wanted)]]
    lines = {found[at].line for at in places}
    return [each for each in found[places[0] : places[-1] + 1] if each.line in lines]


def _plain(char: str) -> str:
    """The letter without accent or case, as one character."""
    return unicodedata.normalize("NFKD", char).lower()[:1]


def rectangles(marked: Sequence[Character]) -> list[Rectangle]:
    """One rectangle around the characters of each line."""
    lines: dict[int, list[Character]] = {}
    for each in marked:
        lines.setdefault(each.line, []).append(each)
    return [
        (min(c.x0 for c in line), min(c.y0 for c in line), max(c.x1 for c in line), max(c.y1 for c in line))
        for line in lines.values()
    ]
