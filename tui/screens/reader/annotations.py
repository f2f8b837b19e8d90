"""The notes of the paper that is open: marked in its text, listed beside it, written, changed and removed."""

from functools import partial
from typing import TYPE_CHECKING

from tui.commands.credences import rate_note
from tui.commands.notes_and_states import edit_note, remove_note, save_note
from tui.data.view_models import SelectedQuote
from tui.screens.reader.host import NO_PAPER_OPEN
from tui.text.finding import first_after
from tui.text.marks import TextMark, find_quote
from tui.text.reflow import TextPosition, text_between

if TYPE_CHECKING:
    from kb.models.note import Note, NoteContent
    from tui.data.view_models import OpenedPaper
    from tui.screens.reader.host import ReaderHost
    from tui.text.motion import Range

CONTEXT = 64
"""Characters before and after a quote that are kept with it."""
NO_NOTES = "No notes yet"
NO_NOTE_HERE = "No note under the cursor: > goes to the next one"


class Annotations:
    """The notes of one paper, and what can be done with each from its text."""

    def __init__(self, reader: "ReaderHost") -> None:
        self._reader = reader
        self.bears_on = ""
        """The claim that this paper is read for; empty where it is read for itself."""
        self._notes: tuple[Note, ...] = ()

    def show(self, notes: "tuple[Note, ...]") -> None:
        """Mark the text and fill the pane, both in the order of the text."""
        self._notes = notes
        text, pane = self._reader.text, self._reader.notes
        marks = self._marks()
        start_of = {mark.note: mark.start for mark in reversed(marks)}
        end = TextPosition(len(text.page.texts), 0)
        ordered = sorted(notes, key=lambda note: (start_of.get(note.id, end), note.created_at))
        text.mark(marks)
        pane.fill(tuple(ordered))
        pane.border_title = f"Notes {len(ordered)}" if ordered else NO_NOTES

    def _marks(self) -> tuple[TextMark, ...]:
        """Where each note's quotes stand in the text that is shown."""
        assert self._reader.opened is not None
        texts, row_of = self._reader.text.page.texts, self._reader.opened.row_of
        marks = []
        for note in self._notes:
            for anchor in note.anchors:
                row = row_of(anchor.first_block) if anchor.first_block is not None else None
                if found := find_quote(anchor.found or anchor.quote, texts, row):
                    marks.append(TextMark(*found, note.id, note.kind.value))
        return tuple(sorted(marks))

    def quote(self) -> SelectedQuote | None:
        """The selection, or the sentence under the cursor, with what stands around it."""
        opened = self._reader.opened
        return quote_of(opened, self._reader.text.chosen) if opened is not None and opened.blocks else None

    def highlight(self) -> None:
        """Keep the selection, or the sentence under the cursor."""
        from kb.models.note import HighlightFields, NoteContent
        from kb.models.note_kind import NoteKind

        quote, opened = self.quote(), self._reader.opened
        if quote is None or opened is None:
            self._reader.say("There is no text here to highlight", "warning")
        else:
            self._save(NoteContent(kind=NoteKind.HIGHLIGHT, paper=opened.paper.id, fields=HighlightFields()), quote)

    def write(self, kind: str) -> None:
        """Open the form of a new note on the selection, or the sentence under the cursor."""
        from kb.models.note import AgendaBearing
        from tui.dialogs.note_form import NoteForm

        opened, view = self._reader.opened, self._reader.view
        if opened is None:
            self._reader.say(NO_PAPER_OPEN, "warning")
            return
        quote = self.quote()
        bears_on = (AgendaBearing(agenda=self.bears_on),) if self.bears_on else ()
        quoted = quote.text if quote else ""
        form = NoteForm(kind, opened.paper, quote=quoted, library=view.library, bears_on=bears_on)

        def written(content: "NoteContent | None") -> None:
            if content is not None:
                self._save(content, quote)

        view.push_screen(form, written)

    def _save(self, content: "NoteContent", quote: SelectedQuote | None) -> None:
        view = self._reader.view
        self._reader.text.select(None)
        view.run_in_background(lambda: save_note(view, content, quote), "write")

    def edit_here(self) -> None:
        """Change the note under the text's cursor."""
        if (note := self._note_here()) is None:
            self._reader.say(NO_NOTE_HERE, "warning")
        else:
            self.edit(note)

    def remove_here(self) -> None:
        """Put the note under the text's cursor into the trash."""
        if (note := self._note_here()) is None:
            self._reader.say(NO_NOTE_HERE, "warning")
        else:
            self.remove(note.id)

    def _note_here(self) -> "Note | None":
        here = self._reader.text.marks_here
        return self.find(here[0].note) if here else None

    def find(self, id_: str) -> "Note | None":
        """The note of this paper that has an id."""
        return next((note for note in self._notes if note.id == id_), None)

    def edit(self, note: "Note") -> None:
        """Open the form on a note."""
        opened = self._reader.opened
        edit_note(self._reader.view, note, opened.paper if opened else None)

    def remove(self, id_: str) -> None:
        """Put a note into the trash."""
        self._reader.view.run_in_background(partial(remove_note, self._reader.view, id_), "write")

    def rate(self, note: "Note") -> None:
        """Ask how probable the reader holds what a note says."""
        rate_note(self._reader.view, note)

    def go_to(self, note: "Note | None") -> None:
        """Jump to what a note speaks of."""
        text = self._reader.text
        mark = next((mark for mark in text.marks if note and mark.note == note.id), None)
        if mark is None:
            self._reader.say("This note's words are not found in this version of the text", "warning")
        else:
            text.jump(mark.start)
            text.focus()

    def go_to_next(self) -> None:
        """To the next marked place."""
        text = self._reader.text
        self._jump(first_after([mark.start for mark in text.marks], text.cursor))

    def go_to_previous(self) -> None:
        """To the marked place before."""
        text = self._reader.text
        self._jump(max((mark.start for mark in text.marks if mark.start < text.cursor), default=None))

    def _jump(self, position: TextPosition | None) -> None:
        if position is None:
            self._reader.say("No more marked places this way")
        else:
            self._reader.text.jump(position)


def quote_of(opened: "OpenedPaper", chosen: "Range") -> SelectedQuote | None:
    """A range of a paper's text as a quote, with what stands around it; None where there are no words in it."""
    start, end = chosen
    first, last = opened.blocks[start.block], opened.blocks[end.block]
    quoted = text_between([block.text for block in opened.blocks], start, end).strip()
    if opened.version is None or not quoted or not first.text:
        return None
    return SelectedQuote(
        text=quoted,
        prefix=first.text[max(0, start.offset - CONTEXT) : start.offset],
        suffix=last.text[end.offset : end.offset + CONTEXT],
        block=first.index,
        page=first.page,
        version=opened.version.sha256,
    )
