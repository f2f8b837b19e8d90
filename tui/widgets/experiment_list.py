"""Experiments in two lines each: title and time; last verdict, paper, and where it belongs."""

from rich.segment import Segment

from tui.render.experiments import COLOR_OF, SIGNS, Experiment
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView


class ExperimentList(LineView):
    """What there is to run."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: tuple[Experiment, ...] = ()

    @property
    def row_count(self) -> int:
        """How many are shown."""
        return len(self._rows)

    @property
    def row_height(self) -> int:
        """What it is, and how it stands."""
        return 2

    @property
    def chosen(self) -> Experiment | None:
        """The experiment under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def fill(self, rows: tuple[Experiment, ...]) -> None:
        """Show these; the cursor stays on its own where that is still there."""
        before = self.chosen.id if self.chosen else ""
        self._rows = rows
        self.rows_changed(next((at for at, row in enumerate(rows) if row.id == before), 0))

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """Sign, title and time; verdict, papers, agendas or lists."""
        one = self._rows[row]
        time = f" {one.takes} "
        sign = SIGNS.get(one.verdict, "·")
        verdict = one.verdict or "not run yet"
        where = ", ".join(one.agendas or one.lists)
        about = "".join(f" · {part}" for part in (", ".join(one.papers), where) if part)
        rest = fit(about, width - 4 - len(verdict))
        style = self.part(COLOR_OF.get(one.verdict, "dim"))
        title = Segment(fit(one.title, width - 3 - len(time)), self.part("strong"))
        return [
            [Segment(f" {sign} ", style), title, Segment(time, self.part("dim"))],
            [Segment(f"   {verdict}", style), Segment(rest, self.part("dim"))],
        ]
