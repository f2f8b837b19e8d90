"""What a reader calls things: kinds of notes, agendas, claims and cruxes, concepts, and how a note bears on them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kb.desk import Desk
from kb.errors import NotFoundError, UsageError
from kb.models.note import AgendaBearing, Bearing, Note, NoteKind


def kind_of(text: str) -> NoteKind:
    """A note kind by its name; raises UsageError naming those there are."""
    try:
        return NoteKind(text.lower())
    except ValueError:
        known = ", ".join(kind.value for kind in NoteKind)
        what = f"no note is of the kind {text!r}" if text else "a note needs a kind"
        raise UsageError(what, f"there are {known}", "kb note add PAPER --kind claim --text …") from None


Names = Callable[[str], str]
"""What a reader calls an agenda, claim or crux → its own name; raises NotFoundError with what is near."""


def agenda_names(desk: Desk, note: Note | None = None) -> Names:
    """Names of agendas, their tags, claims and cruxes; what a note bears on already stays valid, whoever knows it."""
    kept = {bearing.agenda for bearing in note.agendas} if note else set()

    def named(text: str) -> str:
        if text.strip() in kept:
            return text.strip()
        from kb.insight.atlas import Atlas

        return Atlas.open(desk.home, desk.record).name(text)

    return named


def concept_ids(desk: Desk, named: Sequence[str]) -> tuple[str, ...]:
    """Concepts by their own ids; raises NotFoundError with what is near."""
    if not named:
        return ()
    from kb.insight.concepts import Concepts
    from kb.sources.maps import load_concepts

    concepts = Concepts(load_concepts(desk.home))
    return tuple(concepts.find(name).id for name in named)


class Group(NamedTuple):
    """What a reader names as an agenda: all the names under which notes bear on it."""

    id: str
    title: str
    names: frozenset[str]


def agenda_group(desk: Desk, text: str) -> Group:
    """An agenda with its tags, claims and cruxes; or one claim or crux alone.

    A name that only notes know, such as an imported one, stands for itself.
    """
    from kb.insight.atlas import Atlas
    from kb.library.bearings import Bearings

    atlas = Atlas.open(desk.home, desk.record)
    try:
        name = atlas.name(text)
    except NotFoundError:
        if text in Bearings(desk.record).counts():
            return Group(text, "", frozenset({text}))
        raise
    agenda = atlas.agenda(name)
    if name in agenda.parts:
        return Group(name, agenda.parts[name], frozenset({name}))
    return Group(agenda.id, agenda.title, agenda.names)


def bearing_of(text: str, named: Names = str.strip) -> AgendaBearing:
    """``debate:supports`` → the agenda, claim or crux, and how the note bears on it; raises UsageError."""
    agenda, _, bearing = text.partition(":")
    try:
        way = Bearing(bearing.strip() or Bearing.NEUTRAL)
    except ValueError:
        known = ", ".join(each.value for each in Bearing)
        raise UsageError(
            f"{bearing!r} is no way to bear on an agenda", f"there are {known}", "kb agenda list"
        ) from None
    return AgendaBearing(agenda=named(agenda), bearing=way)
