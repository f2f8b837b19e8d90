"""Search over all papers and notes: words at once, meaning as soon as the engine answers."""

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from tui.actions import bindings
from tui.messages import Answered, OpenPaper
from tui.screens.base import ModeScreen
from tui.widgets.cells import found_in
from tui.widgets.detail import Detail
from tui.widgets.line_view import LineView
from tui.widgets.result_list import ResultList

if TYPE_CHECKING:
    from kb.models.search import Hit, SearchResult

LIMIT = 50
PAUSE = 0.2
"""Seconds without a key before meaning is asked for."""
WHERE = ("all", "passages", "notes")
HOW = ("hybrid", "words", "meaning")
NAMES = {
    "all": "papers and notes", "passages": "papers", "notes": "notes",
    "hybrid": "words and meaning", "words": "words", "meaning": "meaning",
}  # fmt: skip
HINT = """\
# Find an idea, not only a word

Type what you are looking for in your own words. Hits by words come while you type, hits by meaning a moment later.

"in quotes" must stand there just so. ↓ and ↑ go through the hits, enter opens the paper at that line, and escape \
comes back here."""


class SearchScreen(ModeScreen):
    """A line to type into, hits, and the one under the cursor in full."""

    MODE = "search"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    CSS_PATH = "../styles/search.tcss"

    query_box = getters.query_one("#query", Input)
    results = getters.query_one(ResultList)
    preview = getters.query_one(Detail)

    def __init__(self) -> None:
        super().__init__()
        self._where = self._how = 0
        self._pause: Timer | None = None
        self._asked: int | None = None

    def compose_body(self) -> ComposeResult:
        """Query, hits, preview."""
        with Vertical(id="search-body"):
            yield Input(placeholder="what are you looking for?", id="query", select_on_focus=False)
            with Horizontal(id="found"):
                yield ResultList(id="results")
                yield Detail(id="preview")

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_box.focus()
        self._say_how()
        self.preview.write(HINT)
        self.add_class("-nothing")

    def on_screen_resume(self) -> None:
        """Come back as it was left, ready to type on."""
        self.query_box.focus()

    @on(Input.Changed, "#query")
    def ask(self) -> None:
        """Words now, meaning after a pause."""
        if self._pause is not None:
            self._pause.stop()
        self._asked = None
        text = self.query_box.value.strip()
        if not text:
            self._show((), "")
            self.preview.write(HINT)
            return
        if HOW[self._how] != "meaning":
            self.view.told(lambda: self._ask_words(text), "words", latest=True)
        if HOW[self._how] != "words":
            self._pause = self.set_timer(PAUSE, self.ask_engine)

    async def _ask_words(self, text: str) -> None:
        result = await self.shelf.search_words(text, WHERE[self._where], LIMIT)
        if text == self.query_box.value.strip():
            self._show_result(result, keep=False)

    def ask_engine(self) -> None:
        """Ask for meaning; its answer comes later."""
        engine = self.view.engine
        text = self.query_box.value.strip()
        if engine is None or not text:
            return
        self._asked = engine.submit("search", query=text, where=WHERE[self._where], mode=HOW[self._how], limit=LIMIT)

    def answered(self, answer: Answered) -> None:
        """Better hits arrived; those of an older question are dropped."""
        reply = answer.reply
        if reply.kind != "search" or reply.id != self._asked:
            return
        if reply.error:
            self.say(f"Meaning did not answer: {reply.error}", "warning")
        elif reply.final:
            from kb.models.search import SearchResult

            self._show_result(SearchResult.model_validate(reply.payload), keep=True)

    def _show_result(self, result: "SearchResult", *, keep: bool) -> None:
        self._show(result.hits, f"{len(result.hits)} hit{'s' * (len(result.hits) != 1)}", keep=keep)
        if result.notice:
            self.say(result.notice, "warning")
        if not result.hits:
            self.preview.write(f"Nothing has “{result.query}”.\n\nFewer words find more; F2 and F3 look elsewhere.")

    def _show(self, hits: "tuple[Hit, ...]", place: str, *, keep: bool = False) -> None:
        self.set_class(not hits, "-nothing")
        self.results.fill(hits, keep=keep)
        self.notices.place = place

    @on(LineView.Moved, "#results")
    def show_hit(self) -> None:
        """The hit under the cursor in full."""
        hit = self.results.chosen
        if hit is None:
            return
        place = " · ".join(filter(None, [hit.section, f"p. {hit.page}" if hit.page else "", hit.kind or ""]))
        head = f"# {hit.title or 'A note without a paper'}\n{place}\n\n"
        words = {hit.snippet[start:end].lower() for start, end in hit.marks}
        marks = tuple((a + len(head), b + len(head)) for a, b in found_in(hit.text, words))
        self.preview.write(head + hit.text, marks)

    def action_open(self) -> None:
        """Open the paper at the hit's line."""
        hit = self.results.chosen
        if hit is None:
            return
        if hit.paper is None:
            self.say("This note belongs to no paper", "warning")
            return
        self.app.post_message(OpenPaper(hit.paper, hit.block or 0, landing_words(hit), back="search"))

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
        self._where = (self._where + 1) % len(WHERE)
        self._say_how()
        self.ask()

    def action_how(self) -> None:
        """Words, meaning, or both."""
        self._how = (self._how + 1) % len(HOW)
        self._say_how()
        self.ask()

    def _say_how(self) -> None:
        self.query_box.border_title = f"Find in {NAMES[WHERE[self._where]]}"
        self.query_box.border_subtitle = f"by {NAMES[HOW[self._how]]}"

    def action_down(self) -> None:
        """Next hit."""
        self.results.action_down()

    def action_up(self) -> None:
        """Previous hit."""
        self.results.action_up()

    def action_page_down(self) -> None:
        """One screenful of hits down."""
        self.results.action_page_down()

    def action_page_up(self) -> None:
        """One screenful of hits up."""
        self.results.action_page_up()

    async def action_back(self) -> None:
        """Back to the library, or to the paper that is open."""
        await self.app.switch_mode("library")


def landing_words(hit: "Hit") -> str:
    """The words at which the reader should land: from the first that matched, a few more."""
    if not hit.marks:
        return " ".join(hit.text.split()[:6])
    start = hit.marks[0][0]
    return " ".join(hit.snippet[start:].split()[:5]).rstrip("…")
