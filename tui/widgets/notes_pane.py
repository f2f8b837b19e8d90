"""The notes of a paper beside its text, in the order in which they stand there."""

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.message import Message

from tui.actions import bindings
from tui.render.note_kinds import SIGN_OF
from tui.text.plain import plain_lines
from tui.text.wrap import wrap
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.models.note import Note

QUOTE_LINES = 3
"""A long quote is cut: the text itself stands beside it."""


class NotesPane(LineView):
    """One card a note: kind and page, what it says, and the start of its quote. The cursor moves from card to card."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("notes")]
    EMPTY: ClassVar[str] = "No notes yet: h keeps a sentence"

    class Asked(Message):
        """The reader wants something done to a note."""

        def __init__(self, note: str) -> None:
            super().__init__()
            self.note = note

    class Edit(Asked):
        """The reader wants to change a note."""

    class Remove(Asked):
        """The reader wants to put a note away."""

    class Rate(Asked):
        """The reader wants to say how probable they hold what a note says, or bears on."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._notes: tuple[Note, ...] = ()
        self._lines: list[tuple[Note, str, str]] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """How many lines all cards have."""
        return len(self._lines)

    @property
    def chosen(self) -> "Note | None":
        """The note under the cursor."""
        return self._lines[self.cursor][0] if self.cursor < len(self._lines) else None

    def fill(self, notes: "tuple[Note, ...]") -> None:
        """Show these notes in this order."""
        self._notes = notes
        self._set_cards()

    def stand_on(self, note: str) -> None:
        """Put the cursor on a note."""
        for row, (one, _, part) in enumerate(self._lines):
            if part == "kind" and one.id == note:
                self.cursor = row
                return

    def can_stand_on(self, row: int) -> bool:
        """Only a card's first line."""
        return self._lines[row][2] == "kind"

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line of a card."""
        _, text, part = self._lines[row]
        style = self.part({"kind": "accent", "says": "plain", "more": "plain"}.get(part, "dim"))
        return [[Segment(f" {text}", style)]]

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._set_cards()
        super()._measure()

    def _set_cards(self) -> None:
        before = self.chosen
        self._width = self.size.width
        self._lines = [line for note in self._notes for line in card(note, self._width - 3)]
        at = next((row for row, (one, _, part) in enumerate(self._lines) if part == "kind" and one == before), 0)
        self.rows_changed(at)

    def action_edit(self) -> None:
        """Change the note under the cursor."""
        if self.chosen:
            self.post_message(self.Edit(self.chosen.id))

    def action_remove(self) -> None:
        """Put the note under the cursor away."""
        if self.chosen:
            self.post_message(self.Remove(self.chosen.id))

    def action_credence(self) -> None:
        """Rate the note under the cursor, or what it bears on."""
        if self.chosen:
            self.post_message(self.Rate(self.chosen.id))


def card(note: "Note", width: int) -> "list[tuple[Note, str, str]]":
    """The lines of one card as (note, text, part)."""
    room = max(10, width)
    anchor = note.anchors[0] if note.anchors else None
    page = f" · p. {anchor.page}" if anchor and anchor.page else ""
    state = f" · {anchor.state.value}" if anchor and anchor.state.value != "exact" else ""
    agendas = "".join(f" · {bearing.agenda}" for bearing in note.agendas)
    lines = [(note, f"{SIGN_OF[note.kind.value]} {note.kind.value}{page}{state}{agendas}"[:room], "kind")]
    quote = anchor.quote if anchor else ""
    if note.headline and note.headline not in quote:
        lines += [(note, text, "says") for text in wrapped(note.headline, room)]
    if note.body.strip() and note.body.strip() != note.headline:
        lines += [(note, text, "more") for part in plain_lines(note.body) for text in wrapped(part, room)]
    if quote:
        shown = wrapped(f"“{' '.join(quote.split())}”", room)
        cut = shown[:QUOTE_LINES]
        lines += [(note, text, "quote") for text in [*cut[:-1], cut[-1] + ("…" if len(shown) > len(cut) else "")]]
    return [*lines, (note, "", "gap")]


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of this width."""
    safe = plain_lines(text) or [""]
    return [part[start:end] for part in safe for start, end in wrap(part, width, width)]
