"""All notes of the library: by kind and agenda on the left, the notes, and the one under the cursor in full."""

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Input

from tui.actions import bindings
from tui.deeds import edit_note, remove_note
from tui.kinds import ORDER, SIGN_OF
from tui.messages import OpenPaper, RecordChanged
from tui.rows import NoteRow
from tui.screens.base import ModeScreen
from tui.widgets.detail import Detail
from tui.widgets.facets import Facet, FacetList
from tui.widgets.line_view import LineView
from tui.widgets.note_list import NoteList

if TYPE_CHECKING:
    from kb.models.note import Note

NO_NOTES = """\
# No notes yet

Open a paper (1 shows the library), put the cursor on a sentence, and press

  h   to highlight it
  c   to write down what it claims
  n   for any other kind of note

Notes gather here, whatever paper they belong to."""


class AllNotesScreen(ModeScreen):
    """Where notes are gone through apart from their papers."""

    MODE = "notes"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("all-notes")]
    CSS_PATH = "../styles/all_notes.tcss"

    facets = getters.query_one(FacetList)
    notes = getters.query_one(NoteList)
    detail = getters.query_one(Detail)
    filter_box = getters.query_one("#note-filter", Input)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[NoteRow, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Kinds and agendas, notes, detail."""
        with Horizontal(id="notes-body"):
            yield FacetList(id="facets")
            with Container(id="notes-right"):
                with Vertical(id="notes-middle"):
                    yield Input(placeholder="words of the note, its quote or its paper", id="note-filter")
                    yield NoteList(id="all-notes")
                yield Detail(id="note-detail")

    def on_mount(self) -> None:
        """Notes follow the frame."""
        self.filter_box.display = False
        self.notes.focus()
        self.view.told(self._load, "all-notes", latest=True)

    def record_changed(self, change: RecordChanged) -> None:
        """Read the notes again."""
        self.view.told(self._load, "all-notes", latest=True)

    async def _load(self) -> None:
        self._rows = await self.shelf.all_notes()
        self.set_class(not self._rows, "-empty")
        self.facets.fill(facets_of(self._rows))
        self._show()
        if not self._rows:
            self.detail.write(NO_NOTES)

    @on(LineView.Moved, "#facets")
    @on(Input.Changed, "#note-filter")
    def _show(self) -> None:
        words = self.filter_box.value.lower().split()
        facet = self.facets.chosen
        shown = [
            row for row in self._rows if (not facet or facet.has(row)) and all(word in row.haystack for word in words)
        ]
        self.notes.fill(tuple(shown), words)
        total = len(self._rows)
        self.notices.place = f"{len(shown)} of {total}" if len(shown) < total else f"{total} note{'s' * (total != 1)}"

    @on(LineView.Moved, "#all-notes")
    def show_note(self) -> None:
        """The note under the cursor in full."""
        row = self.notes.chosen
        if row is not None:
            self.detail.write(in_full(row.note, row.title))
        elif self._rows:
            self.detail.write("No note has all of these words.")

    @on(LineView.Chosen, "#facets")
    @on(Input.Submitted, "#note-filter")
    def go_to_notes(self) -> None:
        """From the kinds, or the filter, to the notes."""
        self.notes.focus()

    @on(LineView.Chosen, "#all-notes")
    def open_chosen(self) -> None:
        """Open the paper where the note's words stand."""
        row = self.notes.chosen
        if row is None:
            return
        anchor = row.note.anchors[0] if row.note.anchors else None
        if row.note.paper is None:
            self.say("This note belongs to no paper; e changes it", "warning")
        elif anchor is None:
            self.app.post_message(OpenPaper(row.note.paper, back="notes"))
        else:
            quote = anchor.found or anchor.quote
            self.app.post_message(OpenPaper(row.note.paper, anchor.first_block or 0, quote, back="notes"))

    def action_edit(self) -> None:
        """Change the note under the cursor."""
        if self.notes.chosen is not None:
            edit_note(self.view, self.notes.chosen.note)

    def action_remove(self) -> None:
        """Put the note under the cursor into the trash."""
        if self.notes.chosen is not None:
            self.view.told(partial(remove_note, self.view, self.notes.chosen.note.id), "write")

    def action_filter(self) -> None:
        """Type to filter."""
        self.filter_box.display = True
        self.filter_box.focus()

    def action_next_pane(self) -> None:
        """From the kinds to the notes and back."""
        (self.facets if self.notes.has_focus else self.notes).focus()

    async def action_clear(self) -> None:
        """Show all notes again; then back to the library."""
        if self.filter_box.display:
            self.filter_box.value = ""
            self.filter_box.display = False
            self.notes.focus()
        else:
            await self.app.switch_mode("library")


def facets_of(rows: tuple[NoteRow, ...]) -> tuple[Facet, ...]:
    """Everything, each kind that there is, and each agenda that is named."""
    kinds = Counter(row.note.kind.value for row in rows)
    agendas = Counter(one.agenda for row in rows for one in row.note.agendas)
    found = [Facet("All notes", len(rows))]
    found += [Facet(f"{SIGN_OF[kind]} {kind}", kinds[kind], kind=kind) for kind in ORDER if kinds[kind]]
    found += [Facet(agenda, agendas[agenda], agenda=agenda) for agenda in sorted(agendas)]
    return tuple(found)


def in_full(note: "Note", title: str) -> str:
    """Everything that a note says."""
    anchor = note.anchors[0] if note.anchors else None
    where = " · ".join(filter(None, [title, f"p. {anchor.page}" if anchor and anchor.page else ""]))
    state = f"The quote is {anchor.state.value} in the text" if anchor and anchor.state.value != "exact" else ""
    body = "" if note.body.strip() == note.headline else note.body.strip()
    changed = f", changed {note.revised_at:%Y-%m-%d}" if note.revision > 1 else ""
    parts = [
        "" if anchor and note.headline in anchor.quote else f"# {note.headline}",
        body,
        facts(note),
        f"“{anchor.quote}”" if anchor else "",
        where,
        state,
        f"written {note.created_at:%Y-%m-%d}{changed}",
    ]
    return "\n\n".join(part for part in parts if part)


def facts(note: "Note") -> str:
    """Fields and agendas, one a line."""
    from kb.models.note import HEADLINE_FIELD

    fields = note.fields.model_dump(exclude={HEADLINE_FIELD.get(note.kind, "")})
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in fields.items() if value not in ("", None)]
    lines += [f"{one.agenda}: {one.bearing.value}" for one in note.agendas]
    return "\n".join(lines)
