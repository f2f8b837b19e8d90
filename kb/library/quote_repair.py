"""Mending a note's quote: taking the words as they stand now, or keeping them although they stand there no more."""

from kb.errors import UsageError
from kb.models.anchor import Anchor
from kb.models.note import Note, NoteContent


def quote_of(note: Note, position: int) -> Anchor:
    """One of a note's quotes; raises UsageError where it has fewer."""
    if position >= len(note.anchors) or note.paper is None:
        raise UsageError(f"{note.id} has no quote {position + 1}", f"it has {len(note.anchors)}", "kb anchors")
    return note.anchors[position]


def with_quote(note: Note, position: int, taken: Anchor) -> NoteContent:
    """The note's content with one quote replaced; its id, and so whatever refers to it, stays."""
    old = quote_of(note, position)
    mended = taken.model_copy(update={"id": old.id, "kept": False})
    anchors = (*note.anchors[:position], mended, *note.anchors[position + 1 :])
    return _content(note, anchors)


def with_quote_kept(note: Note, position: int) -> NoteContent:
    """The note's content with one quote marked to stay as it is, and not to be asked about again."""
    kept = quote_of(note, position).model_copy(update={"kept": True})
    return _content(note, (*note.anchors[:position], kept, *note.anchors[position + 1 :]))


def _content(note: Note, anchors: tuple[Anchor, ...]) -> NoteContent:
    values = {name: getattr(note, name) for name in NoteContent.model_fields}
    return NoteContent(**{**values, "anchors": anchors})
