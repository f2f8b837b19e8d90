"""What the screen is told of reproductions: the list, the pages, and evidence."""

from itertools import count
from threading import Event
from types import SimpleNamespace

import pytest

from kb.config import Home
from kb.engine import reproducing
from kb.models.note import ClaimFields, NoteContent
from kb.models.note_kind import NoteKind
from kb.reproductions.registry import reproductions
from kb.reproductions.runner import plan, run
from kb.workspace import Workspace


def test_the_list_has_all_with_what_their_forms_need(home: Home) -> None:
    (told,) = reproducing.catalogue(home)
    assert [row["id"] for row in told["rows"]] == [one.id for one in reproductions()]
    assert all(row["questions"] and row["knobs"] and row["metrics"] and row["seconds"] > 0 for row in told["rows"])
    assert any(row["agendas"] for row in told["rows"])
    assert told["predictions"] == {"right": 0, "asked": 0}


def test_pages_before_and_after_a_run_and_the_run_as_evidence(home: Home) -> None:
    one = next(one for one in reproductions() if one.id == "off-switch-game")
    (before,) = reproducing.page(home, {"reproduction": one.id})
    assert before["result"] == []
    *_, done = run(home, plan(one, one.knobs(quick=False)))
    assert isinstance(done, dict)
    (after,) = reproducing.page(home, {"reproduction": one.id, "width": 70})
    assert any("At a reduced scale: reproduced" in text for _, text in after["result"])
    assert max(len(text) for kind, text in after["result"] if kind == "plot") <= 70
    with Workspace(home) as workspace:
        claim = workspace.notes.create(NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement="Robots defer")))
        (told,) = reproducing.attach(workspace, {"run": done["run"], "claim": claim.id})
        (link,) = workspace.links.of(claim.id)
    assert (link.source, link.kind.value) == (told["evidence"], "supports")
    assert told["statement"] == "Robots defer"


@pytest.mark.parametrize(("seconds", "told"), [(0.2, [True]), (0.3, [False, True])])
def test_steps_inside_a_seed_are_told_four_times_a_second_at_most(
    home: Home, monkeypatch: pytest.MonkeyPatch, seconds: float, told: list[bool]
) -> None:
    """The clock goes on by so many seconds each time that it is looked at."""
    looked_at = count(1)
    monkeypatch.setattr(reproducing, "time", SimpleNamespace(monotonic=lambda: seconds * next(looked_at)))
    asked = {"reproduction": "off-switch-game", "quick": True}
    planned, *steps, done = reproducing.reproduce(home, asked, Event())
    assert ("planned" in planned, "done" in done) == (True, True)
    assert [step["ended"] for step in steps] == told
