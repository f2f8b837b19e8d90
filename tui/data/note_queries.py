"""All notes as rows: with the paper's title, links to other notes, and what is held of a claim and what it lacks."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.data.view_models import NoteLink, NoteListRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.insight.insight import Insight
    from kb.library.anchor_report import PlacedQuote
    from kb.library.quote_candidates import QuoteCandidate
    from kb.library.record import Record
    from kb.models.note import Link, Note
    from tui.data.library_files import LibraryFiles


def all_notes(files: "LibraryFiles") -> tuple[NoteListRow, ...]:
    """Every note that is not in the trash, newest first."""
    from kb.insight.insight import Insight
    from kb.library.links import Links
    from kb.library.notes import Notes
    from kb.library.papers import Papers

    record = files.record()
    notes = Notes(record).all()
    papers = Papers(record).many({note.paper for note in notes if note.paper})
    ties = ties_by_note(notes, Links(record).all())
    held, flags = beliefs_of(Insight(files.home, record), record)
    return tuple(
        NoteListRow(
            note,
            title := papers[note.paper].title if note.paper in papers else "",
            search_text(note, title),
            ties.get(note.id, ()),
            held.get(note.id, ""),
            flags.get(note.id, ()),
        )
        for note in notes
    )


def search_text(note: "Note", title: str) -> str:
    """What a filter looks at, in lower case."""
    from kb.models.note_kind import field_words

    fields = " ".join(field_words(note.fields.model_dump()))
    quotes = " ".join(anchor.quote for anchor in note.anchors)
    return f"{note.body} {fields} {quotes} {title} {note.kind.value}".lower()


def ties_by_note(notes: "Iterable[Note]", links: "Iterable[Link]") -> dict[str, tuple[NoteLink, ...]]:
    """Each link twice: as what the one note says of the other, and as what is said of that."""
    said = {note.id: note.headline for note in notes}
    found: dict[str, tuple[NoteLink, ...]] = {}
    for link in links:
        if link.source in said and link.target in said:
            ends = ((link.source, link.target, True), (link.target, link.source, False))
            for here, other, is_said in ends:
                tie = NoteLink(link.id, link.kind.value, other, said[other], is_said, link.strength, link.doubt)
                found[here] = (*found.get(here, ()), tie)
    return found


def beliefs_of(maps: "Insight", record: "Record") -> "tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]":
    """What is held of each claim that was noted, and what its evidence lacks; only where something is linked to it."""
    from kb.insight.audit import FLAGS, Auditor
    from kb.library.credences import Credences

    held = {name: credence.words for name, credence in Credences(record).standing().items()}
    audited = Auditor(record, maps.agenda_index, datetime.now(UTC)).notes()
    return held, {one.subject.id: tuple(FLAGS[flag] for flag in one.flags) for one in audited}


def names(files: "LibraryFiles") -> tuple[str, ...]:
    """Everything that a note can bear on, to complete from: agendas, tags, claims, cruxes, and what notes name."""
    from kb.insight.insight import Insight
    from kb.library.bearings import Bearings

    agenda_index = Insight(files.home, files.record()).agenda_index
    parts = [*agenda_index.claims, *agenda_index.cruxes]
    tags = {tag for agenda in agenda_index.agendas.values() for tag in agenda.tags}
    rest = sorted((tags | set(Bearings(files.record()).counts())) - {*agenda_index.agendas, *parts})
    return (*agenda_index.agendas, *rest, *parts)


def concepts(files: "LibraryFiles") -> tuple[str, ...]:
    """Every concept of the map, to complete from."""
    from kb.insight.insight import Insight

    return Insight(files.home, files.record()).concept_ids


def troubled_quotes(files: "LibraryFiles") -> "tuple[PlacedQuote, ...]":
    """Quotes that are not found as they were."""
    from kb.library.anchor_report import AnchorReport

    return AnchorReport(files.record()).placed()


def places_of(files: "LibraryFiles", quote: "PlacedQuote") -> "tuple[QuoteCandidate, ...]":
    """Where a quote may stand in the paper's text as it is now."""
    from kb.library.papers import Papers
    from kb.library.quote_candidates import candidates

    version = Papers(files.record()).current(quote.paper) if quote.paper else None
    if version is None:
        return ()
    return candidates(files.texts().blocks(version.sha256), quote.anchor, version.sha256)
