"""What a card asks, and what it shows once it was answered: the note's own words, with their source."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.agendas.agenda_index import AgendaIndex, AgendaPlace
from kb.errors import NotFoundError
from kb.insight.review_log import ReviewCard
from kb.models.agenda import Agenda
from kb.models.authors import short_authors
from kb.models.note import (
    ClaimFields,
    IdeaFields,
    LessonFields,
    MethodFields,
    Note,
    QuestionFields,
    TermFields,
)
from kb.models.note_kind import NoteKind, headline_field
from kb.models.paper import Paper
from kb.models.review import ReviewKind


@dataclass(frozen=True)
class CardFace:
    """A card as it is shown: what is asked at once, the answer only when the reader asks for it."""

    card: ReviewCard
    asks: str
    statement: str
    """The belief in its words of today; empty for a question."""
    answer: str
    quote: str
    source: str
    """Whose words these are, and where."""
    paper: str | None
    note: str | None
    """Id of the note that it is about; None for an agenda or a link of its chain."""


def face_of(
    card: ReviewCard, agenda_index: AgendaIndex, notes: Mapping[str, Note], papers: Mapping[str, Paper]
) -> CardFace | None:
    """The card's two sides; None where what it was about is in the trash, or is no longer there."""
    note = notes.get(card.id)
    if note is not None:
        return None if note.trashed else _of_note(card, note, papers.get(note.paper or ""))
    part = agenda_index.agendas.get(card.id) or agenda_index.claims.get(card.id)
    return _of_map(card, part) if part else None


def question_of(note: Note) -> str:
    """What a note of this kind asks; raises NotFoundError where the reader has to say it in their own words."""
    fields = note.fields
    asked = ""
    if isinstance(fields, TermFields) and fields.term:
        asked = f"What does “{fields.term}” mean here?"
    elif isinstance(fields, LessonFields) and fields.relevant_for:
        asked = f"What did you learn that matters for {fields.relevant_for}?"
    elif isinstance(fields, QuestionFields) and fields.answer:
        asked = note.body.strip() or note.headline
    elif isinstance(fields, MethodFields) and fields.problem:
        asked = f"What was tried against this, and how did it come out? {fields.problem}"
    elif isinstance(fields, ClaimFields) and note.agendas:
        who = fields.asserted_by or "this paper"
        asked = f"What does {who} claim about {', '.join(bearing.agenda for bearing in note.agendas)}?"
    if not asked:
        raise NotFoundError(
            f"this {note.kind.value} says nothing that could be asked",
            "write the question that it answers",
            f"kb review add {note.id} --question …",
        )
    return asked


def _of_note(card: ReviewCard, note: Note, paper: Paper | None) -> CardFace:
    belief = card.sort is ReviewKind.BELIEF
    quote = note.anchors[0].quote if note.anchors else ""
    return CardFace(
        card=card,
        asks="How probable do you hold this now?" if belief else card.question,
        statement=note.headline if belief else "",
        answer="" if belief else _answer(note) or quote,
        quote=quote,
        source=_source(note, paper),
        paper=note.paper,
        note=note.id,
    )


def _of_map(card: ReviewCard, part: Agenda | AgendaPlace) -> CardFace:
    if isinstance(part, Agenda):
        statement = f"{part.title}: its theory of change would work."
        source = f"agenda {part.id}"
    else:
        statement = part.part.statement if hasattr(part.part, "statement") else ""
        place = f"link {part.number} of {len(part.agenda.theory_of_change)}" if part.number else "a former link"
        source = f"{part.agenda.title}, {place}"
    return CardFace(card, "How probable do you hold this now?", statement, "", "", source, None, None)


def _answer(note: Note) -> str:
    """What the note says, in the order in which one would say it."""
    fields = note.fields
    told: tuple[object, ...] = ()
    match fields:
        case TermFields():
            told = (fields.definition,)
        case QuestionFields():
            return fields.answer
        case IdeaFields():
            told = (fields.direction, f"Refuted by: {fields.refuted_by}" if fields.refuted_by else "")
        case MethodFields():
            told = (fields.approach, f"Outcome: {fields.outcome}" if fields.outcome else "", fields.limits)
        case _:
            told = (getattr(fields, headline_field(note.kind), ""),)
    return "\n".join(str(part) for part in (*told, note.body.strip()) if part)


def _source(note: Note, paper: Paper | None) -> str:
    """``Christiano 2017, p. 4``, so that it is always said who claims it."""
    if paper is None:
        return "your own note"
    who = short_authors([author for author in paper.authors if author], " and ")
    page = note.anchors[0].page if note.anchors else None
    cited = " ".join(str(part) for part in (who or paper.title, paper.year) if part)
    said = note.fields.asserted_by if note.kind is NoteKind.CLAIM and isinstance(note.fields, ClaimFields) else ""
    return ", ".join(part for part in (cited, f"p. {page}" if page else "", f"says {said}" if said else "") if part)
