"""The form for a note: kind, the fields of that kind, text and agendas, beside the quote that it is about."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Label, Static, TextArea

from tui.actions import bindings
from tui.data import note_queries
from tui.dialogs.breakpoints import BREAKPOINTS
from tui.dialogs.typed_form import TypedForm
from tui.dialogs.typing_order import once_typed
from tui.render.note_kinds import ORDER
from tui.text.plain import plain
from tui.widgets.agenda_input import AgendaInput, ConceptInput
from tui.widgets.key_line import KeyLine
from tui.widgets.kind_bar import KindBar
from tui.widgets.note_fields import NoteFields

if TYPE_CHECKING:
    from kb.models.note import AgendaBearing, Note, NoteContent
    from kb.models.paper import Paper
    from tui.data.library_client import LibraryClient

QUOTE_SHOWN = 400
"""Characters of the quote that the form repeats."""


class NoteForm(TypedForm["NoteContent | None"]):
    """Answers with the content to save, or None. The kind of a note that exists is fixed."""

    CSS_PATH = "../styles/note_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form")]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    kinds = getters.query_one(KindBar)
    fields = getters.query_one(NoteFields)
    body = getters.query_one("#body", TextArea)
    agendas = getters.query_one(AgendaInput)
    concepts = getters.query_one(ConceptInput)

    def __init__(
        self,
        kind: str,
        paper: "Paper | None",
        *,
        quote: str,
        library: "LibraryClient",
        note: "Note | None" = None,
        bears_on: "tuple[AgendaBearing, ...]" = (),
    ) -> None:
        super().__init__()
        self._kind = kind
        self._paper = paper
        self._quote = quote
        self._library = library
        self._note = note
        self._bears_on = bears_on

    def compose(self) -> ComposeResult:
        """Kind, quote, fields, text, agendas."""
        with Vertical(id="form"):
            yield KindBar(self._kind, fixed=self._note is not None)
            yield Static(self._shown_quote(), id="form-quote")
            with VerticalScroll(id="form-scroll", can_focus=False):
                yield NoteFields(self._kind, self._note)
                with Horizontal(classes="field -apart"):
                    yield Label("Text")
                    body = self._note.body if self._note else ""
                    yield TextArea(body, id="body", show_line_numbers=False, highlight_cursor_line=False)
                with Horizontal(classes="field"):
                    yield Label("Agendas")
                    yield AgendaInput(self._agendas)
                with Horizontal(classes="field"):
                    yield Label("Concepts")
                    yield ConceptInput(self._note.concepts if self._note else ())
            yield Static("", id="form-warning", classes="form-warning", markup=False)
            yield KeyLine()

    def _shown_quote(self) -> Text:
        cut = "…" if len(self._quote) > QUOTE_SHOWN else ""
        quote = plain(" ".join(self._quote[:QUOTE_SHOWN].split()))
        about = f"About the whole of: {plain(self._paper.title)}" if self._paper else "A thought of your own"
        return Text(f"“{quote}{cut}”" if quote else about, "italic")

    @property
    def _agendas(self) -> "tuple[AgendaBearing, ...]":
        """What the note bears on when the form opens."""
        return self._note.agendas if self._note else self._bears_on

    def on_mount(self) -> None:
        """Begin in the field that says the note."""
        self.query_one("#form").border_title = "Change note" if self._note else "New note"
        self._focus_first()
        self._complete_agendas()

    @work(group="agendas")
    async def _complete_agendas(self) -> None:
        self.agendas.known = await self._library.read(note_queries.names)
        self.concepts.known = await self._library.read(note_queries.concepts)

    def _focus_first(self) -> None:
        first = self.fields.first
        (first if first is not None else self.body).focus()

    async def action_next_kind(self) -> None:
        """Another kind of note; what was typed is kept."""
        await self._turn(1)

    async def action_previous_kind(self) -> None:
        """The kind before."""
        await self._turn(-1)

    async def _turn(self, by: int) -> None:
        if self._note is not None:
            self.warn("The kind of a note is fixed: its fields depend on it")
            return
        await self.set_kind(ORDER[(ORDER.index(self._kind) + by) % len(ORDER)])

    async def set_kind(self, kind: str) -> None:
        """Show the fields of a kind."""
        self._kind = self.kinds.kind = kind
        self.set_focus(None)  # a key that comes now waits for the new fields instead of going to one that is leaving
        await self.fields.turn_into(kind)
        self._focus_first()

    @on(KindBar.Picked)
    async def pick(self, event: KindBar.Picked) -> None:
        """A kind was pressed with the mouse."""
        await self.set_kind(event.kind)

    def _content(self) -> "NoteContent":
        """What the form holds; raises ValueError where it cannot be saved."""
        from kb.models.note import NoteContent
        from kb.models.note_kind import NoteKind

        kept = {"anchors": self._note.anchors} if self._note else {}
        return NoteContent(
            kind=NoteKind(self._kind),
            paper=self._note.paper if self._note else self._paper.id if self._paper else None,
            body=self.body.text,
            fields=self.fields.values(),
            agendas=self.agendas.bearings(),
            concepts=self.concepts.names(),
            **kept,
        )

    def is_typed(self) -> bool:
        """Whether anything is other than it was when the form was opened."""
        concepts = self._note.concepts if self._note else ()
        before = (self._note.body if self._note else "", self._agendas, concepts)
        try:
            agendas = self.agendas.bearings()
        except ValueError:
            return True
        return (self.body.text, agendas, self.concepts.names()) != before or self.fields.touched

    @once_typed
    def action_save(self) -> None:
        """Answer with the content."""
        try:
            content = self._content()
        except ValueError as error:
            self.warn(reason(error))
            return
        if not self._quote and not self.fields.touched and not content.body.strip() and self._note is None:
            self.warn("Nothing to save yet: type something, or escape to close")
            return
        unknown = [*self.agendas.unknown(), *self.concepts.unknown()]
        if unknown and not self._warned:
            self._warned = True
            self.warn(f"Nothing is called {', '.join(unknown)}: the right arrow completes a name; ctrl+s saves anyway")
            return
        self.dismiss(content)

    @once_typed
    def action_editor(self) -> None:
        """Write the text in the reader's own editor."""
        from tui.runtime.external_editor import edit_outside

        self.body.text = edit_outside(self.app, self.body.text, self._library.home.settings.editor)


def reason(error: ValueError) -> str:
    """A validation error in one line."""
    errors = getattr(error, "errors", None)
    if callable(errors):
        first = errors()[0]
        return f"{' '.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)
