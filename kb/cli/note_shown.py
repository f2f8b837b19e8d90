"""A note as data for scripts and as text for people."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.models.note import Link, Note


def as_json_of(note: "Note") -> dict[str, Any]:
    """A note in the shape of the contract: ``anchor`` is its first one."""
    first = note.anchors[0] if note.anchors else None
    anchor = {"state": first.state.value, "page": first.page, "quote": first.quote} if first else None
    return {
        "note": note.id,
        **note.model_dump(mode="json", exclude={"id"}),
        "headline": note.headline,
        "anchor": anchor,
    }


def print_note(note: "Note", links: "tuple[Link, ...]") -> None:
    """The note for a person."""
    from kb.cli.console import put, wrapped

    put(f"{note.kind.value} {note.id}  ·  revision {note.revision}  ·  {note.revised_at:%Y-%m-%d %H:%M}")
    for name, value in note.fields.model_dump().items():
        if value not in ("", None):
            put(wrapped(f"{name.replace('_', ' ')}: {value}", indent="  "))
    if note.body:
        put(wrapped(note.body, indent="  "))
    for anchor in note.anchors:
        put(wrapped(f"“{anchor.quote}”", indent="  > "))
        put(f"    p. {anchor.page or '?'} · {anchor.state.value} · {note.paper}")
    for bearing in note.agendas:
        put(f"  {bearing.bearing.value} {bearing.agenda}")
    for each in links:
        put(f"  {each.source} {each.kind.value} {each.target}" + (f" (doubt: {each.doubt})" if each.doubt else ""))


def say_anchor(note: "Note") -> None:
    """Say where a quote was not found as it was given."""
    from kb.cli.console import say
    from kb.models.anchor import AnchorState

    said = {
        AnchorState.ORPHANED: "the quote is not in the paper; the note is marked. Next: kb anchors places {note}",
        AnchorState.CHANGED: "the paper says it otherwise: “{found}”. Next: kb anchors mend {note}",
        AnchorState.AMBIGUOUS: "the quote stands in several places. Next: kb anchors places {note}",
    }
    for anchor in note.anchors:
        if anchor.state in said:
            say("  " + said[anchor.state].format(found=anchor.found[:160], note=note.id))
