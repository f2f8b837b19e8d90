"""Search over all papers and notes: a line to type into, hits, and the one under the cursor in full."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.actions import bindings
from tui.commands.clipboard import as_quotation
from tui.commands.notes_and_states import edit_note
from tui.data import search_queries
from tui.data.search_queries import HOW, WHERE, Like, SearchMode
from tui.data.view_models import SelectedQuote
from tui.messages import Answered, OpenPaper
from tui.screens.base import ModeScreen
from tui.screens.search.back_stack import BackStack
from tui.screens.search.presenter import ResultsPresenter
from tui.screens.search.queries import QueryRunner
from tui.screens.search.recent import RecentQueries
from tui.screens.search.saved import SavedSearches
from tui.widgets.cells import found_in
from tui.widgets.chips import Chips, without
from tui.widgets.detail import Detail
from tui.widgets.line_view import LineView
from tui.widgets.result_list import ResultList

if TYPE_CHECKING:
    from kb.models.search import Hit, SearchResult

LABEL = 60
"""Letters of a passage by which it is called."""


class SearchScreen(ModeScreen):
    """Where everything is found; it stays as it was while what was found is read."""

    MODE = "search"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    CSS_PATH = "../../styles/search.tcss"

    query_box = getters.query_one("#query", Input)
    results = getters.query_one(ResultList)
    preview = getters.query_one(Detail)
    chips = getters.query_one(Chips)

    def __init__(self) -> None:
        super().__init__()
        self.queries = QueryRunner(self)
        self.presenter = ResultsPresenter(self, self.queries)
        self.back_stack = BackStack(self, self.queries, self.presenter)
        self.recent = RecentQueries(self, self.queries)
        self.saved = SavedSearches(self, self.queries)

    def compose_body(self) -> ComposeResult:
        """Query, what it was understood as, hits, preview."""
        with Vertical(id="search-body"):
            yield Input(placeholder="what are you looking for?", id="query", select_on_focus=False)
            yield Chips(id="chips")
            with Horizontal(id="found"):
                yield ResultList(id="results")
                yield Detail(id="preview")

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_box.focus()
        self.queries.set_mode(SearchMode())
        self.add_class("-nothing")
        self.show_nothing_asked()

    def on_screen_resume(self) -> None:
        """Come back as it was left, ready to type on."""
        self.query_box.focus()
        self.view.run_in_background(self.recent.load, "recent", latest=True)

    def on_screen_suspend(self) -> None:
        """What was asked is worth remembering."""
        self.recent.remember()

    @on(Input.Changed, "#query")
    def ask(self) -> None:
        """Ask what is in the query now; whatever words are typed, there is no way back to a search before."""
        if self.queries.text:
            self.back_stack.clear()
        self.queries.run()

    def answered(self, answer: Answered) -> None:
        """Hits, or how much is new in the searches that are kept."""
        self.queries.answered(answer.reply)
        self.saved.answered(answer.reply)

    def show_result(self, result: "SearchResult", *, keep: bool, is_last: bool) -> None:
        """Show an answer; the ``last`` one to a kept search says what is new."""
        self.presenter.show(result, keep=keep, is_last=is_last)
        if is_last:
            self.saved.count_new(result.hits)

    def show_nothing_asked(self) -> None:
        """Say what can be done; nothing is asked."""
        self.presenter.show_nothing_asked()

    def more_like(self, like: Like, back: str = "") -> None:
        """Show what is like something; escape goes back to the search as it is now, or to the place it came from."""
        self.back_stack.push(back)
        self.queries.cancel()
        self.queries.like = like
        self.queries.set_text_silently("")
        self.presenter.show_waiting(like.label)
        self.queries.ask_engine()

    @on(LineView.Moved, "#results")
    def show_hit(self) -> None:
        """The hit under the cursor in full."""
        hit = self.results.chosen
        if hit is None:
            return
        head = f"# {hit.title or 'A note without a paper'}\n{place_of(hit)}\n\n"
        words = {hit.snippet[start:end].lower() for start, end in hit.marks}
        marks = tuple((a + len(head), b + len(head)) for a, b in found_in(hit.text, words))
        self.preview.write(head + hit.text, marks)
        self.preview.show_mark()

    @on(LineView.Chosen, "#results")
    @on(Input.Submitted, "#query")
    def action_open(self) -> None:
        """Open the paper at the hit's line; a note without a paper opens in its form."""
        hit = self.results.chosen
        if hit is None:
            return
        self.recent.remember()
        if hit.paper is not None:
            self.app.post_message(OpenPaper(hit.paper, hit.block or 0, landing_words(hit), back="search"))
        elif hit.note is not None:
            self.view.run_in_background(partial(self._edit, hit.note), "open", latest=True)

    async def _edit(self, id_: str) -> None:
        edit_note(self.view, await self.library.write(search_queries.note, id_))

    def action_where(self) -> None:
        """Papers, notes, or both."""
        mode = self.queries.mode
        self._ask_in(replace(mode, where=after(WHERE, mode.where)))

    def action_how(self) -> None:
        """Words, meaning, or both."""
        mode = self.queries.mode
        self._ask_in(replace(mode, how=after(HOW, mode.how)))

    def action_group(self) -> None:
        """Each paper's best hit, or every hit."""
        mode = self.queries.mode
        self._ask_in(replace(mode, grouped=not mode.grouped))

    def _ask_in(self, mode: SearchMode) -> None:
        self.queries.set_mode(mode)
        self.ask()

    def action_like(self) -> None:
        """More like the hit under the cursor."""
        if (hit := self.results.chosen) is not None:
            self.recent.remember()
            label = f"“{' '.join(hit.text.split())[:LABEL]}…”"
            self.more_like(Like(hit.note or hit.id, label))

    def action_preview(self) -> None:
        """Show or hide the hit in full."""
        self.toggle_class("-no-preview")

    def action_drop_filter(self) -> None:
        """Drop the last filter, or what hits are like."""
        if self.chips.filters:
            self.drop(Chips.Dropped(self.chips.filters[-1]))
        elif self.queries.like is not None:
            self.drop(Chips.Dropped(None))

    @on(Chips.Dropped)
    def drop(self, event: Chips.Dropped) -> None:
        """A chip was pressed."""
        if event.dropped is None:
            self.queries.like = None
            self.ask()
        else:
            self.queries.set_text(without(self.query_box.value, event.dropped))

    def action_copy(self) -> None:
        """Copy the hit under the cursor with its reference."""
        if (hit := self.results.chosen) is not None:
            self.view.run_in_background(partial(self._copy, hit), "copy")

    async def _copy(self, hit: "Hit") -> None:
        text = " ".join(hit.text.split())
        if hit.paper is not None:
            id_ = hit.paper
            paper = await self.library.write(search_queries.paper, id_)
            text = as_quotation(SelectedQuote(text, page=hit.page), paper)
        self.app.copy_to_clipboard(text)
        self.say("Copied with its reference" if hit.paper else "Copied")

    def action_keep(self) -> None:
        """Keep this search under a name."""
        self.saved.save()

    def action_kept(self) -> None:
        """Pick one of the searches that are kept."""
        self.saved.pick()

    def action_recent(self) -> None:
        """Pick one of the last searches."""
        self.recent.pick()

    def action_down(self) -> None:
        """Next hit."""
        self.results.action_down()

    def action_up(self) -> None:
        """Previous hit; above the first one, in a line that is empty, what was searched for before."""
        if self.results.cursor or self.queries.like or not self.recent.can_recall:
            self.results.action_up()
        else:
            self.recent.recall_older()

    def action_page_down(self) -> None:
        """One screenful of hits down."""
        self.results.action_page_down()

    def action_page_up(self) -> None:
        """One screenful of hits up."""
        self.results.action_page_up()

    async def action_back(self) -> None:
        """Back to the search before, or to where the reader came from."""
        left = self.back_stack.pop()
        if left is None or left.back:
            await self.app.switch_mode(left.back if left else "library")


def after(choices: tuple[str, ...], now: str) -> str:
    """The next of a few, round the end."""
    return choices[(choices.index(now) + 1) % len(choices)]


def place_of(hit: "Hit") -> str:
    """Whose, where, and for a note what it bears on."""
    page = f"p. {hit.page}" if hit.page else ""
    kind = " ".join(filter(None, [hit.kind, hit.colour]))
    return " · ".join(filter(None, [kind, ", ".join(hit.agendas), hit.by, hit.section, page]))


def landing_words(hit: "Hit") -> str:
    """The words at which the reader should land: what a note quotes, else from the first that matched a few more."""
    if hit.note:
        return " ".join(hit.text.strip().splitlines()[-1].split()[:8]) if hit.text.strip() else ""
    if not hit.marks:
        return " ".join(hit.text.split()[:6])
    start = hit.marks[0][0]
    return " ".join(hit.snippet[start:].split()[:5]).rstrip("…")
