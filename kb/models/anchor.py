"""Where in a paper a note points: a quote with its context, so that it can be found again after any re-parse."""

from enum import StrEnum

from kb.models.base import Value
from kb.models.text import Box


class AnchorState(StrEnum):
    """How the quote was found in the text that is there now."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


class Selector(Value):
    """A W3C Web Annotation TextQuoteSelector, with the page and version it was made on."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    page: int | None = None
    version: str = ""
    """sha256 of the version that was read."""


class Anchor(Selector):
    """A selector and where it stands now."""

    id: str = ""
    state: AnchorState = AnchorState.EXACT
    boxes: tuple[Box, ...] = ()
    first_block: int | None = None
    found: str = ""
    """The text that stands there now, where it differs from the quote."""
    kept: bool = False
    """Whether the reader has seen that it is not found as it was, and wants the quote to stay as it is."""
