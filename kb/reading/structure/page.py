"""What a page is made of before anyone knows what it means: spans of one font, and lines of spans."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kb.models.text import Box


class Span(NamedTuple):
    """A run of characters in one font, in points from the top left of the page as displayed."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    font: str
    bold: bool
    italic: bool


@dataclass
class Line:
    """Spans that stand side by side on one baseline."""

    spans: list[Span]
    x0: float
    y0: float
    x1: float
    y1: float

    @cached_property
    def text(self) -> str:
        """The line's characters; a gap between spans counts as a space."""
        return joined(self.spans).rstrip()

    @cached_property
    def main(self) -> Span:
        """The span with the most characters, which speaks for the line's font and size."""
        return max(self.spans, key=lambda span: len(span.text.strip()))

    @property
    def size(self) -> float:
        """Font size of most of the line."""
        return self.main.size

    @cached_property
    def bold(self) -> bool:
        """Whether every span that has letters is bold."""
        lettered = [span for span in self.spans if any(map(str.isalpha, span.text))]
        return bool(lettered) and all(span.bold for span in lettered)

    @cached_property
    def italic(self) -> bool:
        """Whether every span that has letters is italic."""
        lettered = [span for span in self.spans if any(map(str.isalpha, span.text))]
        return bool(lettered) and all(span.italic for span in lettered)

    @property
    def rotated(self) -> bool:
        """Whether the line runs up or down the page, as the stamp in arXiv's margin does."""
        return len(self.text) > 3 and (self.y1 - self.y0) > 3 * max(self.x1 - self.x0, 1.0)

    def box(self, page: int) -> Box:
        """The line's rectangle."""
        return Box(page=page, x0=self.x0, y0=self.y0, x1=self.x1, y1=self.y1)


@dataclass
class Page:
    """The lines of one page in the order in which the file draws them."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    images: int = 0
    """How many pictures the page shows; a page of pictures without lines is a scan."""


def joined(spans: list[Span]) -> str:
    """Text of the spans with a space where there is a visible gap between two of them."""
    parts: list[str] = []
    before: Span | None = None
    for span in spans:
        if before is not None and _gap_is_space(before, span):
            parts.append(" ")
        parts.append(span.text)
        before = span
    return "".join(parts)


def _gap_is_space(before: Span, after: Span) -> bool:
    """Whether two neighbours have white space between them that is not in their characters."""
    if before.text[-1:].isspace() or after.text[:1].isspace():
        return False
    return after.x0 - before.x1 > 0.18 * min(before.size, after.size)
