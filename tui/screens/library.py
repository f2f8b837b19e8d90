"""The library: lists and weeks on the left, papers beside them, and what is known of the one under the cursor."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Input, Static

from tui.actions import bindings
from tui.commands.clipboard import open_address
from tui.commands.notes_and_states import ask_state, export_summary
from tui.data import library_overview
from tui.data.paper_filter import Condition, filters_of_library, with_condition
from tui.data.view_models import Overview
from tui.messages import Answered, OpenPaper, RecordChanged
from tui.render.paper_details import about
from tui.runtime import memory
from tui.screens.base import ModeScreen
from tui.screens.filter_box import FilterBox
from tui.widgets.detail import Detail
from tui.widgets.line_view import LineView
from tui.widgets.list_tree import ListTree
from tui.widgets.paper_list import PaperList

EMPTY_LIBRARY = """\
# Nothing here yet

Papers come in from a shell, while this screen stays open:

  kb fetch spine-10h --week 1     the first five hours of reading
  kb lists              all reading lists that are ready to use
  kb add paper.pdf      or a folder, or arxiv:1706.03741
  kb tutorial           ten minutes on primers that need no network

Then press F5 here."""

NOTHING_FETCHED = """\
# No papers yet

Choose a list or a week on the left (tab goes there), then enter on a paper fetches it, and F the whole week.

