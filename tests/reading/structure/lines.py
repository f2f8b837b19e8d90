"""Lines and pages made by hand, for the pure rules about them."""

from kb.reading.structure.fonts import describe
from kb.reading.structure.page import Line, Page, Span

BODY = "Times-Roman"
BOLD = "Times-Bold"


def line(text: str, x: float, y: float, *, width: float | None = None, size: float = 10.0, font: str = BODY) -> Line:
    """One line of one font; it is as wide as its text unless told otherwise."""
    right = x + (width if width is not None else 0.5 * size * len(text))
    return Line([Span(text, x, y - 0.8 * size, right, y + 0.2 * size, y, size, describe(font))])


def page(*lines: Line, number: int = 1) -> Page:
    """A page of US letter."""
    return Page(number, 612, 792, list(lines))


def column(
    texts: list[str], x: float, y: float, *, width: float = 220, pitch: float = 12, size: float = 10
) -> list[Line]:
    """Lines under one another that fill a column."""
    return [line(text, x, y + pitch * at, width=width, size=size) for at, text in enumerate(texts)]
