"""All notes of the library: by kind and agenda on the left, the notes, and the one under the cursor in full."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Input, Static

from tui.actions import bindings
from tui.commands import credences, links, review
from tui.commands.notes_and_states import edit_note, remove_note
from tui.commands.similar import of_note
from tui.data import note_queries
from tui.data.paper_filter import PaperFilter, filtered_notes, filters_of_notes, read_filter
from tui.data.view_models import NoteListRow
from tui.messages import FindSimilar, OpenPaper, RecordChanged
from tui.render.note_details import facets_of, in_full
from tui.screens.base import ModeScreen
from tui.screens.filter_box import FilterBox
from tui.screens.search.open_sides import show_sides
from tui.widgets.detail import Detail
from tui.widgets.facets import FacetList
from tui.widgets.line_view import LineView
from tui.widgets.note_list import NoteList

if TYPE_CHECKING:
    from kb.search.library_filters import LibraryFilters

NO_NOTES = """\
# No notes yet

Open a paper (1 shows the library), put the cursor on a sentence, and press

  h   to highlight it
  c   to write down what it claims
  n   for any other kind of note

Notes gather here, whatever paper they belong to."""


WEEK = timedelta(days=7)


class AllNotesScreen(ModeScreen):
    """Where notes are gone through apart from their papers."""

    MODE = "notes"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("all-notes")]
    CSS_PATH = "../styles/all_notes.tcss"

    facets = getters.query_one(FacetList)
    notes = getters.query_one(NoteList)
    detail = getters.query_one(Detail)
    filter_box = getters.query_one("#note-filter", Input)
    filter_problem = getters.query_one("#note-filter-problem", Static)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[NoteListRow, ...] = ()
        self.narrowed = NarrowedNotes(self)
        self._filter = FilterBox(self, filters_of_notes)
        self.marked: NoteListRow | None = None
        """The note that is to be linked to another."""

    def compose_body(self) -> ComposeResult:
        """Kinds and agendas, notes, detail."""
        with Horizontal(id="notes-body"):
            yield FacetList(id="facets")
            with Container(id="notes-right"):
                with Vertical(id="notes-middle"):
                    yield Input(placeholder="words of the note, its quote or its paper", id="note-filter")
                    yield Static(id="note-filter-problem", markup=False)
                    yield NoteList(id="all-notes")
                yield Detail(id="note-detail")

    def on_mount(self) -> None:
        """Notes follow the frame."""
        self.filter_box.display = self.filter_problem.display = False
        self.notes.focus()
        self.view.run_in_background(self._load, "all-notes", latest=True)

    def record_changed(self, change: RecordChanged) -> None:
        """Read the notes again."""
        self.reload_when_shown(lambda: self.view.run_in_background(self._load, "all-notes", latest=True))

    async def _load(self) -> None:
        self._rows = await self.library.read(note_queries.all_notes)
        await self._filter.read_again()
        self.set_class(not self._rows, "-empty")
        self.facets.fill(facets_of(self._rows))
        self.narrowed.again()
        if not self._rows:
            self.detail.write(NO_NOTES)

    @on(Input.Changed, "#note-filter")
    def narrow(self) -> None:
        """Filter while typing."""
        self._filter.narrow(typing=True)

    @on(LineView.Moved, "#facets")
    def show_notes(self) -> None:
        """The notes of the facet that the filter lets through."""
        facet, asked = self.facets.chosen, self.narrowed.asked
        rows = (row for row in self._rows if not facet or facet.has(row))
        shown = filtered_notes(rows, asked, self.narrowed.filters)
        self.notes.fill(tuple(shown), list(asked.words))
        total = len(self._rows)
        self.notices.place = f"{len(shown)} of {total}" if len(shown) < total else f"{total} note{'s' * (total != 1)}"

    @on(LineView.Moved, "#all-notes")
    def show_note(self) -> None:
        """The note under the cursor in full."""
        row = self.notes.chosen
        if row is not None:
            self.detail.write(in_full(row))
        elif self._rows:
            self.detail.write("No note has all of these words and filters.")

    @on(Input.Submitted, "#note-filter")
    def leave_filter(self) -> None:
        """Keep the filter, now judged whole, and go to the notes."""
        self._filter.narrow(typing=False)
        self.notes.focus()

    @on(LineView.Chosen, "#facets")
    def go_to_notes(self) -> None:
        """From the kinds to the notes."""
        self.notes.focus()

    @on(LineView.Chosen, "#all-notes")
    def open_chosen(self) -> None:
        """Open the paper where the note's words stand."""
        row = self.notes.chosen
        if row is None:
            return
        anchor = row.note.anchors[0] if row.note.anchors else None
        if row.note.paper is None:
            self.say("This note belongs to no paper; e changes it", "warning")
        elif anchor is None:
            self.app.post_message(OpenPaper(row.note.paper, back="notes"))
        else:
            quote = anchor.found or anchor.quote
            self.app.post_message(OpenPaper(row.note.paper, anchor.first_block or 0, quote, back="notes"))

    def action_edit(self) -> None:
        """Change the note under the cursor."""
        if self.notes.chosen is not None:
            edit_note(self.view, self.notes.chosen.note)

    def action_remove(self) -> None:
        """Put the note under the cursor into the trash."""
        if self.notes.chosen is not None:
            self.view.run_in_background(partial(remove_note, self.view, self.notes.chosen.note.id), "write")

    def action_credence(self) -> None:
        """Rate the claim under the cursor, or what the note bears on."""
        if self.notes.chosen is not None:
            credences.rate_note(self.view, self.notes.chosen.note)

    def action_timeline(self) -> None:
        """How the credence in the claim under the cursor moved."""
        if self.notes.chosen is not None:
            note = self.notes.chosen.note
            self.view.run_in_background(
                partial(credences.show_timeline, self.view, note.id, note.headline), "sheet", latest=True
            )

    def action_mark(self) -> None:
        """Keep a note in mind, to link it to another; again to forget it."""
        row = self.notes.chosen
        if row is not None:
            self.marked = None if self.marked and self.marked.note.id == row.note.id else row
            self.notes.mark(self.marked.note.id if self.marked else "")
            self.say("Marked: go to the other note, and l links them" if self.marked else "No note is marked now")

    def action_link(self) -> None:
        """Link the marked note to the one under the cursor; where none is marked, this one to one that is picked."""
        row = self.notes.chosen
        if row is None:
            return
        if self.marked is None:
            title = f"Of which note does “{row.note.headline[:80]}” say something?"
            credences.pick_note(self.view, title, partial(links.link_notes, self.view, row))
            return
        links.link_notes(self.view, self.marked, row)
        self.marked = None
        self.notes.mark("")

    def action_review(self) -> None:
        """Let the note under the cursor come back as a card."""
        if self.notes.chosen is not None:
            review.add_note(self.view, self.notes.chosen.note)

    def action_unlink(self) -> None:
        """Take a link of this note away."""
        if self.notes.chosen is not None:
            links.remove_link(self.view, self.notes.chosen)

    def action_week(self) -> None:
        """What changed since last week."""
        self.view.run_in_background(partial(credences.show_changes, self.view, WEEK), "sheet", latest=True)

    def action_repair(self) -> None:
        """Go through the quotes that are not found as they were."""
        from tui.screens.anchor_repair import repair_quotes

        self.view.run_in_background(partial(repair_quotes, self.view), "repair", latest=True)

    def action_sides(self) -> None:
        """What may speak for the claim under the cursor, beside what may speak against it."""
        if self.notes.chosen is not None:
            show_sides(self.view, self.notes.chosen.note)

    def action_like(self) -> None:
        """More like the note under the cursor."""
        if self.notes.chosen is not None:
            like = of_note(self.notes.chosen.note)
            self.view.post_message(FindSimilar(like, "notes"))

    def action_filter(self) -> None:
        """Type to filter."""
        self._filter.open()

    def action_next_pane(self) -> None:
        """From the kinds to the notes and back."""
        (self.facets if self.notes.has_focus else self.notes).focus()

    async def action_clear(self) -> None:
        """Show all notes again; then back to the library."""
        if self.marked is not None:
            self.marked = None
            self.notes.mark("")
        elif self.filter_box.display:
            self._filter.hide()
            self.notes.focus()
        else:
            await self.app.switch_mode("library")


class NarrowedNotes:
    """What the box of all notes narrows, and by what."""

    def __init__(self, screen: AllNotesScreen) -> None:
        self._screen = screen
        self._text, self._typing = "", False
        self.asked = PaperFilter()
        self.filters: LibraryFilters | None = None

    def narrow(self, text: str, *, typing: bool = False) -> None:
        """Show only the notes that have these words and meet these filters."""
        self._text, self._typing = text, typing
        self.again()

    def again(self) -> None:
        """The same filter, after notes or what filters look at were read anew."""
        self.asked = read_filter(self._text, self.filters, typing=self._typing)
        self._screen.show_notes()
