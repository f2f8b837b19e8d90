"""Coming back to what was learnt and believed: what is due, each card's two sides, and what is written down of it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.insight.credence_log import probability, rating
from kb.insight.evidence import Evidence, EvidenceGraph
from kb.insight.insight import Insight
from kb.insight.review_faces import CardFace, face_of, question_of
from kb.insight.review_log import ReviewCard, cards_of, due_cards, grade_of_shift, in_force, taken_back
from kb.library.credences import Credences
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record, now
from kb.library.reviews import Reviews
from kb.models.credence import Credence, Subject, SubjectKind, Trigger
from kb.models.note import Note
from kb.models.note_kind import NoteKind
from kb.models.review import Action, Grade, ReviewData, ReviewEvent, ReviewKind


@dataclass(frozen=True)
class Since:
    """What the reader last said of a belief, and what they have noted since."""

    last: Credence | None
    supporting: tuple[Evidence, ...]
    opposing: tuple[Evidence, ...]
    neutral: tuple[Evidence, ...]

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Everything noted since."""
        return (*self.supporting, *self.opposing, *self.neutral)


def belief_of(text: str) -> tuple[float, float]:
    """A probability or a range as typed; a bare 1, 2, 3 or 4 is more likely a grade, and raises UsageError."""
    if text.strip() in {str(int(grade)) for grade in Grade}:
        said = text.strip()
        raise UsageError(f"{said} is a grade", f"a belief is rated by a probability: 70%, or {said}% if that is meant")
    return probability(text)


def rated(text: str) -> tuple[float, float, str]:
    """A probability or a range, and the reason that may follow it; raises UsageError."""
    said = text.strip()
    first = said.partition(" ")[0].rstrip(",;:")
    if first == said or first in {str(int(grade)) for grade in Grade}:
        return (*belief_of(first), "")
    return rating(said)


