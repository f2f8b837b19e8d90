"""Marks that people make in PDFs: read as quotes with their comments, and written into a copy of the file."""

from kb.models.base import Value
from kb.models.text import Box


class PdfMark(Value):
    """A highlight, underline, note or the like, and the text under it."""

    kind: str
    """``highlight``, ``underline``, ``squiggly``, ``strikeout``, ``note``, ``text``, or a PDF annotation's own name."""
    page: int
    quote: str = ""
    """The text under the mark, mended for reading; empty for a note that stands beside the text."""
    raw: str = ""
    """The same as extracted, a line for each line."""
    comment: str = ""
    """What was written to it; replies follow, each on a line of its own with its author."""
    author: str = ""
    colour: str = ""
    """As ``#rrggbb``; empty where the mark has none."""
    created: str = ""
    """As the file has it, such as ``D:20230825102108+08'00'``."""
    boxes: tuple[Box, ...] = ()
    """One for each marked line."""


class MarkToWrite(Value):
    """What is to be marked in a copy: a quote, found on its page or near it."""

    quote: str
    page: int | None = None
    comment: str = ""
    author: str = ""
    colour: str = "#ffd400"


class MarksWritten(Value):
    """How many quotes were marked, and which were not found."""

    written: int
    missing: tuple[int, ...] = ()
    """Places, in the list that was given, of the quotes that the file does not have."""
