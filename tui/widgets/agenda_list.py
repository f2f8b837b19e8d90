"""The agendas, each with what is held of it, how much of its chain is rated, and its weakest link."""

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.text.bars import bar
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage

BAR = 6


class AgendaList(LineView):
    """Two lines an agenda."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.pages: tuple[AgendaPage, ...] = ()
        self._wanted = ""
        """The agenda that was asked for before they were there."""

    @property
    def row_count(self) -> int:
        """How many agendas there are."""
        return len(self.pages)

    @property
    def row_height(self) -> int:
        """The title, and where the reader stands."""
        return 2

    @property
    def chosen(self) -> "AgendaPage | None":
        """The agenda under the cursor."""
        return self.pages[self.cursor] if self.cursor < len(self.pages) else None

    def fill(self, pages: "tuple[AgendaPage, ...]") -> None:
        """Show these agendas; the cursor stays on its own."""
        before = self._wanted or (self.chosen.id if self.chosen else "")
        self.pages, self._wanted = pages, ""
        self.rows_changed(next((at for at, one in enumerate(pages) if one.id == before), 0))

    def stand_on(self, agenda: str) -> None:
        """Put the cursor on an agenda, or do so once they are there."""
        self._wanted = "" if self.pages else agenda
        self.cursor = next((at for at, one in enumerate(self.pages) if one.id == agenda), self.cursor)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """Title; bar, credence, links rated, notes, weakest link."""
        page = self.pages[row]
        view, held = page.view, page.view.credence
        low, high = (held.low, held.high) if held else (None, None)
        own = "" if view.origin is None else " (yours)"
        notes = len(page.evidence)
        told = f"{page.rated}/{len(view.chain)} rated"
        more = [f" · {notes} note{'s' * (notes != 1)}"] if notes else []
        more += [f" · weakest {view.weakest.number}"] if page.rated or notes else []
        words = f" {held.words:<8}" if held else " "
        cells = fit(told + "".join(more), max(0, width - BAR - len(words) - 2))
        return [
            [Segment(" " + fit(view.agenda.title + own, width - 2), self.part("strong" if notes or held else "plain"))],
            [
                Segment(f" {bar(low, high, BAR)}", self.part("bar")),
                Segment(words, self.part("plain")),
                Segment(cells, self.part("dim")),
            ],
        ]
