"""The reader: sections on the left, the text in the middle, the notes beside it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.actions import bindings
from tui.commands.notes_and_states import ask_state, export_summary
from tui.data import paper_queries
from tui.data.view_models import OpenedPaper
from tui.messages import OpenPaper, RecordChanged
from tui.screens.reader.portal import Looking
from tui.text.finding import first_after
from tui.text.marks import find_quote, moved
from tui.text.reflow import TextPosition
from tui.widgets.detail import Detail
from tui.widgets.line_view import LineView
from tui.widgets.notes_pane import NotesPane
from tui.widgets.section_tree import SectionTree
from tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from kb.models.note import Note

NO_PAPER = """\
# No paper is open

Press 1 for the library and enter on a paper, or f to find something in all of them."""
NO_TEXT = """\
# This paper has no text here

Its file was not fetched, or could not be read. In a shell:

  kb open {paper}       its page, in the browser
  kb show {paper}       what is known of it, and why there is no text
  kb doctor             what is missing, and how to get it back

Then open it again."""
TEXT_COMES = """\
# The text is being made

The file of this paper is here; its text is read from it right now, and appears here by itself."""
NO_NOTES = "No notes yet"


class ReaderScreen(Looking):
    """One open paper. It stays open, at its place, while other screens are shown."""

    MODE = "reader"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reader")]
    CSS_PATH = "../../styles/reader.tcss"

    sections = getters.query_one(SectionTree)
    notes = getters.query_one(NotesPane)
    empty = getters.query_one("#empty", Detail)

    def __init__(self) -> None:
        super().__init__()
        self.came_from = "library"
        """The place from which the paper was opened, and to which escape goes back."""
        self._is_stale = False
        """Whether a better text waits until nothing is selected."""

    def compose_body(self) -> ComposeResult:
        """Sections, text, notes."""
        with Horizontal(id="reader-body"):
            yield SectionTree(id="sections")
            with Vertical(id="page"):
                yield Detail(id="empty")
                yield TextView(id="text")
                yield Detail(id="portal")
                yield Input(placeholder="find in this paper; enter for the next place", id="find")
            yield NotesPane(id="notes")

    def on_mount(self) -> None:
        """Nothing is open yet."""
        self.text.display = False
        self.find_box.display = False
        self.portal.display = False
        self.empty.write(NO_PAPER)
        self.add_class("-empty")

    def open(self, asked: OpenPaper) -> None:
        """Show a paper; one that is open already stays at its place unless another is asked for."""
        self.came_from, self.bears_on = asked.back, asked.bears_on
        if self.opened is not None and self.opened.paper.id == asked.paper and self.opened.blocks:
            if asked.block is not None:
                self.text.jump(self._landing(asked))
            self.text.focus()
            return
        self.view.run_in_background(lambda: self._open(asked), "open", latest=True)

    async def _open(self, asked: OpenPaper) -> None:
        self.keep_place()
        self.opened = opened = await self.library.read(paper_queries.open_paper, asked.paper)
        with self.app.batch_update():
            self.bar.title = opened.paper.title
            self._show(opened)
            if opened.blocks:
                at = self._landing(asked) if asked.block is not None else self._place(opened)
                self.text.show(opened.blocks, at)
                self.begin_place(opened, at)
                self.show_notes(opened.notes)
                self.text.focus()
        if opened.stage == 1 and opened.version and self.view.engine is not None:
            self.view.engine.submit("layout", version=opened.version.sha256)
        if opened.warnings:
            self.say(opened.warnings[0], "warning")

    def _show(self, opened: OpenedPaper) -> None:
        self.close_portal()
        self.text.display = bool(opened.blocks)
        self.empty.display = not opened.blocks
        is_coming = opened.version is not None and self.view.engine is not None
        self.empty.write(TEXT_COMES if is_coming else NO_TEXT.format(paper=opened.paper.id))
        self.set_class(not opened.blocks, "-empty")
        self.sections.fill(tuple((line.level, line.title, self.row_of(line.block)) for line in opened.contents))
        self.set_class(not opened.contents, "-no-sections")

    def _place(self, opened: OpenedPaper) -> TextPosition:
        return TextPosition(self.row_of(opened.place), 0)

    def _landing(self, asked: OpenPaper) -> TextPosition:
        """Where a quote stands, else the start of its block."""
        assert self.opened is not None
        row = self.row_of(asked.block or 0)
        texts = [block.text for block in self.opened.blocks]
        found = find_quote(asked.quote, texts, row) if asked.quote else None
        return found[0] if found else TextPosition(row, 0)

    def show_notes(self, notes: "tuple[Note, ...]") -> None:
        """Mark the text and fill the pane, both in the order of the text."""
        marks = self.marks_of(notes)
        place = {mark.note: mark.start for mark in reversed(marks)}
        end = TextPosition(len(self.text.page.texts), 0)
        ordered = sorted(self.notes_shown, key=lambda note: (place.get(note.id, end), note.created_at))
        self.text.mark(marks)
        self.notes.fill(tuple(ordered))
        self.notes.border_title = f"Notes {len(ordered)}" if ordered else NO_NOTES
        self.sections.mark(frozenset(mark.start.block for mark in marks))
        self.set_class(not ordered, "-no-notes")

    def record_changed(self, change: RecordChanged) -> None:
        """Read again what belongs to the open paper: its notes, or its text where a better one was made of it."""
        opened = self.opened
        if opened is None or change.paper not in (None, opened.paper.id):
            return
        if change.what == "notes":
            self.view.run_in_background(lambda: self._reload_notes(opened.paper.id), "notes", latest=True)
        elif change.version and self.text.selection is not None:
            self._is_stale = True
        elif change.version:
            self.view.run_in_background(lambda: self._reload_text(opened), "open", latest=True)

    async def _reload_notes(self, paper: str) -> None:
        notes = await self.library.read(paper_queries.notes_of, paper)
        if self.opened is not None and self.opened.paper.id == paper:
            self.show_notes(notes)

    async def _reload_text(self, before: OpenedPaper) -> None:
        """Show the better text, with the cursor at the words that it stood on."""
        fresh = await self.library.read(paper_queries.open_paper, before.paper.id)
        if self.opened is not before or not fresh.blocks:
            return
        texts = [block.text for block in fresh.blocks]
        at = moved(self.text.cursor, before.blocks[self.text.cursor.block].text, texts) if before.blocks else None
        self.opened = fresh
        with self.app.batch_update():
            self._show(fresh)
            self.text.show(fresh.blocks, at or self._place(fresh))
            self.begin_place(fresh, self.text.cursor)
            self.show_notes(fresh.notes)
        if not before.blocks:
            self.text.focus()
        self.say("The layout of this paper was read: headings and captions are in place" if fresh.stage > 1 else "")

    @on(TextView.Moved)
    def follow(self, event: TextView.Moved) -> None:
        """Say where the reader is, and remember it once they rest; news of the text before this one is late."""
        position = self.text.cursor
        if self.opened is None or position.block >= len(self.opened.blocks):
            return
        if self._is_stale and self.text.selection is None:
            self._is_stale = False
            self.view.run_in_background(partial(self._reload_text, self.opened), "open", latest=True)
        self.go_over(position, event.jumped)
        self.sections.follow(position.block)
        here = self.text.marks_here
        if here and not self.notes.has_focus:
            self.notes.stand_on(here[0].note)
        self.notices.place = self._where(position)
        self.remember_soon()

    def _where(self, position: TextPosition) -> str:
        assert self.opened is not None
        lines = max(1, len(self.text.page.lines) - 1)
        share = round(100 * self.text.page.line_of(position) / lines)
        page = self.opened.blocks[position.block].page
        section = "" if self.sections.display else self.sections.title_at(position.block)[:30]
        return " · ".join(filter(None, [section, f"p. {page}", f"{share} %"]))

    @on(LineView.Chosen, "#sections")
    def go_to_section(self) -> None:
        """Jump to the heading under the cursor."""
        self.text.jump(TextPosition(self.sections.block(self.sections.cursor), 0))
        self.text.focus()
        if self.has_class("-narrow"):
            self.remove_class("-sections-on")

    @on(LineView.Chosen, "#notes")
    def go_to_note(self) -> None:
        """Jump to what the note under the cursor speaks of."""
        note = self.notes.chosen
        mark = next((mark for mark in self.text.marks if note and mark.note == note.id), None)
        if mark is None:
            self.say("This note's words are not found in this version of the text", "warning")
        else:
            self.text.jump(mark.start)
            self.text.focus()

    def action_next_note(self) -> None:
        """To the next marked place."""
        self._to_mark(first_after([mark.start for mark in self.text.marks], self.text.cursor))

    def action_previous_note(self) -> None:
        """To the marked place before."""
        before = [mark.start for mark in self.text.marks if mark.start < self.text.cursor]
        self._to_mark(max(before, default=None))

    def _to_mark(self, position: TextPosition | None) -> None:
        if position is None:
            self.say("No more marked places this way")
        else:
            self.text.jump(position)

    def action_sections(self) -> None:
        """Go to the section tree, or put it away where it is in use."""
        self._toggle(self.sections, "sections")

    def action_notes(self) -> None:
        """Go to the notes, or put them away where they are in use."""
        self._toggle(self.notes, "notes")

    def _toggle(self, pane: LineView, name: str) -> None:
        is_in_use = pane.has_focus
        self.set_class(not is_in_use, f"-{name}-on")
        self.set_class(is_in_use, f"-{name}-off")
        (self.text if is_in_use else pane).focus()

    def action_next_pane(self) -> None:
        """From the text to the notes, the sections, and back."""
        panes = [pane for pane in (self.text, self.notes, self.sections) if pane.display]
        at = next((at for at, pane in enumerate(panes) if pane.has_focus), -1)
        if panes:
            panes[(at + 1) % len(panes)].focus()

    def action_export(self) -> None:
        """Write a summary of this paper with all its notes."""
        export_summary(self.view, self.opened.paper.id if self.opened else None)

    def action_state(self) -> None:
        """Say how far the reader has come with this paper."""
        if self.opened is not None:
            paper = self.opened.paper
            ask_state(self.view, (paper.id,), paper.title, paper.state.value)

    @on(TextView.Left)
    async def action_back(self) -> None:
        """Close the search box, else go back to where the reader came from."""
        if self.find_box.has_focus:
            self.find_box.value = ""
            self.leave_find()
        elif self.portal.display:
            self.close_portal()
        elif not self.text.has_focus and self.text.display:
            self.text.focus()
        else:
            self.keep_place()
            await self.app.switch_mode(self.came_from)
