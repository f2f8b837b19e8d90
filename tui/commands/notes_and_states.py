"""Changes that can be made from any place: reading states, notes, and undo; each says what was done."""

from typing import TYPE_CHECKING

from tui.data import commands
from tui.messages import RecordChanged

if TYPE_CHECKING:
    from kb.models.note import Note, NoteContent
    from kb.models.paper import Paper
    from tui.data.view_models import SelectedQuote
    from tui.host import Host


def ask_state(app: "Host", papers: "tuple[str, ...]", title: str, state: str) -> None:
    """Let the reader say how far they have come with a paper, or with several."""
    from tui.dialogs.state_picker import StatePicker

    def chosen(new: str | None) -> None:
        if new is not None:
            app.run_in_background(lambda: set_state(app, papers, new), "write")

    app.push_screen(StatePicker(title, state), chosen)


async def set_state(app: "Host", papers: "tuple[str, ...]", state: str) -> None:
    """Keep the state and say so."""
    titles = [await app.library.write(commands.set_state, paper, state) for paper in papers]
    app.say(f"Marked as {state}: {titles[0] if len(titles) == 1 else f'{len(titles)} papers'}")
    for paper in papers:
        app.post_message(RecordChanged("papers", paper))


def export_summary(app: "Host", paper: str | None) -> None:
    """Write a summary of a paper with all its notes, and say where."""
    if paper is None:
        app.say("Open a paper, or stand on one that is in the library, to write its summary", "warning")
    elif app.engine is None or app.engine_status.is_gone:
        app.say("The engine is not running; in a shell: kb export summary PAPER", "warning")
    else:
        app.engine.submit("export", paper=paper)
        app.say("Writing the summary…")


async def undo(app: "Host") -> None:
    """Undo the last change to a note and say what was undone."""
    paper, what = await app.library.write(commands.undo)
    app.say(f"Undone: {what}")
    app.post_message(RecordChanged("notes", paper))


async def save_note(
    app: "Host", content: "NoteContent", quote: "SelectedQuote | None", note: str | None = None
) -> None:
    """Keep a new note, or a revision of one, and say how to take it back."""
    saved = await app.library.write(commands.save_note, content, quote, note)
    anchor = saved.anchors[0] if saved.anchors else None
    state = f" Its words were found as {anchor.state.value}." if anchor and anchor.state.value != "exact" else ""
    app.say(f"{saved.kind.value.capitalize()} {'changed' if note else 'saved'}; u takes it back.{state}")
    app.post_message(RecordChanged("notes", saved.paper))


async def remove_note(app: "Host", note: str) -> None:
    """Put a note into the trash and say how to bring it back."""
    gone = await app.library.write(commands.trash_note, note)
    app.say(f"{gone.kind.value.capitalize()} put into the trash; u brings it back")
    app.post_message(RecordChanged("notes", gone.paper))


def edit_note(app: "Host", note: "Note", paper: "Paper | None" = None) -> None:
    """Open the form on a note."""
    from tui.dialogs.note_form import NoteForm

    def written(content: "NoteContent | None") -> None:
        if content is not None:
            app.run_in_background(lambda: save_note(app, content, None, note.id), "write")

    quote = note.anchors[0].quote if note.anchors else ""
    app.push_screen(NoteForm(note.kind.value, paper, quote=quote, library=app.library, note=note), written)
