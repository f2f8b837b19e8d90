"""What a page is made of before anyone knows what it means: spans of one font, and lines of spans."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Font(NamedTuple):
    """A font, and what its name says of it."""

    name: str
    bold: bool = False
    italic: bool = False
    math: bool = False
    mono: bool = False


class Span(NamedTuple):
    """A run of characters in one font, in points from the top left of the page as displayed."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    font: Font
    origin: float = 0.0
    """Where it starts on its baseline, from the left."""


class Line:
    """Spans that stand side by side on one baseline; what is asked of a line often is worked out once."""

    __slots__ = ("base", "bold", "italic", "rotated", "size", "spans", "text", "x0", "x1", "y0", "y1")

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        first = spans[0]
        if len(spans) == 1:
            self.text, self.x0, self.y0, self.x1, self.y1, self.base, self.size, font, _ = first
            self.text = self.text.rstrip()
            self.bold, self.italic = font.bold, font.italic
        else:
            self._measure()
        self.rotated = rotated(first)

    def _measure(self) -> None:
        """The bounds of several spans; size is the longest one's, weight that of words, not of symbols and code."""
        _, left, top, right, bottom, self.base, self.size, _, _ = self.spans[0]
        longest = -1
        lettered: list[Font] = []
        for text, x0, y0, x1, y1, base, size, font, _ in self.spans:
            left = x0 if x0 < left else left
            top = y0 if y0 < top else top
            right = x1 if x1 > right else right
            bottom = y1 if y1 > bottom else bottom
            bare = text.strip()
            if len(bare) > longest:
                longest, self.base, self.size = len(bare), base, size
            if bare[:1].isalpha() or any(map(str.isalpha, bare)):
                lettered.append(font)
        self.text = joined(self.spans)
        self.x0, self.y0, self.x1, self.y1 = left, top, right, bottom
        worded = [font for font in lettered if not (font.math or font.mono)] or lettered
        self.bold = bool(worded) and all(font.bold for font in worded)
        self.italic = bool(worded) and all(font.italic for font in worded)


@dataclass
class Page:
    """The lines of one page in the order in which the file draws them."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    turned: int = 0
    """By how many degrees clockwise it is turned against the display, so that its lines run to the right."""
    images: int = 0
    """How many pictures the page shows; a page of pictures without lines is a scan."""
    recognised: bool = False
    """Whether the lines were recognised from a picture."""


def as_displayed(page: Page, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """A rectangle of the turned page, as it stands on the page that is displayed."""
    if page.turned == 90:
        return y0, page.width - x1, y1, page.width - x0
    if page.turned == 180:
        return page.width - x1, page.height - y1, page.width - x0, page.height - y0
    if page.turned == 270:
        return page.height - y1, x0, page.height - y0, x1
    return x0, y0, x1, y1


def rotated(span: Span) -> bool:
    """Whether the span runs up or down the page, judged by its shape."""
    text, x0, y0, x1, y1, _, size, _, _ = span
    height = y1 - y0
    return height > 2 * size and len(text) > 3 and height > 2 * (x1 - x0)


def joined(spans: list[Span]) -> str:
    """Text of the spans with a space where there is a visible gap between two of them."""
    parts = [spans[0].text]
    before = spans[0]
    for span in spans[1:]:
        if _gap_is_space(before, span):
            parts.append(" ")
        parts.append(span.text)
        before = span
    return "".join(parts).rstrip()


def _gap_is_space(before: Span, after: Span) -> bool:
    """Whether two neighbours have white space between them that is not in their characters."""
    gap = after.x0 - before.x1 if after.x0 >= before.x0 else before.x0 - after.x1
    if gap <= 0.18 * min(before.size, after.size):
        return False
    return not (before.text[-1:].isspace() or after.text[:1].isspace())
