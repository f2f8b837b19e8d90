"""A note in full, and what a list of notes can be narrowed to."""

from collections import Counter
from typing import TYPE_CHECKING

from tui.data.view_models import NoteListRow
from tui.render.note_kinds import ORDER, SIGN_OF
from tui.widgets.facets import Facet

if TYPE_CHECKING:
    from kb.models.note import Note


def facets_of(rows: tuple[NoteListRow, ...]) -> tuple[Facet, ...]:
    """Everything, each kind that there is, and each agenda that is named."""
    kinds = Counter(row.note.kind.value for row in rows)
    agendas = Counter(one.agenda for row in rows for one in row.note.agendas)
    troubled = sum(row.is_troubled for row in rows)
    found = [Facet("All notes", len(rows))]
    found += [Facet("! quotes to check", troubled, is_troubled=True)] if troubled else []
    found += [Facet(f"{SIGN_OF[kind]} {kind}", kinds[kind], kind=kind) for kind in ORDER if kinds[kind]]
    found += [Facet("Agendas", 0, is_heading=True)] if agendas else []
    found += [Facet(agenda, agendas[agenda], agenda=agenda) for agenda in sorted(agendas)]
    return tuple(found)


def in_full(row: NoteListRow) -> str:
    """Everything that a note says, and how it stands to others."""
    note = row.note
    anchor = note.anchors[0] if note.anchors else None
    where = " · ".join(filter(None, [row.title, f"p. {anchor.page}" if anchor and anchor.page else ""]))
    state = ""
    if anchor and anchor.state.value != "exact":
        told = "you keep it as it is" if anchor.kept else "R shows where it may stand"
        state = f"The quote is {anchor.state.value} in the text; {told}"
    body = "" if note.body.strip() == note.headline else note.body.strip()
    changed = f", changed {note.revised_at:%Y-%m-%d}" if note.revision > 1 else ""
    parts = [
        "" if anchor and note.headline in anchor.quote else f"# {note.headline}",
        body,
        f"You hold it at {row.held}." if row.held else "",
        "\n".join(f"! {flag}" for flag in row.flags),
        facts(note),
        "\n".join(["# Links", *(tie.words for tie in row.ties)]) if row.ties else "",
        f"“{anchor.quote}”" if anchor else "",
        where,
        state,
        f"written {note.created_at:%Y-%m-%d}{changed}",
    ]
    return "\n\n".join(part for part in parts if part)


def facts(note: "Note") -> str:
    """Fields and agendas, one a line."""
    from kb.models.note_kind import headline_field

    fields = note.fields.model_dump(exclude={headline_field(note.kind)})
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in fields.items() if value not in ("", None)]
    lines += [f"{one.agenda}: {one.bearing.value}" for one in note.agendas]
    return "\n".join(lines)