class Deck:
    """The cards of one library, read once; whatever changes them makes it read again."""

    def __init__(self, home: Home, record: Record) -> None:
        self._home = home
        self._record = record
        self._reviews = Reviews(record)

    @cached_property
    def insight(self) -> Insight:
        """The maps that beliefs are about."""
        return Insight(self._home, self._record)

    @cached_property
    def cards(self) -> dict[str, ReviewCard]:
        """Every card that stands, by what it is about."""
        return cards_of(self._reviews.log())

    @cached_property
    def faces(self) -> dict[str, CardFace]:
        """The cards that can be shown."""
        notes = Notes(self._record).many(list(self.cards))
        papers = Papers(self._record).many({note.paper for note in notes.values() if note.paper})
        found = (face_of(card, self.insight.agenda_index, notes, papers) for card in self.cards.values())
        return {face.card.id: face for face in found if face}

    def due(self, at: datetime | None = None) -> tuple[CardFace, ...]:
        """What is to be reviewed now, the longest overdue first."""
        cards = due_cards((face.card for face in self.faces.values()), at or now())
        return tuple(self.faces[card.id] for card in cards)

    def face(self, text: str) -> CardFace:
        """The card with this id, or the only one that begins so; raises NotFoundError."""
        begun = [name for name in self.faces if name.startswith(text.strip())] if text.strip() else []
        found = self.faces.get(text.strip()) or (self.faces[begun[0]] if len(begun) == 1 else None)
        if found is None:
            what = "several cards begin with" if begun else "no card is called"
            raise NotFoundError(f"{what} {text!r}", ", ".join(begun[:8]), "kb review --list --all")
        return found

    def add(self, text: str, sort: ReviewKind | None = None, question: str = "") -> CardFace:
        """Choose a belief or a note to come back to; raises UsageError for a note that cannot be asked so."""
        subject, note = self._named(text)
        wanted = sort or (ReviewKind.BELIEF if subject and not question else ReviewKind.QUESTION)
        if wanted is ReviewKind.BELIEF and subject is None:
            kind = note.kind.value if note else "note"
            raise UsageError(f"a {kind} is not believed more or less", "a claim or an agenda is", "kb review add NOTE")
        if wanted is ReviewKind.QUESTION and note is None:
            raise UsageError(f"{text} is no note", "only a note has an answer", "kb review add NOTE")
        asked = (question.strip() or question_of(note)) if note and wanted is ReviewKind.QUESTION else ""
        name = note.id if note else subject.id if subject else text
        self._write(name, "add", ReviewData(sort=wanted, question=asked))
        return self.face(name)

    def remove(self, text: str) -> ReviewCard:
        """Stop asking; the reviews stay in the log, and the card goes on from them if it is chosen again."""
        name = text.strip()
        card = self.cards.get(name) or self.face(name).card
        self._write(card.id, "remove")
        return card

    def grade(self, face: CardFace, grade: Grade) -> ReviewCard:
        """Write down how well a question was answered."""
        if face.card.sort is ReviewKind.BELIEF:
            raise UsageError(f"{face.card.id} is a belief", "it is rated by a probability", self._example(face))
        self._write(face.card.id, "rate", ReviewData(grade=grade))
        return self.cards[face.card.id]

    def since(self, face: CardFace) -> Since:
        """The last credence in a belief, and the evidence noted after it; to be shown once it was rated anew."""
        last = next(reversed(self.held(face.card.id)), None)
        if face.note:
            items = EvidenceGraph(self._record, claims=[face.note]).about(face.note)
        else:
            items = EvidenceGraph(self._record, [face.card.id]).on(face.card.id)
        fresh = [item for item in items if last is None or item.at > last.at]
        sides = [tuple(item for item in fresh if item.sign == sign) for sign in (1, -1, 0)]
        return Since(last, *sides)

    def held(self, subject: str) -> tuple[Credence, ...]:
        """What the reader said of a belief, oldest first, without what they took back."""
        passed = taken_back(self._reviews.log(subject))
        return tuple(one for one in Credences(self._record).history(subject) if one.at not in passed)

    def rerate(
        self, face: CardFace, low: float, high: float, reason: str = "", trigger: Trigger | None = None
    ) -> ReviewCard:
        """Write a belief's new credence and its review down together; how far it moved decides when it is asked again.

        Raises UsageError for a card that is no belief.
        """
        if face.card.sort is not ReviewKind.BELIEF:
            raise UsageError(f"{face.card.id} is a question", "it is graded from 1 to 4", self._example(face))
        last = next(reversed(self.held(face.card.id)), None)
        grade = grade_of_shift(last.p if last else None, (low + high) / 2)
        subject = self._subject(face)
        held = Credence(subject=subject, low=low, high=high, reason=reason, trigger=trigger or Trigger(), at=now())
        self._write(face.card.id, "rate", ReviewData(grade=grade, low=low, high=high), held)
        return self.cards[face.card.id]

    def resolve(self, text: str, came_true: bool, why: str = "") -> Subject:
        """Say that a claim turned out true or false; its last credence is scored by that."""
        subject, note = self._named(text)
        if subject is None:
            raise UsageError(f"{text} is a {note.kind.value if note else 'note'}", "a claim comes true, or does not")
        self._write(subject.id, "resolve", ReviewData(came_true=came_true, why=why))
        return subject

    def undo(self) -> ReviewEvent:
        """Take the newest line back that still stands; raises NotFoundError.

        A belief that was rated in it goes back to what it was, as a further entry of its log.
        """
        standing = in_force(self._reviews.log())
        if not standing:
            raise NotFoundError("no review is left to take back", next="kb review")
        last = standing[-1]
        self._write(last.card, "undo", ReviewData(undoes=last.seq), self._as_before(last))
        return last

    def _as_before(self, event: ReviewEvent) -> Credence | None:
        """The credence that stood before a belief was rated, to be written down again if no later one stands."""
        history = Credences(self._record).history(event.card)
        if event.data.low is None or not history or history[-1].at != event.at:
            return None
        before = [one for one in self.held(event.card) if one.at < event.at]
        return before[-1].model_copy(update={"at": now()}) if before else None

    def _named(self, text: str) -> tuple[Subject | None, Note | None]:
        """What the reader names: something that can be believed, or a note, or a claim that is both."""
        try:
            note = Notes(self._record).get(text.strip())
        except NotFoundError:
            return self.insight.subject(text), None
        is_claim = note.kind is NoteKind.CLAIM
        return (Subject(kind=SubjectKind.NOTE, id=note.id, statement=note.headline) if is_claim else None), note

    def _subject(self, face: CardFace) -> Subject:
        if face.note:
            return Subject(kind=SubjectKind.NOTE, id=face.note, statement=face.statement)
        return self.insight.subject(face.card.id)

    def _example(self, face: CardFace) -> str:
        return f"kb review rate {face.card.id} {'70%' if face.card.sort is ReviewKind.BELIEF else '3'}"

    def _write(
        self, card: str, action: Action, data: ReviewData | None = None, credence: Credence | None = None
    ) -> ReviewEvent:
        event = self._reviews.add(card, action, data, credence=credence, at=credence.at if credence else None)
        for name in ("cards", "faces"):
            self.__dict__.pop(name, None)
        return event
