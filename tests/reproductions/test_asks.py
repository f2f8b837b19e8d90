"""What is asked on a terminal before and after a run: predictions, a guess, a credence."""

import io
import sys
from collections.abc import Callable

import pytest

from kb.cli.reproduce_asks import asked, guessed, rated
from kb.config import Home
from kb.library.credences import Credences
from kb.models.note import ClaimFields, Note, NoteContent
from kb.models.note_kind import NoteKind
from kb.reproductions.guesses import Guess
from kb.workspace import Workspace
from tests.reproductions.made_up import REPRODUCTION

Typing = Callable[[str], None]


class Terminal(io.StringIO):
    """Text that says it is a terminal."""

    def isatty(self) -> bool:
        """Somebody is there."""
        return True


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """A reader at a terminal, who types this."""

    def begin(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(text))
        monkeypatch.setattr(sys, "stderr", Terminal())

    return begin


def claim_in(workspace: Workspace) -> Note:
    return workspace.notes.create(NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement="It is large")))


def test_predictions_are_asked_until_they_can_be_read(typing: Typing) -> None:
    typing("large\n1..2\nyes\n")
    assert [(one.answer, one.lo, one.hi) for one in asked(REPRODUCTION)] == [("1..2", 1.0, 2.0), ("yes", None, None)]


def test_an_empty_answer_passes(typing: Typing) -> None:
    typing("\n\n")
    assert asked(REPRODUCTION) == ()


def test_nobody_is_asked_away_from_a_terminal() -> None:
    assert asked(REPRODUCTION) == ()
    assert guessed(REPRODUCTION, "size", (1.0, 2.0), "effect") == Guess()


def test_a_guess_is_asked_until_it_is_one_of_the_values(typing: Typing) -> None:
    typing("3\n\n2\n1..2\n")
    assert guessed(REPRODUCTION, "size", (1.0, 2.0), "effect") == Guess("2.0", "1..2", 1.0, 2.0)


def test_a_credence_is_asked_for_and_kept_with_the_run_that_moved_it(home: Home, typing: Typing) -> None:
    with Workspace(home) as workspace:
        claim = claim_in(workspace)
        typing("often\n70 it held up\n")
        rated(workspace, claim, "20260101-000000-abcdef")
        (kept,) = Credences(workspace.record).history(claim.id)
    assert (kept.words, kept.reason) == ("70 %", "it held up")
    assert (kept.trigger.kind, kept.trigger.ref) == ("run", "20260101-000000-abcdef")


def test_away_from_a_terminal_the_command_is_told(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace(home) as workspace:
        claim = claim_in(workspace)
        rated(workspace, claim, "20260101-000000-abcdef")
        assert Credences(workspace.record).history(claim.id) == ()
    assert f"kb credence {claim.id} P --run 20260101-000000-abcdef" in capsys.readouterr().err
