"""The reader: sections on the left, the text in the middle, the notes beside it; its parts do what is done in it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.actions import bindings
from tui.data import paper_queries
from tui.data.view_models import OpenedPaper
from tui.messages import Answered, OpenPaper, RecordChanged
from tui.screens.base import ModeScreen
from tui.screens.reader.annotations import Annotations
from tui.screens.reader.bookmarks import Bookmarks
from tui.screens.reader.find import TextFind
from tui.screens.reader.paper_actions import PaperActions
from tui.screens.reader.pictures import Pictures
from tui.screens.reader.placeholders import NO_PAPER, no_text
from tui.screens.reader.portal import Portal
from tui.screens.reader.position import ReadingPosition
from tui.text.marks import find_quote, moved
from tui.text.reflow import TextPosition
from tui.widgets.detail import Detail
from tui.widgets.line_view import LineView
from tui.widgets.notes_pane import NotesPane
from tui.widgets.section_tree import SectionTree
from tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from kb.models.note import Note


class ReaderScreen(ModeScreen):
    """One open paper. It stays open, at its place, while other screens are shown."""

    MODE = "reader"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reader")]
    CSS_PATH = "../../styles/reader.tcss"

    text = getters.query_one(TextView)
    sections = getters.query_one(SectionTree)
    notes = getters.query_one(NotesPane)
    empty = getters.query_one("#empty", Detail)
    find_box = getters.query_one("#find", Input)
    portal_pane = getters.query_one("#portal", Detail)

    def __init__(self) -> None:
        super().__init__()
        self.opened: OpenedPaper | None = None
        self.came_from = "library"
        """The place from which the paper was opened, and to which escape goes back."""
        self._is_stale = False
        """Whether a better text waits until nothing is selected."""
        self.annotations = Annotations(self)
        self.bookmarks = Bookmarks(self)
        self.find = TextFind(self)
        self.paper_actions = PaperActions(self)
        self.pictures = Pictures(self)
        self.portal = Portal(self)
        self.position = ReadingPosition(self)

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
        self.portal_pane.display = False
        self.empty.write(NO_PAPER)
        self.add_class("-empty")

    @property
    def is_on_top(self) -> bool:
        """Whether the reader is shown, with no form or other screen over it."""
        return self.app.screen is self

    def open(self, asked: OpenPaper) -> None:
        """Show a paper; one that is open already stays at its place unless another is asked for."""
        self.came_from, self.annotations.bears_on = asked.back, asked.bears_on
        opened = self.opened
        if opened is not None and opened.paper.id == asked.paper and opened.blocks:
            if asked.block is not None:
                self.text.jump(self._position_of(asked, opened))
            self.text.focus()
            return
        self.view.run_in_background(lambda: self._open(asked), "open", latest=True)

    async def _open(self, asked: OpenPaper) -> None:
        self.position.save()
        self.opened = opened = await self.library.read(paper_queries.open_paper, asked.paper)
        with self.app.batch_update():
            self.bar.title = opened.paper.title
            self._show_frame(opened)
            if opened.blocks:
                self._show_text(opened, self._position_of(asked, opened))
                self.text.focus()
        if opened.stage == 1 and opened.version and self.view.engine is not None:
            self.view.engine.submit("layout", version=opened.version.sha256)
        if opened.warnings:
            self.say(opened.warnings[0], "warning")

    def _show_frame(self, opened: OpenedPaper) -> None:
        """All but the text itself: its sections, or why there is no text."""
        self.portal.close()
        self.text.display = bool(opened.blocks)
        self.empty.display = not opened.blocks
        self.empty.write(no_text(opened, has_engine=self.view.engine is not None))
        self.set_class(not opened.blocks, "-empty")
        self.sections.fill(tuple((line.level, line.title, opened.row_of(line.block)) for line in opened.contents))
        self.set_class(not opened.contents, "-no-sections")

    def _show_text(self, opened: OpenedPaper, at: TextPosition) -> None:
        self.text.show(opened.blocks, at)
        self.bookmarks.show(opened.bookmarks)
        self.position.begin(opened, self.text.cursor)
        self._show_notes(opened.notes)

    def _position_of(self, asked: OpenPaper, opened: OpenedPaper) -> TextPosition:
        """Where the quote that is asked for stands, else the start of its block, else where the reader stopped."""
        if asked.block is None:
            return TextPosition(opened.row_of(opened.place), 0)
        row = opened.row_of(asked.block)
        found = find_quote(asked.quote, [block.text for block in opened.blocks], row) if asked.quote else None
        return found[0] if found else TextPosition(row, 0)

    def _show_notes(self, notes: "tuple[Note, ...]") -> None:
        self.annotations.show(notes)
        self.sections.mark(frozenset(mark.start.block for mark in self.text.marks))
        self.set_class(not notes, "-no-notes")

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
            self._show_notes(notes)

    async def _reload_text(self, before: OpenedPaper) -> None:
        """Show the better text, with the cursor at the words that it stood on."""
        fresh = await self.library.read(paper_queries.open_paper, before.paper.id)
        if self.opened is not before or not fresh.blocks:
            return
        texts = [block.text for block in fresh.blocks]
        at = moved(self.text.cursor, before.blocks[self.text.cursor.block].text, texts) if before.blocks else None
        self.opened = fresh
        with self.app.batch_update():
            self._show_frame(fresh)
            self._show_text(fresh, at or TextPosition(fresh.row_of(fresh.place), 0))
        if not before.blocks:
            self.text.focus()
        self.say("The layout of this paper was read: headings and captions are in place" if fresh.stage > 1 else "")

    def answered(self, answer: Answered) -> None:
        """A picture was made, or could not be."""
        self.pictures.answered(answer.reply)

    @on(TextView.Moved)
    def follow(self, event: TextView.Moved) -> None:
        """Say where the reader is, and remember it once they rest; news of the text before this one is late."""
        at = self.text.cursor
        if self.opened is None or at.block >= len(self.opened.blocks):
            return
        if self._is_stale and self.text.selection is None:
            self._is_stale = False
            self.view.run_in_background(partial(self._reload_text, self.opened), "open", latest=True)
        self.position.move_to(at, jumped=event.jumped)
        self.sections.follow(at.block)
        here = self.text.marks_here
        if here and not self.notes.has_focus:
            self.notes.stand_on(here[0].note)
        self.notices.place = self.position.location()
        self.position.save_soon()

    def on_key(self, event: events.Key) -> None:
        """Every key says that somebody reads."""
        self.position.press()

    def on_screen_suspend(self) -> None:
        """Another place is shown."""
        self.position.pause()

    def on_unmount(self) -> None:
        """The application ends; the position is kept all the same."""
        self.position.save_at_exit()

    def action_find(self) -> None:
        """Search in this paper."""
        self.find.open()

    @on(Input.Changed, "#find")
    def show_hits(self, event: Input.Changed) -> None:
        """Show every place that has what is typed."""
        self.find.show_hits(event.value)

    @on(Input.Submitted, "#find")
    def leave_find(self) -> None:
        """Back to the text, at the place that was found."""
        self.find.close()

    def action_next_hit(self) -> None:
        """To the next place that was found, round the end."""
        self.find.next_hit()

    def action_previous_hit(self) -> None:
        """To the place before, round the start."""
        self.find.previous_hit()

    def action_portal(self) -> None:
        """Show below what the cursor stands on points to or means; close it again with the same key."""
        self.portal.toggle()

    def action_enter_portal(self) -> None:
        """Go to what the portal shows."""
        self.portal.enter()

    def action_picture(self) -> None:
        """Ask for the picture of what the portal shows, else of what is under the cursor."""
        self.pictures.request(self.portal.target or self.text.cursor)

    def action_bookmark(self) -> None:
        """Put a bookmark at this paragraph, or take it away."""
        self.bookmarks.toggle()

    def action_bookmarks(self) -> None:
        """List the bookmarks of this paper, and go to one."""
        self.bookmarks.pick()

    def action_highlight(self) -> None:
        """Keep the selection, or the sentence under the cursor."""
        self.annotations.highlight()

    def action_claim(self) -> None:
        """Write down what is claimed here."""
        self.annotations.write("claim")

    def action_evidence(self) -> None:
        """Write down what was observed here."""
        self.annotations.write("evidence")

    def action_note(self) -> None:
        """Write a note of any kind."""
        self.annotations.write("question")

    def action_edit(self) -> None:
        """Change the note under the cursor."""
        self.annotations.edit_here()

    def action_remove(self) -> None:
        """Put the note under the cursor into the trash."""
        self.annotations.remove_here()

    def action_next_note(self) -> None:
        """To the next marked place."""
        self.annotations.go_to_next()

    def action_previous_note(self) -> None:
        """To the marked place before."""
        self.annotations.go_to_previous()

    @on(NotesPane.Edit)
    def edit_chosen(self, event: NotesPane.Edit) -> None:
        """The notes pane asks for the form."""
        if note := self.annotations.find(event.note):
            self.annotations.edit(note)

    @on(NotesPane.Remove)
    def remove_chosen(self, event: NotesPane.Remove) -> None:
        """The notes pane asks for the trash."""
        self.annotations.remove(event.note)

    @on(NotesPane.Rate)
    def rate_chosen(self, event: NotesPane.Rate) -> None:
        """The notes pane asks for a credence."""
        if note := self.annotations.find(event.note):
            self.annotations.rate(note)

    @on(LineView.Chosen, "#notes")
    def go_to_note(self) -> None:
        """Jump to what the note under the pane's cursor speaks of."""
        self.annotations.go_to(self.notes.chosen)

    @on(LineView.Chosen, "#sections")
    def go_to_section(self) -> None:
        """Jump to the heading under the cursor."""
        self.text.jump(TextPosition(self.sections.block(self.sections.cursor), 0))
        self.text.focus()
        if self.has_class("-narrow"):
            self.remove_class("-sections-on")

    def action_sections(self) -> None:
        """Go to the section tree, or put it away where it is in use."""
        self._toggle_pane(self.sections, "sections")

    def action_notes(self) -> None:
        """Go to the notes, or put them away where they are in use."""
        self._toggle_pane(self.notes, "notes")

    def _toggle_pane(self, pane: LineView, name: str) -> None:
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

    def action_pass(self) -> None:
        """Write down a pass over this paper: skim, read or study."""
        self.paper_actions.ask_pass()

    def action_like(self) -> None:
        """More like the selection, or the sentence under the cursor."""
        self.paper_actions.find_similar(self.annotations.quote())

    def action_copy(self) -> None:
        """Copy the selection, or the sentence, with its reference."""
        self.paper_actions.copy(self.annotations.quote())

    def action_copy_link(self) -> None:
        """Copy a Markdown link to the paper."""
        self.paper_actions.copy_link()

    def action_outside(self) -> None:
        """Open the file in the system's own viewer."""
        self.paper_actions.open_outside()

    def action_export(self) -> None:
        """Write a summary of this paper with all its notes."""
        self.paper_actions.export()

    def action_state(self) -> None:
        """Say how far the reader has come with this paper."""
        self.paper_actions.ask_state()

    @on(TextView.Left)
    async def action_back(self) -> None:
        """Close the search box, else the portal, else go back to where the reader came from."""
        if self.find.has_focus:
            self.find.cancel()
        elif self.portal.is_open:
            self.portal.close()
        elif not self.text.has_focus and self.text.display:
            self.text.focus()
        else:
            self.position.save()
            await self.app.switch_mode(self.came_from)
