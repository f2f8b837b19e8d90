"""The map of one agenda, with a cursor that stops at whatever can be opened, rated or added to."""

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.render.agenda_map import MapLine, Target, agenda_lines
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage


class AgendaMapView(LineView):
    """Lines of the map; they are made again for each width."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.page: AgendaPage | None = None
        self.with_evidence = True
        """Whether evidence stands among the lines, rather than in panes beside them."""
        self._lines: tuple[MapLine, ...] = ()
        self._made_for: tuple[int, bool] = (0, True)

    @property
    def row_count(self) -> int:
        """How many lines the map has."""
        return len(self._lines)

    @property
    def chosen(self) -> Target | None:
        """What the cursor stands on."""
        return self._lines[self.cursor].target if self.cursor < len(self._lines) else None

    def fill(self, page: "AgendaPage", *, again: bool) -> None:
        """Show an agenda: from its top, or, where it is shown ``again`` after a change, at the same place."""
        before = self._ordinal if again else 0
        self.page = page
        self._make()
        self.rows_changed(self._row_of(before))
        if not again:
            self.scroll_home(animate=False)

    @property
    def _ordinal(self) -> int:
        """How many places that the cursor could stop at stand before it."""
        return sum(line.target is not None for line in self._lines[: self.cursor])

    def _row_of(self, ordinal: int) -> int:
        rows = [row for row, line in enumerate(self._lines) if line.target]
        return rows[min(ordinal, len(rows) - 1)] if rows else 0

    def can_stand_on(self, row: int) -> bool:
        """Only where something can be done."""
        return self._lines[row].target is not None

    def _show_cursor(self) -> None:
        """What stands above the first place that the cursor can stop at comes into view with it."""
        if self.cursor < self.size.height and self._ordinal == 0:
            self.scroll_to(y=0, animate=False, force=True)
        else:
            super()._show_cursor()

    def to_link(self, step: int) -> None:
        """Put the cursor on the next link of the chain, or on the one before."""
        rows = [row for row, line in enumerate(self._lines) if line.target and line.target.kind == "link"]
        ahead = [row for row in rows if (row > self.cursor if step > 0 else row < self.cursor)]
        if ahead:
            self.cursor = ahead[0] if step > 0 else ahead[-1]
            self.scroll_to(y=self.cursor - 1, animate=False)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """The pieces of one line."""
        return [[Segment(text, self.part(color)) for text, color in self._lines[row].parts]]

    def _make(self) -> None:
        self._made_for = (self.size.width, self.with_evidence)
        if self.page is not None:
            self._lines = agenda_lines(self.page, self.size.width, with_evidence=self.with_evidence)

    def _measure(self) -> None:
        if self._made_for != (self.size.width, self.with_evidence):
            ordinal = self._ordinal
            self._make()
            self.set_reactive(LineView.cursor, self._row_of(ordinal))
        super()._measure()
