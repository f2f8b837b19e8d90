"""Picking a search again: those that are kept, with what is new in each, and those of late; and naming one."""

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
from tui.text.plain import plain
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.library.saved_searches import SavedSearch
    from tui.host import Host

NEWS_WIDTH = 8


class SavedSearchRow(NamedTuple):
    """One line: a name and its news, both empty for a search of late, and the query."""

    name: str
    news: str
    query: str


class SavedSearchLines(LineView):
    """Names, what is new, and what is asked."""

    def __init__(self, rows: Sequence[SavedSearchRow]) -> None:
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


class SavedSearchList(ModalScreen[int | None]):
    """A title over lines; enter picks one."""

    CSS_PATH = "../../styles/kept_searches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Close")]

    lines = getters.query_one(SavedSearchLines)

    def __init__(self, title: str, rows: Sequence[SavedSearchRow]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(id="kept"):
            yield Static(plain(self._title), id="kept-title", markup=False)
            yield SavedSearchLines(self._rows)

    @on(LineView.Chosen)
    def choose(self, event: LineView.Chosen) -> None:
        """Take the one under the cursor."""
        self.dismiss(event.row)


class SavedSearches(ModalScreen["SavedSearch | None"]):
    """The searches that are kept; the engine says a moment later what is new in each."""

    CSS_PATH = "../../styles/kept_searches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f6", "dismiss(None)", "Close"),
        Binding("d,delete", "forget", "Drop"),
    ]

    lines = getters.query_one(SavedSearchLines)

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
            yield SavedSearchLines(self._lines())

    def _lines(self) -> list[SavedSearchRow]:
        return [SavedSearchRow(one.name, told(self._news.get(one.name, 0)), one.query) for one in self._kept]

    def tell(self, news: Mapping[str, int | None]) -> None:
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
            self._view.run_in_background(partial(self._forget, gone.name), "kept")
            self._draw()
            if not self._kept:
                self.dismiss(None)

    async def _forget(self, name: str) -> None:
        await self._view.library.write(search_queries.forget, name)
        self._view.say(f"Dropped {name}")


def told(count: int | None) -> str:
    """How much is new, in a word or two."""
    return "fails" if count is None else f"{count} new" if count else ""


class AskName(ModalScreen[str | None]):
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
