"""Linking two notes, and taking links away; each says what was done."""

from functools import partial
from typing import TYPE_CHECKING

from tui.messages import RecordChanged

if TYPE_CHECKING:
    from tui.data.view_models import NoteLink, NoteListRow
    from tui.dialogs.link_form import LinkTerms
    from tui.host import Host

KEYS = "123456789"


def link_notes(app: "Host", source: "NoteListRow", target: "NoteListRow") -> None:
    """Ask how one note stands to another, and link them."""
    from tui.dialogs.choice_picker import ChoicePicker
    from tui.dialogs.link_form import KINDS, LinkForm

    if source.note.id == target.note.id:
        app.say("A note cannot be linked to itself: put the cursor on another one", "warning")
        return
    said, of = source.note.headline, target.note.headline

    def kind_chosen(kind: str | None) -> None:
        if kind is not None:
            app.push_screen(LinkForm(said, kind, of), partial(terms_given, kind))

    def terms_given(kind: str, terms: "LinkTerms | None") -> None:
        if terms is not None:
            app.run_in_background(partial(save_link, app, source, target, kind, terms), "write")

    app.push_screen(ChoicePicker(f"“{said[:140]}” … “{of[:140]}”", KINDS), kind_chosen)


async def save_link(app: "Host", source: "NoteListRow", target: "NoteListRow", kind: str, terms: "LinkTerms") -> None:
    """Keep a link, and say how it reads."""
    from kb.library.links import Links
    from kb.models.note import LinkKind

    ends = (source.note.id, target.note.id)
    await app.library.insight(lambda maps: Links(maps.record).add(*ends, LinkKind(kind), terms.strength, terms.doubt))
    app.say(f"Linked: “{source.note.headline[:40]}” {kind} “{target.note.headline[:40]}”")
    app.post_message(RecordChanged("notes", source.note.paper))


def remove_link(app: "Host", row: "NoteListRow") -> None:
    """Take a link of a note away; asks which where it has several."""
    from tui.dialogs.choice_picker import Choice, ChoicePicker

    if not row.ties:
        app.say("This note has no links; l links it to another", "warning")
    elif len(row.ties) == 1:
        app.run_in_background(partial(_remove, app, row.ties[0], row.note.paper), "write")
    else:
        ties = dict(zip(KEYS, row.ties, strict=False))
        choices = [Choice(key, tie.link, tie.words) for key, tie in ties.items()]

        def chosen(link: str | None) -> None:
            tie = next((one for one in row.ties if one.link == link), None)
            if tie is not None:
                app.run_in_background(partial(_remove, app, tie, row.note.paper), "write")

        app.push_screen(ChoicePicker("Which link shall go?", choices, with_values=False), chosen)


async def _remove(app: "Host", tie: "NoteLink", paper: str | None) -> None:
    from kb.library.links import Links

    await app.library.insight(lambda maps: Links(maps.record).remove(tie.link))
    app.say(f"Link taken away: {tie.words}")
    app.post_message(RecordChanged("notes", paper))
