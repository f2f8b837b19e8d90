"""Changes to what the reader holds: credences, and what notes bear on; each says what was done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tui.data import note_queries
from tui.messages import RecordChanged

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.insight import Insight
    from kb.models.credence import Credence, Subject, Trigger
    from kb.models.note import Note
    from tui.data.view_models import NoteListRow
    from tui.dialogs.credence_form import Rating
    from tui.host import Host


async def agenda_pages(app: "Host") -> "tuple[AgendaPage, ...]":
    """Every agenda as it stands now."""
    from kb.insight.agenda_page import charts as read

    return await app.library.insight(lambda maps: read(maps, datetime.now(UTC)))


def ask_credence(app: "Host", subject: "Subject", trigger: "Trigger | None" = None, said: str = "") -> None:
    """Show what is held of something and let the reader change it; ``said`` is the trigger in words."""
    app.run_in_background(partial(_ask_credence, app, subject, trigger, said), "credence", latest=True)


async def _ask_credence(app: "Host", subject: "Subject", trigger: "Trigger | None", said: str) -> None:
    from kb.models.credence import Trigger
    from tui.dialogs.credence_form import CredenceForm

    log = await app.library.insight(_log_of(subject.id))
    moved_by = trigger or Trigger()

    def answered(rating: "Rating | None") -> None:
        if rating is None:
            app.say(f"It stays at {log[-1].words}" if log else "Not rated")
        else:
            app.run_in_background(partial(save_credence, app, subject, rating, moved_by), "write")

    app.push_screen(CredenceForm(subject, log, moved_by, said), answered)


def _log_of(subject: str) -> "Callable[[Insight], tuple[Credence, ...]]":
    from kb.library.credences import Credences

    return lambda maps: Credences(maps.record).history(subject)


async def save_credence(app: "Host", subject: "Subject", rating: "Rating", trigger: "Trigger") -> None:
    """Add to the log, and say by how much it moved."""
    from kb.library.credences import Credences

    def written(maps: "Insight") -> "tuple[Credence | None, Credence]":
        log = Credences(maps.record)
        before = log.history(subject.id)
        made = log.add(subject, rating.low, rating.high, reason=rating.reason, trigger=trigger)
        return (before[-1] if before else None), made

    before, made = await app.library.insight(written)
    app.say(f"{before.words} → {made.words}, kept in the log" if before else f"{made.words}, kept in the log")
    app.post_message(RecordChanged("beliefs"))


async def bear_on(app: "Host", note: str, name: str, bearing: str) -> None:
    """Say that a note bears on a claim; what it bears on besides stays."""
    from kb.library.notes import Notes
    from kb.models.note import AgendaBearing, Bearing, NoteContent

    def written(maps: "Insight") -> "Note":
        notes = Notes(maps.record)
        found = notes.get(note)
        others = tuple(one for one in found.agendas if one.agenda != name)
        values = {field: getattr(found, field) for field in NoteContent.model_fields}
        values["agendas"] = (*others, AgendaBearing(agenda=name, bearing=Bearing(bearing)))
        return notes.edit(note, NoteContent(**values))

    changed = await app.library.insight(written)
    app.say(f"“{changed.headline[:50]}” {bearing} {name}; u takes it back")
    app.post_message(RecordChanged("notes", changed.paper))


async def open_note(app: "Host", note: str, back: str, bears_on: str = "") -> None:
    """Open the paper where a note's words stand; a thought of the reader's own opens in its form."""
    from kb.library.notes import Notes
    from tui.commands.notes_and_states import edit_note
    from tui.messages import OpenPaper

    found = await app.library.insight(lambda maps: Notes(maps.record).get(note))
    anchor = found.anchors[0] if found.anchors else None
    if found.paper is None:
        edit_note(app, found)
    elif anchor is None:
        app.post_message(OpenPaper(found.paper, back=back, bears_on=bears_on))
    else:
        quote = anchor.found or anchor.quote
        app.post_message(OpenPaper(found.paper, anchor.first_block or 0, quote, back=back, bears_on=bears_on))


def rate_note(app: "Host", note: "Note") -> None:
    """Ask for the credence in what a note says, or in what it bears on; the note is then what moved the reader."""
    app.run_in_background(partial(_rate_note, app, note), "credence", latest=True)


async def _rate_note(app: "Host", note: "Note") -> None:
    from kb.models.credence import Trigger
    from tui.dialogs.choice_picker import Choice, ChoicePicker

    subjects = await app.library.insight(lambda maps: _subjects(maps, note))
    moved_by = Trigger(kind="note", ref=note.id)

    def ask(subject: "Subject") -> None:
        is_itself = subject.id == note.id
        ask_credence(app, subject, None if is_itself else moved_by, "" if is_itself else note.headline)

    if not subjects:
        kind = note.kind.value
        app.say(f"This {kind} bears on no claim yet: e adds an agenda or a claim that it bears on", "warning")
    elif len(subjects) == 1:
        ask(subjects[0])
    else:
        by_key = dict(zip("123456789", subjects, strict=False))
        choices = [Choice(key, one.id, one.statement) for key, one in by_key.items()]
        by_id = {one.id: one for one in subjects}
        app.push_screen(
            ChoicePicker("How probable is which of these?", choices, with_values=False),
            lambda chosen: ask(by_id[chosen]) if chosen else None,
        )


def _subjects(maps: "Insight", note: "Note") -> "list[Subject]":
    """What a note may move the reader in: the claim that it is, then the claims and agendas that it bears on."""
    from kb.errors import KbError
    from kb.models.credence import Subject, SubjectKind

    is_claim = note.kind.value == "claim"
    found = [Subject(kind=SubjectKind.NOTE, id=note.id, statement=note.headline)] if is_claim else []
    for bearing in note.agendas:
        try:
            found.append(maps.agenda_index.subject(bearing.agenda))
        except KbError:
            continue  # a crux, or a name that only notes know, is nothing to believe
    return list({one.id: one for one in found}.values())


async def show_timeline(app: "Host", subject: str, statement: str) -> None:
    """How the credence in something moved."""
    from tui.dialogs.sheet import Sheet
    from tui.render.agenda_reports import timeline

    log = await app.library.insight(_log_of(subject))
    app.push_screen(Sheet("How your credence moved", list(timeline(statement, log, {}))))


async def show_changes(app: "Host", back: timedelta) -> None:
    """What the reader did in the last days."""
    from kb.insight.changes import changes
    from tui.dialogs.sheet import Sheet
    from tui.render.agenda_reports import changed

    found = await app.library.insight(lambda maps: changes(maps.record, datetime.now(UTC) - back))
    app.push_screen(Sheet(f"What changed in the last {back.days} days", list(changed(found))))


def pick_note(app: "Host", title: str, taken: "Callable[[NoteListRow], None]") -> None:
    """Let the reader pick a note, and go on with it."""
    app.run_in_background(partial(_pick_note, app, title, taken), "pick", latest=True)


async def _pick_note(app: "Host", title: str, taken: "Callable[[NoteListRow], None]") -> None:
    from tui.dialogs.note_picker import NotePicker

    rows = await app.library.read(note_queries.all_notes)
    if not rows:
        app.say("There are no notes to pick from yet: open a paper and press c on a sentence", "warning")
        return

    def answered(row: "NoteListRow | None") -> None:
        if row is not None:
            taken(row)

    app.push_screen(NotePicker(title, rows), answered)
