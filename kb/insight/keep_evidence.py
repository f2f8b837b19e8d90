"""Making evidence of a passage that speaks for a claim, or against it: a note on its words, tied to the claim."""

import re
from typing import Literal

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.library.anchors import QuoteLocator
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.anchor import Anchor
from kb.models.base import Value
from kb.models.note import AgendaBearing, Bearing, EvidenceFields, LinkKind, Note, NoteContent
from kb.models.note_kind import NoteKind
from kb.models.search import Hit
from kb.recall.texts import Texts

Stance = Literal["supports", "opposes"]
STRENGTH = 0.5
"""Of a link from a kept passage: neither a hint nor decisive, until the reader says more."""
_NOTE = re.compile(r"n[0-9a-f]{2,8}")


class KeptEvidence(Value):
    """What is claimed, and what stands for it: a note, a claim of an agenda, or neither."""

    statement: str
    note: str | None = None
    part: str | None = None


def claimed(home: Home, record: Record, named: str) -> KeptEvidence:
    """A claim by its note's id, by its id or place in an agenda, or in words of one's own; raises NotFoundError."""
    if _NOTE.fullmatch(named.strip()):
        note = Notes(record).get(named.strip())
        return KeptEvidence(statement=note.headline, note=note.id)
    from kb.agendas.agenda_index import AgendaIndex
    from kb.models.agenda import ChainClaim

    try:
        part = AgendaIndex.open(home, record).claim(named).part
    except NotFoundError:
        if " " in named.strip():
            return KeptEvidence(statement=named.strip())
        raise
    assert isinstance(part, ChainClaim)
    return KeptEvidence(statement=part.statement, part=part.id)


def keep_as_evidence(record: Record, texts: Texts, hit: Hit, claim: KeptEvidence, stance: Stance) -> Note:
    """An evidence note on the words that the hit shows, saying how it stands to the claim."""
    if hit.paper is None or (claim.note is None and claim.part is None):
        raise UsageError("there is nothing to tie this to", "the claim is no note yet", "kb note add --kind claim")
    words = hit.snippet.strip("… ").replace("\n", " ")
    bearing = Bearing.SUPPORTS if stance == "supports" else Bearing.UNDERMINES
    content = NoteContent(
        kind=NoteKind.EVIDENCE,
        paper=hit.paper,
        fields=EvidenceFields(observation=words),
        agendas=(AgendaBearing(agenda=claim.part, bearing=bearing),) if claim.part else (),
        anchors=(_anchor(record, texts, hit.paper, words, hit.page),),
    )
    note = Notes(record).create(content)
    if claim.note:
        Links(record).add(note.id, claim.note, LinkKind(stance), STRENGTH)
    return note


def _anchor(record: Record, texts: Texts, paper: str, words: str, page: int | None) -> Anchor:
    version = Papers(record).current(paper)
    blocks = texts.blocks(version.sha256) if version else ()
    return QuoteLocator(blocks, version.sha256 if version else "").select(words, page)
