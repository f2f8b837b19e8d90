"""What a list can be narrowed to, each with how many there are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tui.data.view_models import NoteListRow


@dataclass(frozen=True)
class Facet:
    """A kind, an agenda, or the quotes that need a look; none of them for all notes."""

    label: str
    count: int
    kind: str = ""
    agenda: str = ""
    is_troubled: bool = False
    is_heading: bool = False
    """Whether it only says what those below it are."""

    def has(self, row: "NoteListRow") -> bool:
        """Whether a note belongs here."""
        if self.is_troubled:
            return row.is_troubled
        if self.agenda:
            return any(one.agenda == self.agenda for one in row.note.agendas)
        return not self.kind or row.note.kind.value == self.kind


class FacetList(LineView):
    """One line a facet."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: tuple[Facet, ...] = ()

    @property
    def row_count(self) -> int:
        """How many facets there are."""
        return len(self._rows)

    @property
    def chosen(self) -> Facet | None:
        """The facet under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def fill(self, rows: tuple[Facet, ...]) -> None:
        """Show these facets; the cursor stays on its own where that is still there."""
        label = self.chosen.label if self.chosen else ""
        self._rows = rows
        self.rows_changed(next((at for at, row in enumerate(rows) if row.label == label), 0))

    def can_stand_on(self, row: int) -> bool:
        """Not on a heading."""
        return not self._rows[row].is_heading

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """Label and count; agendas stand where the names of kinds do, which have a sign before them."""
        one = self._rows[row]
        if one.is_heading:
            return [[Segment(" " + fit(one.label, width - 1), self.part("heading"))]]
        count, indent = f" {one.count} ", "   " if one.agenda else " "
        style = self.part("strong" if not one.kind and not one.agenda else "plain")
        label = fit(one.label, width - len(count) - len(indent))
        return [[Segment(indent + label, style), Segment(count, self.part("dim"))]]
