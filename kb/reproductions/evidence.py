"""A run as evidence for or against a claim: what it says follows from the verdict, never from choice."""

from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.models.note import AgendaBearing, EvidenceFields, LinkKind, Note, NoteContent
from kb.models.note_kind import NoteKind
from kb.models.provenance import Provenance
from kb.reproductions.model import Reproduction
from kb.reproductions.store import Data

if TYPE_CHECKING:
    from kb.workspace import Workspace

_BEARING = {
    "reproduced": LinkKind.SUPPORTS,
    "not reproduced": LinkKind.OPPOSES,
    "inconclusive": LinkKind.INFORMS,
}


def attach(workspace: "Workspace", reproduction: Reproduction, run: Data, claim: Note) -> Note | None:
    """Write the run down as evidence linked to the claim; None for a run without a verdict, which is no evidence.

    On the claim's agendas it bears through the link alone: against a claim that it fails to reproduce, for one that
    it reproduces.
    """
    kind = _BEARING.get(run["verdict"])
    if kind is None:
        return None
    body = f"Run {run['run']}, {len(run['seeds'])} seeds: {run['why']}.\n\n{reproduction.scaled_down}"
    fields = EvidenceFields(observation=summary(reproduction, run), evidence_kind="reproduction")
    agendas = tuple(AgendaBearing(agenda=bearing.agenda) for bearing in claim.agendas)
    content = NoteContent(kind=NoteKind.EVIDENCE, paper=claim.paper, body=body, fields=fields, agendas=agendas)
    note = workspace.notes.create(content, provenance=Provenance.RUN)
    workspace.links.add(note.id, claim.id, kind, doubt="a reduced-scale reproduction", provenance=Provenance.RUN)
    return note


def claim_note(workspace: "Workspace", note_id: str) -> Note:
    """The claim that a run is to bear on; raises UsageError for a note of another kind."""
    note = workspace.notes.get(note_id)
    if note.kind is not NoteKind.CLAIM:
        raise UsageError(f"note {note.id} is a {note.kind.value}, not a claim", next="kb notes --kind claim")
    return note


def summary(reproduction: Reproduction, run: Data) -> str:
    """The run in one line: the verdict, always with its scale, and the main effect with its interval."""
    main = next(check for check in run["checks"] if check["name"] == reproduction.main.name)
    numbers = "no number"
    if main["lo"] is not None:
        numbers = f"{main['mean']:.3g} [{main['lo']:.3g}, {main['hi']:.3g}], claimed {main['op']} {main['threshold']:g}"
    return f"{reproduction.title}: {run['verdict']} (reduced scale). {main['name']}: {numbers}"
