"""A mark on a paper as a note: one road for marks in PDFs and for those that other programs export."""

from dataclasses import dataclass

from kb.library.anchors import QuoteLocator
from kb.models.anchor import Anchor, AnchorState, Selector
from kb.models.note import HighlightFields, NoteContent, QuestionFields
from kb.models.note_kind import NoteKind
from kb.models.text import Box


@dataclass(frozen=True)
class MarkedText:
    """What somebody marked: words, or a place with a comment."""

    quote: str
    comment: str = ""
    page: int | None = None
    colour: str = ""
    author: str = ""
    boxes: tuple[Box, ...] = ()
    """Where the mark is on its page."""


def note_of_mark(mark: MarkedText, paper: str | None, locator: QuoteLocator) -> NoteContent | None:
    """A highlight on its quote; a comment beside the text becomes a question; a mark with neither is nothing."""
    if mark.quote:
        anchors = (_anchor(mark, locator),)
        fields = HighlightFields(colour=mark.colour)
        return NoteContent(kind=NoteKind.HIGHLIGHT, paper=paper, body=_body(mark), fields=fields, anchors=anchors)
    if not mark.comment.strip():
        return None
    return NoteContent(kind=NoteKind.QUESTION, paper=paper, body=_body(mark), fields=QuestionFields())


def _anchor(mark: MarkedText, locator: QuoteLocator) -> Anchor:
    """The quote's place in the text; where the text does not have it, the mark's own place on its page."""
    found = locator.select(mark.quote, mark.page)
    if found.state is not AnchorState.ORPHANED or not mark.boxes:
        return found
    selector = Selector(quote=mark.quote, page=mark.page, version=found.version)
    return Anchor(**selector.model_dump(), state=AnchorState.ORPHANED, boxes=mark.boxes)


def _body(mark: MarkedText) -> str:
    """The comment, with who wrote it, and with its page where no quote tells the place."""
    if not mark.comment.strip():
        return ""
    who = f" — {mark.author}" if mark.author else ""
    where = f" (p. {mark.page})" if mark.page and not mark.quote else ""
    return f"{mark.comment.strip()}{who}{where}"
