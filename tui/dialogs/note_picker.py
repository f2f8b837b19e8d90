"""Picking one of the reader's notes: type to narrow them, enter takes the one under the cursor."""

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.data.paper_filter import has_all
from tui.text.plain import plain
from tui.widgets.line_view import LineView
from tui.widgets.note_list import NoteList

if TYPE_CHECKING:
    from tui.data.view_models import NoteListRow


class PickList(NoteList, can_focus=False):
    """Notes that are gone through from the input above them."""

    IS_LIVE = True


class NotePicker(ModalScreen["NoteListRow | None"]):
    """Answers with a note, or None."""

    CSS_PATH = "../styles/sheets.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("down,ctrl+n", "move(1)", "Down"),
        Binding("up,ctrl+p", "move(-1)", "Up", priority=True),
    ]

    notes = getters.query_one(PickList)
    words = getters.query_one("#picked-words", Input)

    def __init__(self, title: str, rows: "tuple[NoteListRow, ...]") -> None:
        super().__init__()
        self._title = title
        self._rows = rows

    def compose(self) -> ComposeResult:
        """What is asked, the words, the notes."""
        with Vertical(id="picked"):
            yield Static(plain(self._title), id="picked-title", markup=False)
            yield Input(placeholder="words of the note, its quote or its paper; enter takes it", id="picked-words")
            yield PickList(id="picked-notes")

    def on_mount(self) -> None:
        """All of them, to begin with."""
        self.words.focus()
        self.narrow()

    @on(Input.Changed)
    def narrow(self) -> None:
        """Notes that have all words."""
        words = self.words.value.lower().split()
        self.notes.fill(tuple(row for row in self._rows if has_all(row.search_text, words)), words)

    def action_move(self, by: int) -> None:
        """Go through the notes while typing goes on."""
        self.notes.cursor += by

    @on(Input.Submitted)
    @on(LineView.Chosen)
    def take(self) -> None:
        """Answer with the note under the cursor."""
        if self.notes.chosen is not None:
            self.dismiss(self.notes.chosen)
