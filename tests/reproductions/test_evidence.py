"""A run as evidence: its bearing is the verdict's, and a run without a verdict is none."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.desk import Desk
from kb.errors import UsageError
from kb.models.note import ClaimFields, IdeaFields, LinkKind, Note, NoteContent, NoteKind
from kb.models.provenance import Provenance
from kb.reproductions.evidence import attach, claim_note
from kb.reproductions.runner import plan, run
from tests.reproductions.made_up import REPRODUCTION


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with Desk(home) as opened:
        yield opened


@pytest.fixture
def claim(desk: Desk) -> Note:
    return desk.notes.create(NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement="It is large")))


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        ("reproduced", LinkKind.SUPPORTS),
        ("not reproduced", LinkKind.OPPOSES),
        ("inconclusive", LinkKind.INFORMS),
    ],
)
def test_the_verdict_decides(home: Home, desk: Desk, claim: Note, verdict: str, kind: LinkKind) -> None:
    *_, done = run(home, plan(REPRODUCTION, REPRODUCTION.knobs(quick=False)))
    assert isinstance(done, dict)
    note = attach(desk, REPRODUCTION, {**done, "verdict": verdict}, claim)
    assert note is not None
    assert note.provenance is Provenance.RUN
    assert "reduced scale" in note.headline
    (link,) = desk.links.of(claim.id)
    assert (link.source, link.kind, link.provenance) == (note.id, kind, Provenance.RUN)


@pytest.mark.parametrize("verdict", ["none", "could not run"])
def test_a_run_without_a_verdict_is_no_evidence(desk: Desk, claim: Note, verdict: str) -> None:
    assert attach(desk, REPRODUCTION, {"verdict": verdict}, claim) is None
    assert desk.links.of(claim.id) == ()


def test_only_a_claim_takes_evidence(desk: Desk) -> None:
    idea = desk.notes.create(NoteContent(kind=NoteKind.IDEA, fields=IdeaFields(direction="Try it")))
    with pytest.raises(UsageError, match="not a claim"):
        claim_note(desk, idea.id)
