"""The sections of a paper, with the one that is being read."""

from rich.segment import Segment

from tui.text.progress import bar as progress_bar
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView


class SectionTree(LineView):
    """Headings set in by their level. ``places`` are the blocks at which they stand."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: tuple[tuple[int, str, int], ...] = ()
        self._marked: frozenset[int] = frozenset()
        self._here = -1
        self._bars: tuple[str, ...] = ()
        """How much of each section was gone over, as one sign."""

    @property
    def row_count(self) -> int:
        """How many sections there are."""
        return len(self._rows)

    def fill(self, rows: tuple[tuple[int, str, int], ...]) -> None:
        """Show these (level, title, block) rows."""
        self._rows = rows
        self._here = -1
        self._bars = ()
        self.rows_changed(0)

    def block(self, row: int) -> int:
        """The block of a section's heading."""
        return self._rows[row][2]

    def title_at(self, block: int) -> str:
        """The title of the section that a block stands in."""
        row = self.row_at(block)
        return self._rows[row][1] if row >= 0 else ""

    def row_at(self, block: int) -> int:
        """The section that a block stands in; -1 before the first."""
        return max((at for at, (_, _, start) in enumerate(self._rows) if start <= block), default=-1)

    def follow(self, block: int) -> None:
        """Show where the reader is; the cursor goes along unless the tree itself is in use."""
        here = self.row_at(block)
        if here != self._here:
            before, self._here = self._here, here
            if not self.has_focus:
                self.cursor = max(0, here)
            self.redraw({before, here} - {-1})

    def mark(self, blocks: frozenset[int]) -> None:
        """Show which sections have notes, given the blocks that do."""
        self._marked = frozenset(self.row_at(block) for block in blocks)
        self.row_changed()

    def set_shares(self, shares: list[float]) -> None:
        """Show how much of each section was gone over."""
        bars = tuple(map(progress_bar, shares))
        before, self._bars = self._bars, bars
        if len(before) == len(bars):
            self.redraw(row for row, (old, new) in enumerate(zip(before, bars, strict=True)) if old != new)
        else:
            self.row_changed()

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """The heading, a bar beside the one being read, how much of it is read, and a dot where notes are."""
        level, title, _ = self._rows[row]
        bar = Segment("▌" if row == self._here else " ", self.part("accent"))
        dot = "•" if row in self._marked else " "
        indent = "  " * (level - 1)
        name = fit(indent + title, width - 5)
        style = self.part("strong" if level == 1 else "plain")
        read = self._bars[row] if row < len(self._bars) else " "
        return [
            [bar, Segment(f" {name}", style), Segment(read, self.part("bar")), Segment(f"{dot} ", self.part("match"))]
        ]
