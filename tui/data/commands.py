"""Changes to the record that a reader makes on the screen; all on the client's thread and are durable on return."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.models.anchor import Anchor
    from kb.models.note import Note, NoteContent
    from kb.models.reading import Bookmark, Ranges
    from tui.data.library_files import LibraryFiles
    from tui.data.view_models import SelectedQuote


def save_note(files: "LibraryFiles", content: "NoteContent", quote: "SelectedQuote | None", note: str | None) -> "Note":
    """Write a new note, or a revision of one."""
    from kb.library.notes import Notes
    from kb.library.recovery import kept_if_lost

    with kept_if_lost(files.home, content):
        notes = Notes(files.record())
        if quote is not None:
            content = content.model_copy(update={"anchors": (anchor(files, quote), *content.anchors)})
        return notes.edit(note, content) if note else notes.create(content)


def anchor(files: "LibraryFiles", quote: "SelectedQuote") -> "Anchor":
    """The quote's anchor, checked against the text that it was taken from."""
    from kb.library.anchors import QuoteLocator
    from kb.models.anchor import Selector

    selector = Selector(
        quote=quote.text, prefix=quote.prefix, suffix=quote.suffix, page=quote.page, version=quote.version
    )
    found = QuoteLocator(files.texts().blocks(quote.version), quote.version).locate(selector)
    return found if found.first_block is not None else found.model_copy(update={"first_block": quote.block})


def trash_note(files: "LibraryFiles", note: str) -> "Note":
    """Put a note away; undo brings it back."""
    from kb.library.notes import Notes

    return Notes(files.record()).trash(note)


def undo(files: "LibraryFiles") -> tuple[str | None, str]:
    """Undo the last change to any note."""
    from kb.library.notes import Notes

    note, what = Notes(files.record()).undo_last()
    return note.paper, what


def set_state(files: "LibraryFiles", paper: str, state: str) -> str:
    """Say how far the reader has come with a paper."""
    from kb.library.papers import Papers
    from kb.models.reading_state import ReadingState

    return Papers(files.record()).set_state(paper, ReadingState(state)).title


def keep_reading(files: "LibraryFiles", paper: str, block: int, ranges: "Ranges", seconds: int) -> None:
    """Keep where the reader stopped, what they went over since the last time, and how long that took."""
    from datetime import datetime

    from kb.library.reading_sessions import ReadingSessions

    ReadingSessions(files.record()).keep(paper, block, ranges, seconds, datetime.now().astimezone().date())


def toggle_bookmark(files: "LibraryFiles", paper: str, block: int, words: str, page: int) -> "tuple[Bookmark, ...]":
    """Put a bookmark at a block, or take the one there away; returns those that there are now."""
    from kb.library.reading_sessions import ReadingSessions

    readings = ReadingSessions(files.record())
    here = [one for one in readings.bookmarks(paper) if one.block == block]
    for one in here:
        readings.remove_bookmark(one.id)
    if not here:
        readings.add_bookmark(paper, block, words, page)
    return readings.bookmarks(paper)
