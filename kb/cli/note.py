"""``kb note`` and ``kb notes``: writing, reading and taking back notes."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.note_shown import as_json_of, print_note, say_anchor
from kb.cli.options import Json, workspace
from kb.models.note_kind import NoteKind

if TYPE_CHECKING:
    from kb.models.note import Note, Revision
    from kb.workspace import Workspace

group = typer.Typer(no_args_is_help=True, help="Write, read and take back notes.")
_SHOWN = 100
"""Notes that a terminal is shown, unless it asks for more; a program gets them all."""
NoteId = Annotated[str, typer.Argument(help="A note's id, its beginning, or last for the newest.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="note")
    app.command("notes")(list_notes)


@group.command()
def add(
    paper: Annotated[str | None, typer.Argument(help="The paper; leave out for a thought of your own.")] = None,
    kind: Annotated[str, typer.Option(help=f"{', '.join(NoteKind)}.")] = "",
    text: Annotated[str, typer.Option(help="The note; - reads it from standard input.")] = "",
    quote: Annotated[str, typer.Option(help="The passage that it stands on, word for word.")] = "",
    page: Annotated[int | None, typer.Option(help="The quote's page, where it stands on several.")] = None,
    agenda: Annotated[
        list[str] | None, typer.Option(help="AGENDA, AGENDA/LINK or CLAIM, then :supports, :undermines or :neutral.")
    ] = None,
    concept: Annotated[list[str] | None, typer.Option(help="A concept that it is about.")] = None,
    field: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, such as outcome=improved.")] = None,
    as_json: Json = False,
) -> int:
    """Write a note, anchored to a quote that is looked up in the paper."""
    from kb.cli.console import put_json, say
    from kb.cli.text_input import typed
    from kb.config import open_home
    from kb.library.recovery import text_kept_if_lost
    from kb.notes.compose import draft_note, note_meaning

    written = typed(text)
    with text_kept_if_lost(open_home(), written), workspace() as opened:
        content = draft_note(
            opened,
            paper,
            kind,
            written,
            quote=quote,
            page=page,
            agendas=agenda or (),
            concepts=concept or (),
            fields=field or (),
        )
        note = opened.notes.create(content)
        if as_json:
            put_json(as_json_of(note))
        else:
            say(f"saved {note.kind.value} {note.id}: {note.headline[:80]}")
        say_anchor(note)
        _say_bearings(opened, note)
        note_meaning(opened)
    return 0


def _say_bearings(opened: "Workspace", note: "Note") -> None:
    """What the note bears on, in words, and how to re-rate it."""
    from kb.agendas.group import agenda_group
    from kb.cli.console import say

    for bearing in note.agendas:
        group = agenda_group(opened.home, opened.record, bearing.agenda)
        say(f"  {bearing.bearing.value} {group.id}: {group.title}")
    if note.agendas:
        say(f"Next: kb credence {note.agendas[0].agenda} P --note {note.id} --why …")


@group.command()
def show(note: NoteId, as_json: Json = False) -> int:
    """Show a note with its quote, links and fields."""
    from kb.cli.console import put_json

    with workspace() as opened:
        found = opened.notes.get(note)
        links = opened.links.of(found.id)
    if as_json:
        put_json({**as_json_of(found), "links": [link.model_dump(mode="json") for link in links]})
    else:
        print_note(found, links)
    return 0


@group.command()
def edit(
    note: NoteId,
    text: Annotated[str | None, typer.Option(help="The new text; - reads it from standard input.")] = None,
    field: Annotated[list[str] | None, typer.Option(help="NAME=VALUE.")] = None,
    agenda: Annotated[list[str] | None, typer.Option(help="AGENDA[:bearing]; replaces those it has.")] = None,
    as_json: Json = False,
) -> int:
    """Change a note: by options, or else in your editor as Markdown with its fields on top."""
    from kb.cli.console import put_json, say
    from kb.cli.text_input import typed
    from kb.config import open_home
    from kb.library.recovery import text_kept_if_lost
    from kb.notes.compose import edited_by_hand, edited_by_options, note_meaning
    from kb.notes.resolve import agenda_names

    written = None if text is None else typed(text)
    with text_kept_if_lost(open_home(), written or ""), workspace() as opened:
        found = opened.notes.get(note)
        named = agenda_names(opened, found)
        if text is None and not field and not agenda:
            content = edited_by_hand(opened.home, found, named)
        else:
            content = edited_by_options(found, written, field or (), agenda, named)
        changed = opened.notes.edit(found.id, content) if content else found
        if as_json:
            put_json(as_json_of(changed))
        else:
            say(f"saved {changed.id}, revision {changed.revision}" if content else "nothing was changed")
        note_meaning(opened)
    return 0


@group.command()
def undo(
    note: Annotated[str | None, typer.Argument(help="A note; the newest change of all if left out.")] = None,
    as_json: Json = False,
) -> int:
    """Take back the last change that still stands; again takes back the one before."""
    from kb.cli.console import put_json, say

    with workspace() as opened:
        if note is None:
            changed, said = opened.notes.undo_last()
        else:
            changed = opened.notes.undo(note)
            said = "took it back into the trash" if changed.trashed else "took back its last change"
    if as_json:
        put_json({**as_json_of(changed), "undone": said})
    else:
        say(f"{said} ({changed.id})")
    return 0


@group.command()
def trash(note: NoteId, as_json: Json = False) -> int:
    """Put a note away; kb note undo brings it back."""
    return _moved(note, "trash", as_json)


@group.command()
def restore(note: NoteId, as_json: Json = False) -> int:
    """Take a note out of the trash."""
    return _moved(note, "restore", as_json)


def _moved(note: str, action: str, as_json: bool) -> int:
    from kb.cli.console import put_json, say

    with workspace() as opened:
        changed = getattr(opened.notes, action)(note)
    if as_json:
        put_json(as_json_of(changed))
    else:
        say(f"{changed.id} is {'in the trash' if changed.trashed else 'back'}")
    return 0


@group.command()
def history(note: NoteId, as_json: Json = False) -> int:
    """Every revision of a note, oldest first."""
    from kb.cli.console import put, put_json

    with workspace() as opened:
        found = opened.notes.get(note)
        revisions = opened.notes.history(found.id)
    if as_json:
        put_json({"note": found.id, "revisions": [revision.model_dump(mode="json") for revision in revisions]})
        return 0
    for revision in revisions:
        put(f"{revision.number:>3}  {revision.at:%Y-%m-%d %H:%M}  {revision.action:<8} {_one_line(revision)}")
    return 0


def _one_line(revision: "Revision") -> str:
    from kb.models.note_kind import field_words

    values = field_words(revision.content.fields.model_dump())
    return (revision.content.body or " · ".join(values)).replace("\n", " ")[:80]


@group.command()
def link(
    source: Annotated[str, typer.Argument(help="The note that says something of the other; or last.")],
    kind: Annotated[str, typer.Argument(help="supports, opposes, informs, replicates, fails-to-replicate, …")],
    target: Annotated[str, typer.Argument(help="The note that it is said of.")],
    strength: Annotated[float, typer.Option(help="From 0, a hint, to 1, decisive.")] = 1.0,
    doubt: Annotated[str, typer.Option(help="Why the relation may not hold.")] = "",
    as_json: Json = False,
) -> int:
    """Link two notes."""
    from kb.cli.console import put_json, say
    from kb.errors import UsageError
    from kb.models.note import LinkKind

    try:
        link_kind = LinkKind(kind)
    except ValueError:
        known = ", ".join(each.value for each in LinkKind)
        raise UsageError(f"no link is called {kind!r}", f"there are {known}", "kb note link --help") from None
    with workspace() as opened:
        ends = opened.notes.get(source).id, opened.notes.get(target).id
        made = opened.links.add(*ends, link_kind, strength, doubt)
    if as_json:
        put_json(made.model_dump(mode="json"))
    else:
        say(f"{made.source} {made.kind.value} {made.target}")
    return 0


def list_notes(
    kind: Annotated[str | None, typer.Option(help="Only notes of this kind.")] = None,
    agenda: Annotated[str | None, typer.Option(help="Only notes that bear on this agenda.")] = None,
    paper: Annotated[str | None, typer.Option(help="Only notes on this paper.")] = None,
    trashed: Annotated[bool, typer.Option("--trashed", help="Only notes in the trash.")] = False,
    limit: Annotated[int | None, typer.Option(min=0, help="How many, newest first; 0 for all. [default: 100]")] = None,
    as_json: Json = False,
) -> int:
    """List notes, newest first."""
    from kb.agendas.group import agenda_group
    from kb.cli.console import put_json
    from kb.library.note_list import NoteListing, matching
    from kb.notes.resolve import kind_of

    with workspace() as opened:
        about = opened.papers.find(paper).id if paper else None
        names = agenda_group(opened.home, opened.record, agenda).names if agenda else None
        condition = matching(kind_of(kind) if kind else None, names, about, trashed)
        if as_json:
            put_json({"notes": NoteListing(opened.record).data(condition, limit or None)})
        else:
            _list(opened, condition, _SHOWN if limit is None else limit or None)
    return 0


def _list(opened: "Workspace", condition: Any, limit: int | None) -> None:
    from kb.cli.console import put_table, say
    from kb.library.note_list import NoteListing

    rows, count = NoteListing(opened.record).rows(condition, limit), NoteListing(opened.record).count(condition)
    titles = opened.papers.many({row.paper for row in rows if row.paper})
    if not rows:
        say("no notes. Next: kb note add PAPER --kind claim --text …, or select text in the screen")
        return
    cells = [(row.id, row.kind.value, row.headline, titles[row.paper].title if row.paper else "") for row in rows]
    put_table(("note", "kind", "says", "paper"), cells)
    if count > len(rows):
        say(f"and {count - len(rows)} more: kb notes --limit 0")
