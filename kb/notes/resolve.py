"""What a reader calls things: kinds of notes, agendas, claims and cruxes, concepts, and how a note bears on them."""

from collections.abc import Callable, Sequence

from kb.errors import UsageError
from kb.models.note import AgendaBearing, Bearing, Note
from kb.models.note_kind import NoteKind
from kb.workspace import Workspace


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


def agenda_names(workspace: Workspace, note: Note | None = None) -> Names:
    """Names of agendas, their tags, claims and cruxes; what a note bears on already stays valid, whoever knows it."""
    kept = {bearing.agenda for bearing in note.agendas} if note else set()

    def named(text: str) -> str:
        if text.strip() in kept:
            return text.strip()
        from kb.agendas.agenda_index import AgendaIndex

        return AgendaIndex.open(workspace.home, workspace.record).name(text)

    return named


def concept_ids(workspace: Workspace, named: Sequence[str]) -> tuple[str, ...]:
    """Concepts by their own ids; raises NotFoundError with what is near."""
    if not named:
        return ()
    from kb.insight.concepts import Concepts
    from kb.sources.maps import load_concepts

    concepts = Concepts(load_concepts(workspace.home))
    return tuple(concepts.find(name).id for name in named)


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
