"""All notes as rows: with the paper's title, links to other notes, and what is held of a claim and what it lacks."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.rows import NoteRow, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.insight.desk import Insight
    from kb.library.anchor_report import Placed
    from kb.library.candidates import Candidate
    from kb.library.record import Record
    from kb.models.note import Link, Note
    from tui.shelf import Shelf


def all_notes(shelf: "Shelf") -> tuple[NoteRow, ...]:
    """Every note that is not in the trash, newest first."""
    from kb.insight.desk import Insight
    from kb.library.links import Links
    from kb.library.notes import Notes
    from kb.library.papers import Papers

    record = shelf.record()
    notes = Notes(record).all()
    papers = Papers(record).many({note.paper for note in notes if note.paper})
    ties = ties_by_note(notes, Links(record).all())
    held, flags = beliefs_of(Insight(shelf.home, record), record)
    return tuple(
        NoteRow(
            note,
            title := papers[note.paper].title if note.paper in papers else "",
            haystack(note, title),
            ties.get(note.id, ()),
            held.get(note.id, ""),
            flags.get(note.id, ()),
        )
        for note in notes
    )


def haystack(note: "Note", title: str) -> str:
    """What a filter looks at, in lower case."""
    fields = " ".join(str(value) for value in note.fields.model_dump().values() if value)
    quotes = " ".join(anchor.quote for anchor in note.anchors)
    return f"{note.body} {fields} {quotes} {title} {note.kind.value}".lower()


def ties_by_note(notes: "Iterable[Note]", links: "Iterable[Link]") -> dict[str, tuple[Tie, ...]]:
    """Each link twice: as what the one note says of the other, and as what is said of that."""
    said = {note.id: note.headline for note in notes}
    found: dict[str, tuple[Tie, ...]] = {}
    for link in links:
        if link.source in said and link.target in said:
            ends = ((link.source, link.target, True), (link.target, link.source, False))
            for here, other, is_said in ends:
                tie = Tie(link.id, link.kind.value, other, said[other], is_said, link.strength, link.doubt)
                found[here] = (*found.get(here, ()), tie)
    return found


def beliefs_of(maps: "Insight", record: "Record") -> "tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]":
    """What is held of each claim that was noted, and what its evidence lacks; only where something is linked to it."""
    from kb.insight.audit import FLAGS, Auditor
    from kb.library.credences import Credences

    held = {name: credence.words for name, credence in Credences(record).standing().items()}
    audited = Auditor(record, maps.atlas, datetime.now(UTC)).notes()
    return held, {one.subject.id: tuple(FLAGS[flag] for flag in one.flags) for one in audited}


def names(shelf: "Shelf") -> tuple[str, ...]:
    """Everything that a note can bear on, to complete from: agendas, tags, claims, cruxes, and what notes name."""
    from kb.insight.desk import Insight
    from kb.library.bearings import Bearings

    atlas = Insight(shelf.home, shelf.record()).atlas
    parts = [*atlas.claims, *atlas.cruxes]
    tags = {tag for agenda in atlas.agendas.values() for tag in agenda.tags}
    rest = sorted((tags | set(Bearings(shelf.record()).counts())) - {*atlas.agendas, *parts})
    return (*atlas.agendas, *rest, *parts)


def concepts(shelf: "Shelf") -> tuple[str, ...]:
    """Every concept of the map, to complete from."""
    from kb.insight.desk import Insight

    return Insight(shelf.home, shelf.record()).concept_ids


def places_of(shelf: "Shelf", quote: "Placed") -> "tuple[Candidate, ...]":
    """Where a quote may stand in the paper's text as it is now."""
    from kb.library.candidates import candidates
    from kb.library.papers import Papers

    version = Papers(shelf.record()).current(quote.paper) if quote.paper else None
    if version is None:
        return ()
    return candidates(shelf.texts().blocks(version.sha256), quote.anchor, version.sha256)
