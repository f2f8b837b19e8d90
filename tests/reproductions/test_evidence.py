"""A run as evidence: its bearing is the verdict's, and a run without a verdict is none."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.errors import UsageError
from kb.models.note import ClaimFields, IdeaFields, LinkKind, Note, NoteContent
from kb.models.note_kind import NoteKind
from kb.models.provenance import Provenance
from kb.reproductions.evidence import attach, claim_note
from kb.reproductions.runner import plan, run
from kb.workspace import Workspace
from tests.reproductions.made_up import REPRODUCTION


@pytest.fixture
def workspace(home: Home) -> Iterator[Workspace]:
    with Workspace(home) as opened:
        yield opened


@pytest.fixture
def claim(workspace: Workspace) -> Note:
    return workspace.notes.create(NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement="It is large")))


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        ("reproduced", LinkKind.SUPPORTS),
        ("not reproduced", LinkKind.OPPOSES),
        ("inconclusive", LinkKind.INFORMS),
    ],
)
def test_the_verdict_decides(home: Home, workspace: Workspace, claim: Note, verdict: str, kind: LinkKind) -> None:
    *_, done = run(home, plan(REPRODUCTION, REPRODUCTION.knobs(quick=False)))
    assert isinstance(done, dict)
    note = attach(workspace, REPRODUCTION, {**done, "verdict": verdict}, claim)
    assert note is not None
    assert note.provenance is Provenance.RUN
    assert "reduced scale" in note.headline
    (link,) = workspace.links.of(claim.id)
    assert (link.source, link.kind, link.provenance) == (note.id, kind, Provenance.RUN)


@pytest.mark.parametrize("verdict", ["none", "could not run"])
def test_a_run_without_a_verdict_is_no_evidence(workspace: Workspace, claim: Note, verdict: str) -> None:
    assert attach(workspace, REPRODUCTION, {"verdict": verdict}, claim) is None
    assert workspace.links.of(claim.id) == ()


def test_only_a_claim_takes_evidence(workspace: Workspace) -> None:
    idea = workspace.notes.create(NoteContent(kind=NoteKind.IDEA, fields=IdeaFields(direction="Try it")))
    with pytest.raises(UsageError, match="not a claim"):
        claim_note(workspace, idea.id)
