"""Cards over the beliefs of the screen's tests: a link of an agenda, a claim of the reader's own, and a term."""

from datetime import UTC, datetime, timedelta

from kb.insight.review import Deck
from kb.library.credences import Credences
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.anchor import Anchor
from kb.models.credence import Subject, SubjectKind
from kb.models.note import ClaimFields, Note, NoteContent, TermFields
from kb.models.note_kind import NoteKind
from tests.tui.credences_sample import COMPARISONS, believe
from tests.tui.sample import Sample

CLAIM = "Few comparisons are [bold]enough[/bold]"
DEFINITION = "a pair of short clips of which a person says which is better"
QUOTE = "preferences between pairs of trajectory segments"


def choose(sample: Sample) -> dict[str, Note]:
    """Three cards that are due; the reader has rated two of the beliefs before, and said why."""
    found = believe(sample)
    with Record.open(sample.home) as record:
        notes, deck = Notes(record), Deck(sample.home, record)
        claim = NoteContent(kind=NoteKind.CLAIM, paper=sample.christiano, fields=ClaimFields(statement=CLAIM))
        term = NoteContent(
            kind=NoteKind.TERM,
            paper=sample.christiano,
            fields=TermFields(term="comparison", definition=DEFINITION),
            anchors=(Anchor(quote=QUOTE, page=1, version="c" * 64, first_block=3),),
        )
        found |= {"own": notes.create(claim), "term": notes.create(term)}
        subject = Subject(kind=SubjectKind.NOTE, id=found["own"].id, statement=CLAIM)
        long_ago = datetime.now(UTC) - timedelta(days=40)
        Credences(record).add(subject, 0.3, reason="only a hunch", at=long_ago)
        for name in (found["own"].id, found["term"].id, COMPARISONS):
            deck.add(name)
    return found
