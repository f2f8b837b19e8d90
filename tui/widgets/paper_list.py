"""The papers of the library or of a list, one line each, however many there are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.data.paper_filter import ORDERS, PaperFilter, facts_of, filtered, ordered, read_filter
from tui.data.view_models import SIGNS, PaperRow
from tui.widgets.cells import fit, found_in, marked
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.search.filter_data import PaperFacts
    from kb.search.library_filters import LibraryFilters

STATE_PARTS = {"queued": "match", "skimmed": "accent", "read": "accent", "studied": "accent", "reproduced": "accent"}


class PaperList(LineView):
    """Papers with state, title, authors, year and how many notes there are."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._given: tuple[PaperRow, ...] = ()
        self._all: tuple[PaperRow, ...] = ()
        self._haystacks: tuple[str, ...] = ()
        self._shown: tuple[PaperRow, ...] = ()
        self._filter = PaperFilter()
        self._text, self._typing = "", False
        self._filters: LibraryFilters | None = None
        self._facts: tuple[PaperFacts | None, ...] = ()
        self.order = next(iter(ORDERS))
        self._marked: set[tuple[str, str]] = set()

    @property
    def row_count(self) -> int:
        """How many papers pass the filter."""
        return len(self._shown)

    @property
    def shown(self) -> Sequence[PaperRow]:
        """The papers that pass the filter."""
        return self._shown

    @property
    def total(self) -> int:
        """How many papers there are without the filter."""
        return len(self._all)

    @property
    def chosen(self) -> PaperRow | None:
        """The paper under the cursor."""
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def fill(self, rows: tuple[PaperRow, ...]) -> None:
        """Show other papers; the cursor stays on its paper where that is among them."""
        before = self.chosen
        self._given = rows
        self._all = ordered(rows, self.order)
        rows = self._all
        self._haystacks = tuple(row.search_text for row in rows)
        self._look_up()
        self._pass()
        same = (at for at, row in enumerate(self._shown) if before and identity(row) == identity(before))
        self.rows_changed(next(same, 0))

    def narrow(self, text: str, *, typing: bool = False) -> None:
        """Show only the papers that have these words and meet these filters."""
        self._text, self._typing = text, typing
        self._pass()
        self.rows_changed(0)

    @property
    def filters(self) -> "LibraryFilters | None":
        """What the filters look at, once it was read."""
        return self._filters

    @filters.setter
    def filters(self, filters: "LibraryFilters") -> None:
        self._filters = filters
        self._look_up()

    def _look_up(self) -> None:
        self._facts = facts_of(self._all, self._filters) if self._filters else ()

    def _pass(self) -> None:
        self._filter = read_filter(self._text, self._filters, typing=self._typing)
        self._shown = filtered(self._all, self._haystacks, self._filter, self._facts)

    @property
    def asked(self) -> PaperFilter:
        """What the filter was understood as."""
        return self._filter

    def next_order(self) -> str:
        """Show the papers in the next order; returns its name."""
        names = list(ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        self.fill(self._given)
        return self.order

    def stand_on(self, paper: str) -> None:
        """Put the cursor on a paper."""
        self.cursor = next((at for at, row in enumerate(self._shown) if row.paper == paper), self.cursor)

    @property
    def has_marks(self) -> bool:
        """Whether any paper is marked."""
        return bool(self._marked)

    @property
    def marked_or_chosen(self) -> tuple[PaperRow, ...]:
        """The marked papers, else the one under the cursor."""
        if self._marked:
            return tuple(row for row in self._all if identity(row) in self._marked)
        return (self.chosen,) if self.chosen else ()

    def mark(self) -> None:
        """Mark the paper under the cursor, or take its mark away, and go to the next row."""
        if self.chosen:
            self._marked ^= {identity(self.chosen)}
            self.row_changed()
            self.action_down()

    def unmark(self) -> bool:
        """Take all marks away; whether there were any."""
        had, self._marked = bool(self._marked), set()
        self.row_changed()
        return had

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """State, title, and as many of the other columns as there is room for."""
        paper = self._shown[row]
        base, dim = self.part("strong" if paper.core else "dim"), self.part("dim")
        if not paper.paper:
            base = dim
        columns = [(paper.authors, 18 if width >= 62 else 0), (str(paper.year or ""), 4 if width >= 50 else 0)]
        tail = "".join(f"  {fit(text, cells)}" for text, cells in columns if cells)
        notes = f"{paper.notes or '':>3} " if width >= 40 else " "
        title = fit(paper.title, width - 3 - cell_len(tail) - len(notes))
        return [
            [
                Segment(f" {self._sign(paper)} ", self.part(STATE_PARTS.get(paper.state, "dim"))),
                *marked(title, found_in(title, self._filter.words), base, self.part("match")),
                Segment(tail, dim),
                Segment(notes, self.part("accent")),
            ]
        ]

    def _sign(self, paper: PaperRow) -> str:
        if identity(paper) in self._marked:
            return "✓"
        return SIGNS.get(paper.state, "·") if paper.paper else " "


def identity(row: PaperRow) -> tuple[str, str]:
    """What makes a row the same after the library was read again."""
    return row.paper or "", row.title
