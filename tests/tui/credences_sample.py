"""Notes with evidence on both sides of one link, and credences, over the sample of the screen's tests."""

from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.anchor import Anchor, AnchorState
from kb.models.credence import Subject, SubjectKind, Trigger
from kb.models.note import (
    AgendaBearing,
    Bearing,
    ClaimFields,
    EvidenceFields,
    LinkKind,
    Note,
    NoteContent,
    QuestionFields,
)
from kb.models.note_kind import NoteKind
from tests.tui.sample import Sample

COMPARISONS = "rl-signal"
STATEMENT = "What raters prefer at a glance carries enough of what they would prefer after checking."
QUOTE = "We show that this approach can effectively solve complex tasks without access to the reward function."


def believe(sample: Sample) -> dict[str, Note]:
    """A claim with evidence for it and against it, tied to one link of the agenda on RLHF; and how that was rated."""
    with Record.open(sample.home) as record:
        notes = Notes(record)
        claim = ClaimFields(statement="comparisons say more than ratings")
        found = {
            "claim": notes.create(
                NoteContent(kind=NoteKind.CLAIM, paper=sample.christiano, fields=claim, agendas=(bears("supports"),))
            ),
            "for": notes.create(_evidence(sample, "few comparisons were enough", "small model", "supports", QUOTE)),
            "against": notes.create(_evidence(sample, "annotators disagree", "human study", "undermines", "")),
            "question": notes.create(
                NoteContent(kind=NoteKind.QUESTION, body="why not ratings?", fields=QuestionFields())
            ),
        }
        Links(record).add(found["for"].id, found["claim"].id, LinkKind.SUPPORTS, 0.5, "one lab")
        subject = Subject(kind=SubjectKind.CLAIM, id=COMPARISONS, statement=STATEMENT)
        log = Credences(record)
        log.add(subject, 0.6, reason="it sounds right")
        log.add(subject, 0.7, 0.8, reason="few were enough", trigger=Trigger(kind="note", ref=found["for"].id))
    return found


def bears(bearing: str) -> AgendaBearing:
    """How a note bears on the link."""
    return AgendaBearing(agenda=COMPARISONS, bearing=Bearing(bearing))


def _evidence(sample: Sample, says: str, sort: str, bearing: str, quote: str) -> NoteContent:
    anchors = (Anchor(quote=quote, page=1, version="c" * 64, first_block=3),) if quote else ()
    fields = EvidenceFields.model_validate({"observation": says, "evidence_kind": sort})
    return NoteContent(
        kind=NoteKind.EVIDENCE, paper=sample.christiano, fields=fields, agendas=(bears(bearing),), anchors=anchors
    )


def lose(sample: Sample, note: Note, quote: str) -> None:
    """Let a note's quote be one that is not found as it was."""
    anchor = note.anchors[0].model_copy(update={"quote": quote, "state": AnchorState.CHANGED})
    with Record.open(sample.home) as record:
        Notes(record).place(note.id, (anchor,))
