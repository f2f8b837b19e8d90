"""What is due, the longest overdue first; never with what was last said of it."""

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.insight.review_faces import CardFace


class DueList(LineView):
    """Two lines a card: what it asks, and of which sort it is."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.faces: tuple[CardFace, ...] = ()

    @property
    def row_count(self) -> int:
        """How many cards are due."""
        return len(self.faces)

    @property
    def row_height(self) -> int:
        """What is asked, and whose words it is about."""
        return 2

    @property
    def chosen(self) -> "CardFace | None":
        """The card under the cursor."""
        return self.faces[self.cursor] if self.cursor < len(self.faces) else None

    def fill(self, faces: "tuple[CardFace, ...]") -> None:
        """Show these cards; the cursor stays on its own, or where it was."""
        before, at = self.chosen, self.cursor
        self.faces = faces
        same = next((row for row, one in enumerate(faces) if before and one.card.id == before.card.id), at)
        self.rows_changed(same)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """The words; the sort, and the source."""
        face = self.faces[row]
        sort = face.card.sort.value
        return [
            [Segment(" " + fit(face.statement or face.asks, width - 2), self.part("plain"))],
            [
                Segment(f" {sort:<9}", self.part("accent")),
                Segment(fit(face.source, max(0, width - 12)), self.part("dim")),
            ],
        ]
