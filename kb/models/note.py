"""Notes: a kind, a Markdown body, typed fields for that kind, agendas that it bears on, anchors, and a history."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import model_validator

from kb.models.anchor import Anchor
from kb.models.base import Value
from kb.models.note_kind import NoteKind, headline_field
from kb.models.provenance import Provenance


class Bearing(StrEnum):
    """How a note bears on an agenda."""

    SUPPORTS = "supports"
    UNDERMINES = "undermines"
    NEUTRAL = "neutral"


class AgendaBearing(Value):
    """An agenda's id, and how the note bears on it."""

    agenda: str
    bearing: Bearing = Bearing.NEUTRAL


class HighlightFields(Value):
    """A highlight is its quote; the colour is the reader's own code."""

    colour: str = ""


class ClaimFields(Value):
    """Somebody states something that may be true or false."""

    statement: str = ""
    asserted_by: str = ""


class MethodFields(Value):
    """What was tried against which baseline, and how it came out: enough to count which strategies tend to work."""

    problem: str = ""
    approach: str = ""
    baseline: str = ""
    metric: str = ""
    value: float | None = None
    baseline_value: float | None = None
    outcome: Literal["", "improved", "mixed", "failed"] = ""
    cost: str = ""
    limits: str = ""


EvidenceKind = Literal[
    "", "theorem", "toy model", "small model", "frontier model", "human study", "argument", "reproduction"
]
"""On what sort of system something was seen; empty where nobody has said."""


class EvidenceFields(Value):
    """Something observed, and on what sort of system."""

    observation: str = ""
    evidence_kind: EvidenceKind = ""


class LessonFields(Value):
    """A fact worth knowing, and what it is relevant for."""

    fact: str = ""
    relevant_for: str = ""


class QuestionFields(Value):
    """Something the reader does not know yet."""

    answer: str = ""


class IdeaFields(Value):
    """The reader's own direction, and what would refute it."""

    direction: str = ""
    refuted_by: str = ""


class TermFields(Value):
    """A word as this paper uses it."""

    term: str = ""
    definition: str = ""


class SummaryFields(Value):
    """The paper in the reader's own words; the body holds it."""


Fields = (
    HighlightFields
    | ClaimFields
    | MethodFields
    | EvidenceFields
    | LessonFields
    | QuestionFields
    | IdeaFields
    | TermFields
    | SummaryFields
)

FIELDS_OF: dict[NoteKind, type[Fields]] = {
    NoteKind.HIGHLIGHT: HighlightFields,
    NoteKind.CLAIM: ClaimFields,
    NoteKind.METHOD: MethodFields,
    NoteKind.EVIDENCE: EvidenceFields,
    NoteKind.LESSON: LessonFields,
    NoteKind.QUESTION: QuestionFields,
    NoteKind.IDEA: IdeaFields,
    NoteKind.TERM: TermFields,
    NoteKind.SUMMARY: SummaryFields,
}
"""The typed fields of each kind; the form, the editor and the importer all read this table."""


class NoteContent(Value):
    """All that the reader can change; one revision holds exactly this."""

    kind: NoteKind
    paper: str | None = None
    """Id of the paper; None for a thought of the reader's own."""
    body: str = ""
    fields: Fields
    agendas: tuple[AgendaBearing, ...] = ()
    concepts: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    trashed: bool = False

    @model_validator(mode="before")
    @classmethod
    def _fields_by_kind(cls, data: Any) -> Any:
        """Read plain ``fields`` as those of the note's kind, since several kinds could accept the same mapping."""
        if not isinstance(data, dict) or data.get("kind") not in list(NoteKind):
            return data
        expected = FIELDS_OF[NoteKind(data["kind"])]
        fields = data.get("fields") or {}
        if isinstance(fields, Value):
            if type(fields) is not expected:
                raise ValueError(f"a {data['kind']} note takes {expected.__name__}, not {type(fields).__name__}")
            return data
        return {**data, "fields": expected.model_validate(fields)}

    @property
    def headline(self) -> str:
        """The note in one line: its headline field, else its body's first line, else its quote."""
        named = getattr(self.fields, headline_field(self.kind), "")
        quote = self.anchors[0].quote if self.anchors else ""
        lines = (str(named) or self.body.strip() or quote).splitlines()
        return lines[0] if lines else ""


class Note(NoteContent):
    """A note at its newest revision."""

    id: str
    provenance: Provenance = Provenance.ME
    revision: int
    created_at: datetime
    revised_at: datetime


class Revision(Value):
    """One step of a note's history; nothing is ever taken out of it."""

    note: str
    number: int
    action: Literal["create", "edit", "undo", "trash", "restore"]
    content: NoteContent
    parent: int | None
    """The revision that an undo of this one goes back to; None where an undo means the trash."""
    at: datetime


class LinkKind(StrEnum):
    """How one note stands to another."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    INFORMS = "informs"
    REPLICATES = "replicates"
    FAILS_TO_REPLICATE = "fails-to-replicate"
    DEPENDS_ON = "depends-on"
    DEFINES = "defines"
    UNDERCUTS = "undercuts"


class Link(Value):
    """A typed relation between two notes; strength and doubt belong to the relation, not to either note."""

    id: str
    source: str
    target: str
    kind: LinkKind
    strength: float = 1.0
    """From 0 (a hint) to 1 (decisive)."""
    doubt: str = ""
    """Why the relation itself may not hold."""
    provenance: Provenance = Provenance.ME
    at: datetime
