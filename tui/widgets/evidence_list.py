"""One side of a claim: what speaks for it, or what speaks against it."""

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from tui.render.agenda_map import SIDE_INKS, SIDES, about
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.evidence import Evidence


class EvidenceList(LineView):
    """Two lines an item: what it says, and what it rests on."""

    def __init__(self, empty: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._empty = empty
        """What is said where there is nothing on this side."""
        self._items: tuple[Evidence, ...] = ()
        self._page: AgendaPage | None = None

    @property
    def row_count(self) -> int:
        """How many items there are; one that says what to do where there are none."""
        return max(1, len(self._items))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was noted on this side."""
        return not self._items

    @property
    def row_height(self) -> int:
        """What it says, and what it rests on."""
        return 2

    @property
    def chosen(self) -> "Evidence | None":
        """The item under the cursor."""
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    def fill(self, items: "tuple[Evidence, ...]", page: "AgendaPage") -> None:
        """Show these items; the cursor stays on its own where that is still there."""
        before = self.chosen.id if self.chosen else ""
        self._items, self._page = items, page
        self.rows_changed(next((at for at, one in enumerate(items) if one.id == before), 0))

    def _row_style(self, row: int) -> Style:
        """What stands in place of items is none that could be chosen."""
        return self.base_style if self.is_empty else super()._row_style(row)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """Side and words; sort, strength, doubt and paper."""
        if self._page is None or not self._items:
            return [[Segment(f" {fit(self._empty, width - 2)}", self.part("dim"))], []]
        item = self._items[row]
        return [
            [
                Segment(f" {SIDES[item.sign]} ", self.part(SIDE_INKS[item.sign])),
                Segment(fit(item.says, width - 4), self.part("plain")),
            ],
            [Segment("   " + fit(about(item, self._page), width - 4), self.part("dim"))],
        ]
