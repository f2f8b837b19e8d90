"""Notes in two lines each: what they say, and where it is from."""

from rich.segment import Segment

from tui.data.view_models import NoteListRow
from tui.render.note_kinds import SIGN_OF
from tui.widgets.cells import fit, found_in, marked
from tui.widgets.line_view import LineView


class NoteList(LineView):
    """Notes, newest first."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: tuple[NoteListRow, ...] = ()
        self._words: list[str] = []
        self.marked = ""
        """The note that is to be linked to another."""

    @property
    def row_count(self) -> int:
        """How many notes are shown."""
        return len(self._rows)

    @property
    def row_height(self) -> int:
        """What it says, and where it is from."""
        return 2

    @property
    def chosen(self) -> NoteListRow | None:
        """The note under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def mark(self, note: str) -> None:
        """Show which note is to be linked to another."""
        self.marked = note
        self.row_changed()

    def fill(self, rows: tuple[NoteListRow, ...], words: list[str]) -> None:
        """Show these notes, with the words marked; the cursor stays on its note where that is still there."""
        before = self.chosen.note.id if self.chosen else ""
        self._rows, self._words = rows, words
        self.rows_changed(next((at for at, row in enumerate(rows) if row.note.id == before), 0))

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """Sign and headline; kind, paper and agendas."""
        one = self._rows[row]
        kind = one.note.kind.value
        says = fit(one.note.headline, width - 4)
        page = next((f"p. {anchor.page}" for anchor in one.note.anchors if anchor.page), "")
        agendas = ", ".join(bearing.agenda for bearing in one.note.agendas)
        ties = f"{len(one.ties)} link{'s' * (len(one.ties) > 1)}" if one.ties else ""
        where = " · ".join(filter(None, [kind, one.held, one.title, page, agendas, ties]))
        text = marked(says, found_in(says, self._words), self.part("plain"), self.part("match"))
        flag = " ! quote " if one.is_troubled else f" ! {len(one.flags)} " if one.flags else ""
        sign = "▶" if one.note.id == self.marked else SIGN_OF[kind]
        return [
            [Segment(f" {sign} ", self.part("match" if sign == "▶" else "accent")), *text],
            [Segment("   " + fit(where, width - 4 - len(flag)), self.part("dim")), Segment(flag, self.part("match"))],
        ]
