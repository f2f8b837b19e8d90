"""Saved searches: a search is kept under a name, and picked again with what is new in it since it was last seen."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.data import search_queries
from tui.data.search_queries import SearchMode
from tui.text.plain import plain
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.library.saved_searches import SavedSearch
    from kb.models.search import Hit
    from tui.engine_port import EngineReply
    from tui.host import Host
    from tui.screens.search.host import SearchHost
    from tui.screens.search.queries import QueryRunner

NEWS_WIDTH = 8


class QueryRow(NamedTuple):
    """One line: a name and its news, both empty for a search of late, and the query."""

    name: str
    news: str
    query: str


class QueryTable(LineView):
    """Names, what is new, and what is asked."""

    def __init__(self, rows: Sequence[QueryRow]) -> None:
        super().__init__(id="kept-lines")
        self.rows = tuple(rows)

    def on_mount(self) -> None:
        """As high as there are lines, up to what fits."""
        self.styles.height = max(1, len(self.rows))

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self.rows)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """Name, news and query in columns; the query alone where there are no names."""
        one = self.rows[row]
        if not one.name:
            return [[Segment(f" {fit(one.query, width - 2)}", self.part("plain"))]]
        wide = min(24, max(len(row.name) for row in self.rows))
        query = fit(one.query, max(0, width - wide - NEWS_WIDTH - 4))
        return [
            [
                Segment(f" {fit(one.name, wide)} ", self.part("strong")),
                Segment(f"{one.news:>{NEWS_WIDTH}}  ", self.part("match")),
                Segment(query, self.part("dim")),
            ]
        ]


class QueryPicker(ModalScreen[int | None]):
    """A title over lines; enter picks one."""

    CSS_PATH = "../../styles/kept_searches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Close")]

    lines = getters.query_one(QueryTable)

    def __init__(self, title: str, rows: Sequence[QueryRow]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(id="kept"):
            yield Static(plain(self._title), id="kept-title", markup=False)
            yield QueryTable(self._rows)

    @on(LineView.Chosen)
    def choose(self, event: LineView.Chosen) -> None:
        """Take the one under the cursor."""
        self.dismiss(event.row)


class SavedSearchPicker(ModalScreen["SavedSearch | None"]):
    """The searches that are kept; the engine says a moment later what is new in each."""

    CSS_PATH = "../../styles/kept_searches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f6", "dismiss(None)", "Close"),
        Binding("d,delete", "forget", "Drop"),
    ]

    lines = getters.query_one(QueryTable)

    def __init__(self, kept: "Sequence[SavedSearch]", view: "Host") -> None:
        super().__init__()
        self._kept = list(kept)
        self._view = view
        self._news: Mapping[str, int | None] = {}

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(id="kept"):
            yield Static(
                "Searches that you keep    enter asks one, d drops it, escape closes", id="kept-title", markup=False
            )
            yield QueryTable(self._lines())

    def _lines(self) -> list[QueryRow]:
        return [QueryRow(one.name, news_label(self._news.get(one.name, 0)), one.query) for one in self._kept]

    def show_news(self, news: Mapping[str, int | None]) -> None:
        """What is new in each."""
        self._news = news
        self._draw()

    def _draw(self) -> None:
        self.lines.rows = tuple(self._lines())
        self.lines.rows_changed()

    @on(LineView.Chosen)
    def choose(self, event: LineView.Chosen) -> None:
        """Ask the one under the cursor."""
        self.dismiss(self._kept[event.row])

    def action_forget(self) -> None:
        """Drop the one under the cursor."""
        if self._kept:
            gone = self._kept.pop(self.lines.cursor)
            self._view.run_in_background(partial(self._delete, gone.name), "kept")
            self._draw()
            if not self._kept:
                self.dismiss(None)

    async def _delete(self, name: str) -> None:
        await self._view.library.write(search_queries.delete, name)
        self._view.say(f"Dropped {name}")


def news_label(count: int | None) -> str:
    """How much is new, in a word or two."""
    return "fails" if count is None else f"{count} new" if count else ""


class NamePrompt(ModalScreen[str | None]):
    """One line to type a name into; the words of the query are offered."""

    CSS_PATH = "../../styles/kept_searches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, offered: str) -> None:
        super().__init__()
        self._title = title
        self._offered = " ".join(offered.split()[:3])

    def compose(self) -> ComposeResult:
        """Title and line."""
        with Vertical(id="kept"):
            yield Static(f"{plain(self._title)}    enter keeps it, escape does not", id="kept-title", markup=False)
            yield Input(self._offered, id="kept-name")

    @on(Input.Submitted)
    def named(self, event: Input.Submitted) -> None:
        """Keep it under this name."""
        self.dismiss(event.value.strip() or None)


class SavedSearches:
    """Keeps the search that is shown, and shows one that is kept."""

    def __init__(self, screen: "SearchHost", queries: "QueryRunner") -> None:
        self._screen = screen
        self._queries = queries
        self._to_count = ""
        """The saved search that is shown, until its hits are counted."""

    def save(self) -> None:
        """Ask for a name, and keep the search under it."""
        query, mode, hits = self._queries.text, self._queries.mode, self._screen.results.hits
        if not query:
            self._screen.say("Type what is to be kept first", "warning")
            return

        def named(name: str | None) -> None:
            if name:
                self._screen.view.run_in_background(partial(self._save, name, query, mode, hits), "kept")

        self._screen.view.push_screen(NamePrompt("Keep this search as", query), named)

    async def _save(self, name: str, query: str, mode: SearchMode, hits: "tuple[Hit, ...]") -> None:
        await self._screen.view.library.write(search_queries.save, name, query, mode, hits)
        self._screen.say(f"Kept as {name}: F6 has it, and counts what is new")

    def pick(self) -> None:
        """Pick one of those that are kept."""
        self._screen.view.run_in_background(self._pick, "kept", latest=True)

    async def _pick(self) -> None:
        view = self._screen.view
        kept = await view.library.write(search_queries.saved)
        if not kept:
            self._screen.say("No search is kept: ctrl+s keeps the one that you see", "warning")
            return
        if view.engine is not None:
            view.engine.submit("saved")
        view.push_screen(SavedSearchPicker(kept, view), self._picked)

    def _picked(self, search: "SavedSearch | None") -> None:
        if search is not None:
            self._queries.set_mode(SearchMode(search.where, search.mode, search.grouped))
            self._to_count = search.name
            self._screen.query_box.value = ""
            self._queries.set_text(search.query)

    def count_new(self, hits: "tuple[Hit, ...]") -> None:
        """The last answer is there: where it is one to a saved search, say what is new in it."""
        name, self._to_count = self._to_count, ""
        if name:
            self._screen.view.run_in_background(partial(self._count_new, name, hits), "kept", latest=True)

    async def _count_new(self, name: str, hits: "tuple[Hit, ...]") -> None:
        new = await self._screen.view.library.write(search_queries.mark_seen, name, hits)
        self._screen.results.mark_new(new)
        self._screen.say(f"{name}: {len(new) or 'nothing'} new since you last looked")

    def answered(self, reply: "EngineReply") -> None:
        """The engine says how much is new in each."""
        picker = self._screen.view.screen
        if reply.kind == "saved" and isinstance(picker, SavedSearchPicker) and not reply.error:
            picker.show_news(reply.payload.get("news") or {})
