"""Reading lists with their weeks, and how much of each is read."""

from rich.segment import Segment

from tui.data.view_models import ListRow
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView


class ListTree(LineView):
    """Everything, then each list with its weeks below it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: tuple[ListRow, ...] = ()

    @property
    def row_count(self) -> int:
        """How many lines the tree has."""
        return len(self._rows)

    @property
    def chosen(self) -> ListRow | None:
        """The line under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def fill(self, rows: tuple[ListRow, ...]) -> None:
        """Show these lists; the cursor stays where it is."""
        if rows != self._rows:
            self._rows = rows
            self.rows_changed()

    def stand_on(self, list_id: str) -> None:
        """Put the cursor on a list."""
        self.cursor = next((at for at, row in enumerate(self._rows) if row.list_id == list_id), self.cursor)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """The name, and read out of all; weeks are set in under their list."""
        one = self._rows[row]
        count = f" {one.read}/{one.total} " if one.list_id else f" {one.total} "
        indent = " " + "  " * one.depth
        done = one.total > 0 and one.read == one.total
        name = fit(one.title, width - len(indent) - len(count))
        style = self.part("strong" if one.depth == 0 else "dim" if one.here == 0 else "plain")
        return [[Segment(indent + name, style), Segment(count, self.part("accent" if done or one.read else "dim"))]]
