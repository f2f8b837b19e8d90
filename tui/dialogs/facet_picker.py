"""What the papers that are shown can be narrowed to: states, agendas, lists and years, each with how many there are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.data.paper_filter import Condition, conditions, facets
from tui.data.view_models import PaperRow
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.search.library_filters import LibraryFilters

GROUPS = (("state", "State"), ("agenda", "Agenda"), ("list", "List"), ("kind", "Kind"), ("year", "Year"))


class FacetLines(LineView):
    """Headings, and under each the values with their counts; what is chosen already has a sign."""

    def __init__(self, rows: Sequence[PaperRow], chosen: Sequence[Condition], filters: "LibraryFilters") -> None:
        super().__init__(id="picker-lines")
        self._chosen = set(chosen)
        self._lines: list[tuple[Condition, int]] = []
        for key, title in GROUPS:
            found = facets(rows, key, filters)
            if found:
                self._lines.append((("", title), 0))
                self._lines += [((key, value), count) for value, count in found]

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def can_stand_on(self, row: int) -> bool:
        """Only on values."""
        return bool(self._lines[row][0][0])

    def condition(self, row: int) -> Condition:
        """The condition on a line."""
        return self._lines[row][0]

    def on_mount(self) -> None:
        """Stand on the first value."""
        self.rows_changed(1)

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """A heading, or a value and how many papers have it."""
        (key, value), count = self._lines[row]
        if not key:
            return [[Segment(f" {value}", self.part("strong"))]]
        sign = "✓" if (key, value.lower()) in self._chosen else " "
        number = f" {count} "
        return [
            [
                Segment(f" {sign} ", self.part("match")),
                Segment(fit(value, width - 3 - len(number)), self.part("plain")),
                Segment(number, self.part("dim")),
            ]
        ]


class FacetPicker(ModalScreen[Condition | None]):
    """Enter narrows the library to a value, or takes that away again."""

    CSS_PATH = "../styles/dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,v", "dismiss(None)", "Close")]

    def __init__(self, rows: Sequence[PaperRow], filter_text: str, filters: "LibraryFilters") -> None:
        super().__init__()
        self._rows = rows
        self._chosen = conditions(filter_text)
        self._filters = filters

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(id="picker", classes="-tall"):
            yield Static("Show only    enter chooses, escape closes", id="picker-title", markup=False)
            yield FacetLines(self._rows, self._chosen, self._filters)

    @on(LineView.Chosen)
    def choose(self, event: LineView.Chosen) -> None:
        """Narrow to the value under the cursor."""
        lines = event.view
        assert isinstance(lines, FacetLines)
        self.dismiss(lines.condition(event.row))
