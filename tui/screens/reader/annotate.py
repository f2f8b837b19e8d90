"""Making, changing and removing notes on the paper that is open, and handing its words out."""

from functools import partial
from typing import TYPE_CHECKING

from textual import getters, on

from tui.commands.clipboard import as_link, as_quotation, open_outside
from tui.commands.credences import rate_note
from tui.commands.notes_and_states import edit_note, remove_note, save_note
from tui.commands.passes import ask_pass
from tui.commands.similar import of_quote
from tui.data.view_models import OpenedPaper, SelectedQuote
from tui.messages import FindSimilar
from tui.screens.base import ModeScreen
from tui.text.marks import TextMark, find_quote
from tui.text.reflow import text_between
from tui.widgets.notes_pane import NotesPane
from tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from kb.models.note import Note, NoteContent

CONTEXT = 64
"""Characters before and after a quote that are kept with it."""


class NoteWriting(ModeScreen):
    """The part of the reader that writes."""

    text = getters.query_one(TextView)

    def __init__(self) -> None:
        super().__init__()
        self.opened: OpenedPaper | None = None
        self.bears_on = ""
        """The claim that this paper is read for; empty where it is read for itself."""
        self.notes_shown: tuple[Note, ...] = ()
        self._rows: dict[int, int] = {}

    def row_of(self, index: int) -> int:
        """Where the block of this index stands among those that are shown."""
        assert self.opened is not None
        blocks = self.opened.blocks
        if index < len(blocks) and blocks[index].index == index:
            return index
        return next((row for row, block in enumerate(blocks) if block.index >= index), 0)

    def marks_of(self, notes: "tuple[Note, ...]") -> tuple[TextMark, ...]:
        """Where each note's quotes stand in the text that is shown."""
        self.notes_shown = notes
        texts = self.text.page.texts
        marks = []
        for note in notes:
            for anchor in note.anchors:
                row = self.row_of(anchor.first_block) if anchor.first_block is not None else None
                if found := find_quote(anchor.found or anchor.quote, texts, row):
                    marks.append(TextMark(*found, note.id, note.kind.value))
        return tuple(sorted(marks))

    def quote(self) -> SelectedQuote | None:
        """The selection, or the sentence under the cursor, with what stands around it."""
        text, opened = self.text, self.opened
        if opened is None or not opened.blocks or opened.version is None:
            return None
        start, end = text.chosen
        first, last = opened.blocks[start.block], opened.blocks[end.block]
        chosen = text_between([block.text for block in opened.blocks], start, end).strip()
        if not chosen or not first.text:
            return None
        return SelectedQuote(
            text=chosen,
            prefix=first.text[max(0, start.offset - CONTEXT) : start.offset],
            suffix=last.text[end.offset : end.offset + CONTEXT],
            block=first.index,
            page=first.page,
            version=opened.version.sha256,
        )

    def action_highlight(self) -> None:
        """Keep the selection, or the sentence under the cursor."""
        from kb.models.note import HighlightFields, NoteContent
        from kb.models.note_kind import NoteKind

        quote = self.quote()
        if quote is None or self.opened is None:
            self.say("There is no text here to highlight", "warning")
            return
        content = NoteContent(kind=NoteKind.HIGHLIGHT, paper=self.opened.paper.id, fields=HighlightFields())
        self.text.select(None)
        self.view.run_in_background(lambda: save_note(self.view, content, quote), "write")

    def action_claim(self) -> None:
        """Write down what is claimed here."""
        self._write("claim")

    def action_evidence(self) -> None:
        """Write down what was observed here."""
        self._write("evidence")

    def action_note(self) -> None:
        """Write a note of any kind."""
        self._write("question")

    def _write(self, kind: str) -> None:
        from kb.models.note import AgendaBearing
        from tui.dialogs.note_form import NoteForm

        if self.opened is None:
            self.say("Open a paper first: 1 shows the library", "warning")
            return
        quote = self.quote()
        bears_on = (AgendaBearing(agenda=self.bears_on),) if self.bears_on else ()
        quoted = quote.text if quote else ""
        form = NoteForm(kind, self.opened.paper, quote=quoted, library=self.library, bears_on=bears_on)

        def written(content: "NoteContent | None") -> None:
            if content is not None:
                self.text.select(None)
                self.view.run_in_background(lambda: save_note(self.view, content, quote), "write")

        self.app.push_screen(form, written)

    def _note_here(self) -> "Note | None":
        here = self.text.marks_here
        if here:
            return next((note for note in self.notes_shown if note.id == here[0].note), None)
        return None

    def action_edit(self) -> None:
        """Change the note under the cursor."""
        note = self._note_here()
        if note is None:
            self.say("No note under the cursor: > goes to the next one", "warning")
        else:
            self.edit(note)

    def edit(self, note: "Note") -> None:
        """Open the form on a note."""
        edit_note(self.view, note, self.opened.paper if self.opened else None)

    def action_remove(self) -> None:
        """Put the note under the cursor into the trash."""
        note = self._note_here()
        if note is None:
            self.say("No note under the cursor: > goes to the next one", "warning")
        else:
            self.view.run_in_background(partial(remove_note, self.view, note.id), "write")

    @on(NotesPane.Edit)
    def edit_chosen(self, event: NotesPane.Edit) -> None:
        """The notes pane asks for the form."""
        note = next((note for note in self.notes_shown if note.id == event.note), None)
        if note is not None:
            self.edit(note)

    @on(NotesPane.Remove)
    def remove_chosen(self, event: NotesPane.Remove) -> None:
        """The notes pane asks for the trash."""
        self.view.run_in_background(partial(remove_note, self.view, event.note), "write")

    @on(NotesPane.Rate)
    def rate_chosen(self, event: NotesPane.Rate) -> None:
        """The notes pane asks for a credence."""
        note = next((note for note in self.notes_shown if note.id == event.note), None)
        if note is not None:
            rate_note(self.view, note)

    def action_pass(self) -> None:
        """Write down a pass over this paper: skim, read or study."""
        if self.opened is None:
            self.say("Open a paper first: 1 shows the library", "warning")
        else:
            ask_pass(self.view, self.opened.paper)

    def action_like(self) -> None:
        """More like the selection, or the sentence under the cursor."""
        quote = self.quote()
        if quote is None or self.opened is None:
            self.say("There is no text here to find more like", "warning")
            return
        self.text.select(None)
        self.view.post_message(FindSimilar(of_quote(quote, self.opened.paper.id), "reader"))

    def action_copy(self) -> None:
        """Copy the selection, or the sentence, with its reference."""
        quote = self.quote()
        if quote is not None and self.opened is not None:
            self.app.copy_to_clipboard(as_quotation(quote, self.opened.paper))
            self.text.select(None)
            self.say("Copied with its reference")

    def action_copy_link(self) -> None:
        """Copy a Markdown link to the paper."""
        if self.opened is not None:
            self.app.copy_to_clipboard(as_link(self.opened.paper))
            self.say("Copied a link to the paper")

    def action_outside(self) -> None:
        """Open the file in the system's own viewer."""
        version = self.opened.version if self.opened else None
        if version is not None:
            file = self.view.home.paper_file(version.sha256, version.kind.value)
            self.say(open_outside(file))
