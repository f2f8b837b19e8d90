"""Search over all papers and notes: a line to type into, hits, and the one under the cursor in full."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.actions import bindings
from tui.commands.clipboard import as_quotation
from tui.commands.notes_and_states import edit_note
from tui.data import search_queries
from tui.data.search_queries import HOW, NAMES, WHERE, Like, SearchMode
from tui.data.view_models import SelectedQuote
from tui.messages import Answered, OpenPaper
from tui.screens.search.queries import SearchAsking
from tui.screens.search.saved import AskName, SavedSearches, SavedSearchList, SavedSearchRow
from tui.widgets.cells import found_in
from tui.widgets.chips import Chips, without
from tui.widgets.detail import Detail
from tui.widgets.line_view import LineView
from tui.widgets.result_list import ResultList

if TYPE_CHECKING:
    from kb.library.saved_searches import SavedSearch
    from kb.models.search import Hit

LABEL = 60
"""Letters of a passage by which it is called."""


class SearchScreen(SearchAsking):
    """Where everything is found; it stays as it was while what was found is read."""

    MODE = "search"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    CSS_PATH = "../../styles/search.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._recent: tuple[str, ...] = ()
        self._recalled = ""

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
        self._say_how()
        self.add_class("-nothing")
        self.show_nothing_asked()

    def on_screen_resume(self) -> None:
        """Come back as it was left, ready to type on."""
        self.query_box.focus()
        self.view.run_in_background(self._read_recent, "recent", latest=True)

    def on_screen_suspend(self) -> None:
        """What was asked is worth remembering."""
        self._remember()

    async def _read_recent(self) -> None:
        self._recent = await self.library.write(search_queries.recent)

    def _remember(self) -> None:
        if (text := self.text) and self.results.row_count:
            self.view.run_in_background(lambda: self.library.write(search_queries.remember, text), "remember")

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

    def action_open(self) -> None:
        """Open the paper at the hit's line; a note without a paper opens in its form."""
        hit = self.results.chosen
        if hit is None:
            return
        self._remember()
        if hit.paper is not None:
            self.app.post_message(OpenPaper(hit.paper, hit.block or 0, landing_words(hit), back="search"))
        elif hit.note is not None:
            self.view.run_in_background(partial(self._edit, hit.note), "open", latest=True)

    async def _edit(self, id_: str) -> None:
        edit_note(self.view, await self.library.write(search_queries.note, id_))

    @on(LineView.Chosen, "#results")
    def open_pressed(self) -> None:
        """A hit was pressed with the mouse."""
        self.action_open()

    @on(Input.Submitted, "#query")
    def open_first(self) -> None:
        """Enter in the line opens the hit under the cursor."""
        self.action_open()

    def action_where(self) -> None:
        """Papers, notes, or both."""
        self._ask_in(replace(self.manner, where=after(WHERE, self.manner.where)))

    def action_how(self) -> None:
        """Words, meaning, or both."""
        self._ask_in(replace(self.manner, how=after(HOW, self.manner.how)))

    def action_group(self) -> None:
        """Each paper's best hit, or every hit."""
        self._ask_in(replace(self.manner, grouped=not self.manner.grouped))

    def _ask_in(self, manner: SearchMode) -> None:
        self.manner = manner
        self._say_how()
        self.ask()

    def _say_how(self) -> None:
        self.query_box.border_title = f"Find in {NAMES[self.manner.where]}"
        self.query_box.border_subtitle = self.manner.in_words

    def action_like(self) -> None:
        """More like the hit under the cursor."""
        if (hit := self.results.chosen) is not None:
            self._remember()
            label = f"“{' '.join(hit.text.split())[:LABEL]}…”"
            self.more_like(Like(hit.note or hit.id, label))

    def action_preview(self) -> None:
        """Show or hide the hit in full."""
        self.toggle_class("-no-preview")

    def action_drop_filter(self) -> None:
        """Drop the last filter, or what hits are like."""
        if self.chips.filters:
            self.set_query(without(self.query_box.value, self.chips.filters[-1]))
        elif self.like is not None:
            self.drop(Chips.Dropped(None))

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
        if not self.text:
            self.say("Type what is to be kept first", "warning")
            return
        query, manner, hits = self.text, self.manner, self.results.hits

        def named(name: str | None) -> None:
            if name:
                self.view.run_in_background(partial(self._keep, name, query, manner, hits), "kept")

        self.app.push_screen(AskName("Keep this search as", self.text), named)

    async def _keep(self, name: str, query: str, manner: SearchMode, hits: "tuple[Hit, ...]") -> None:
        await self.library.write(search_queries.keep, name, query, manner, hits)
        self.say(f"Kept as {name}: F6 has it, and counts what is new")

    def action_kept(self) -> None:
        """Pick one of the searches that are kept."""
        self.view.run_in_background(self._pick_kept, "kept", latest=True)

    async def _pick_kept(self) -> None:
        kept = await self.library.write(search_queries.kept)
        if not kept:
            self.say("No search is kept: ctrl+s keeps the one that you see", "warning")
            return
        if self.view.engine is not None:
            self.view.engine.submit("saved")
        self.app.push_screen(SavedSearches(kept, self.view), self._picked)

    def _picked(self, search: "SavedSearch | None") -> None:
        if search is not None:
            self.manner = SearchMode(search.where, search.mode, search.grouped)
            self._say_how()
            self.kept_name = search.name
            self.query_box.value = ""
            self.set_query(search.query)

    def action_recent(self) -> None:
        """Pick one of the last searches."""
        if not self._recent:
            self.say("Nothing was searched for yet", "warning")
            return
        rows = tuple(SavedSearchRow("", "", query) for query in self._recent)

        def picked(row: int | None) -> None:
            if row is not None:
                self.set_query(rows[row].query)

        self.app.push_screen(SavedSearchList("Searched for last    enter asks it again, escape closes", rows), picked)

    def answered(self, answer: Answered) -> None:
        """Hits, or how much is new in the searches that are kept."""
        super().answered(answer)
        if answer.reply.kind == "saved" and isinstance(self.app.screen, SavedSearches) and not answer.reply.error:
            self.app.screen.tell(answer.reply.payload.get("news") or {})

    def action_down(self) -> None:
        """Next hit."""
        self.results.action_down()

    def action_up(self) -> None:
        """Previous hit; above the first one, in a line that is empty, what was searched for before."""
        if self.results.cursor or self.like or self.query_box.value not in ("", self._recalled):
            self.results.action_up()
            return
        older = [query for query in self._recent if query != self._recalled]
        at = self._recent.index(self._recalled) + 1 if self.text and self._recalled in self._recent else 0
        if older and at < len(self._recent):
            self._recalled = self._recent[at]
            self.set_query(self._recalled)

    def action_page_down(self) -> None:
        """One screenful of hits down."""
        self.results.action_page_down()

    def action_page_up(self) -> None:
        """One screenful of hits up."""
        self.results.action_page_up()

    async def action_back(self) -> None:
        """Back to the search before, or to where the reader came from."""
        left = self.trail.pop() if self.trail else None
        if left is not None:
            self.return_to(left)
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