In a shell: kb add paper.pdf, or kb tutorial for ten minutes that need no network."""
FILTER_HINT = "words, or state:queued agenda:debate year:2016..2018 has:notes"


class LibraryScreen(ModeScreen):
    """Where a reading session begins."""

    MODE = "library"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("library")]

    lists = getters.query_one(ListTree)
    papers = getters.query_one(PaperList)
    detail = getters.query_one(Detail)
    filter_box = getters.query_one("#filter", Input)
    filter_problem = getters.query_one("#filter-problem", Static)

    def __init__(self) -> None:
        super().__init__()
        self._overview = Overview()
        self._sought = ""
        self._was_loaded = False
        self._filter = FilterBox(self, filters_of_library)
        self._reasons: dict[str, str] = {}
        """Why what was asked for is not here, as the engine knows it."""

    @property
    def narrowed(self) -> PaperList:
        """What the box narrows."""
        return self.papers

    def compose_body(self) -> ComposeResult:
        """Lists, papers, detail."""
        with Horizontal(id="library-body"):
            yield ListTree(id="lists")
            with Container(id="right"):
                with Vertical(id="middle"):
                    yield Input(
                        placeholder=FILTER_HINT,
                        id="filter",
                        select_on_focus=False,
                    )
                    yield Static(id="filter-problem", markup=False)
                    yield PaperList(id="papers")
                yield Detail(id="detail")

    def on_mount(self) -> None:
        """Show the frame at once; the library's content follows."""
        self.filter_box.display = self.filter_problem.display = False
        self.papers.focus()
        self.call_after_refresh(self.load)

    def load(self) -> None:
        """Read lists and papers away from the screen."""
        self.view.run_in_background(self._load, "library", latest=True)

    async def _load(self) -> None:
        self._overview = overview = await self.library.read(library_overview.overview)
        await self._filter.read_again()
        with self.app.batch_update():
            self.lists.fill(overview.lists)
            self.papers.fill(overview.rows(self.lists.chosen))
            self._filter.show_problem()
            self._say_where()
            is_empty = not overview.papers and not overview.entries
            self.set_class(is_empty, "-empty")
            if is_empty:
                self.detail.write(EMPTY_LIBRARY)
        if overview.last_title and not self._was_loaded:
            self.say(f"c continues {overview.last_title}")
        if not self._was_loaded:
            memory.spare_what_stays()
        self._was_loaded = True
        self.view.first_data_shown()

    def record_changed(self, change: RecordChanged) -> None:
        """Read the library again, once it is looked at."""
        self.reload_when_shown(self.load)

    def answered(self, answer: Answered) -> None:
        """Ask why some papers are not here, once the engine is there and after every fetch; show what it says."""
        reply = answer.reply
        if reply.kind in ("sync", "add", "fetch") and reply.final and self.view.engine is not None:
            self.view.engine.submit("reasons")
        elif reply.kind == "reasons" and "reasons" in reply.payload:
            self._reasons = reply.payload["reasons"]
            self.show_paper()

    @on(LineView.Moved, "#lists")
    def show_list(self) -> None:
        """Show the papers of the list under the cursor."""
        self.papers.fill(self._overview.rows(self.lists.chosen))
        self._say_where()

    @on(LineView.Chosen, "#lists")
    def go_to_papers(self) -> None:
        """From a list to its papers."""
        self.papers.focus()

    @on(LineView.Moved, "#papers")
    def show_paper(self) -> None:
        """Show what is known of the paper under the cursor."""
        row = self.papers.chosen
        if row is not None:
            self.detail.write(about(row, self._reasons))
        elif self.papers.total:
            self.detail.write("No paper has all of these words and filters.\n\nescape shows all papers again.")
        elif self._overview.entries:
            self.detail.write(NOTHING_FETCHED if not self._overview.papers else "This list has no papers.")
        self._say_where()

    def _say_where(self) -> None:
        count, total = self.papers.row_count, self.papers.total
        shown = f"{count} of {total}" if count != total else f"{total} papers"
        self.notices.place = shown if self.papers.order == "list" else f"by {self.papers.order} · {shown}"
        chosen = self.lists.chosen
        self.bar.title = chosen.title if chosen else ""

    @on(LineView.Chosen, "#papers")
    def open_chosen(self) -> None:
        """Open the paper under the cursor, or say how to get it."""
        row = self.papers.chosen
        if row is None:
            return
        if row.paper and row.readable:
            self.app.post_message(OpenPaper(row.paper))
        elif row.source and self._sought == row.source and self.view.engine is not None:
            self.view.engine.submit("add", sources=[row.source])
            self.say(f"Fetching {row.source}; you can go on meanwhile")
        elif row.source:
            self._sought = row.source
            self.say(f"Not here yet. Enter again fetches it; in a shell: kb fetch {row.source}")
        elif row.url:
            self.say("There is no text of it here: o opens its page in the browser", "warning")
        else:
            self.say("Not here, and nothing to fetch it by. If you have the file: kb add FILE", "warning")

    @on(Input.Changed, "#filter")
    def narrow(self) -> None:
        """Filter while typing."""
        self._filter.narrow(typing=True)

    @on(Input.Submitted, "#filter")
    def leave_filter(self) -> None:
        """Keep the filter, now judged whole, and go to the papers."""
        self._filter.narrow(typing=False)
        self.papers.focus()

    def action_filter(self) -> None:
        """Type to filter."""
        self._filter.open()

    def action_clear(self) -> None:
        """Drop the marks, or show all papers again."""
        if self.papers.unmark() and not self.filter_box.has_focus:
            return
        self._filter.hide()
        self.papers.focus()

    def action_sort(self) -> None:
        """Show the papers in another order."""
        self.say(f"Sorted by {self.papers.next_order()}; s again for another order")
        self._say_where()

    def action_facets(self) -> None:
        """Choose a state, agenda, list, kind or year to narrow to."""
        self.view.run_in_background(self._pick_facet, "facets", latest=True)

    async def _pick_facet(self) -> None:
        from tui.dialogs.facet_picker import FacetPicker

        filters = await self._filter.ready()

        def chosen(condition: Condition | None) -> None:
            if condition is not None:
                self._filter.fill(with_condition(self.filter_box.value, condition))
                self.papers.focus()

        self.app.push_screen(FacetPicker(self.papers.shown, self.filter_box.value, filters), chosen)

    def action_outside(self) -> None:
        """Open the paper's page in the browser."""
        row = self.papers.chosen
        address = row.address if row else ""
        if address:
            self.say(open_address(address))
        else:
            self.say("No address of it is known; kb show says what is", "warning")

    def action_mark(self) -> None:
        """Mark the paper, or take its mark away, and go on to the next."""
        self.papers.mark()
        count = len(self.papers.marked_or_chosen)
        self.say(f"{count} marked; m and F act on all of them" if self.papers.has_marks else "")

    def action_fetch(self) -> None:
        """Fetch what is marked, else what is missing of this list or week."""
        engine = self.view.engine
        rows = self.papers.marked_or_chosen if self.papers.has_marks else self.papers.shown
        sources = [row.source for row in rows if row.source and not row.readable]
        key = " ".join(sources)
        if not sources or engine is None:
            self.say("Nothing here is missing that could be fetched by itself")
        elif self._sought != key:
            self._sought = key
            self.say(f"F again fetches {len(sources)} papers from arXiv")
        else:
            self._sought = ""
            engine.submit("add", sources=sources)
            self.papers.unmark()
            self.say(f"Fetching {len(sources)} papers, politely: about {4 * len(sources)} s. You can go on meanwhile")

    def action_next_pane(self) -> None:
        """From the lists to the papers and back."""
        (self.lists if self.papers.has_focus else self.papers).focus()

    def action_refresh(self) -> None:
        """Read the library again, once it is looked at."""
        self.reload_when_shown(self.load)

    def action_continue(self) -> None:
        """Open the paper that was open last, at its place."""
        if self._overview.last:
            self.app.post_message(OpenPaper(self._overview.last))
        else:
            self.say("No paper was opened yet: choose one and press enter", "warning")

    def action_export(self) -> None:
        """Write a summary of the paper under the cursor with all its notes."""
        export_summary(self.view, self.papers.chosen.paper if self.papers.chosen else None)

    def action_state(self) -> None:
        """Say how far the reader has come with the paper under the cursor."""
        rows = self.papers.marked_or_chosen
        papers = tuple(row.paper for row in rows if row.paper)
        if papers:
            title = rows[0].title if len(papers) == 1 else f"{len(papers)} papers"
            ask_state(self.view, papers, title, rows[0].state)
            self.papers.unmark()
        else:
            self.say("Only papers that are in the library have a state", "warning")

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
