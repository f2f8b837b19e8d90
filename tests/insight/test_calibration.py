"""What was believed beside what came out: Brier scores where something resolved, drift where it was rated again."""

import json
from datetime import UTC, datetime

import pytest

from kb.insight.calibration import calibration, drifts
from kb.insight.review import Deck
from kb.library.passes import Passes
from kb.models.credence import Subject, SubjectKind
from kb.models.note import Note
from kb.models.provenance import Provenance
from kb.models.reading_pass import Depth
from tests.insight.library import Mind


def rated_claim(mind: Mind, p: float, says: str = "Wider nets descend twice") -> Note:
    """A claim that the reader holds at some probability."""
    claim = mind.note(says, kind="claim")
    mind.credences.add(Subject(kind=SubjectKind.NOTE, id=claim.id, statement=says), p)
    return claim


def run_on(mind: Mind, claim: Note, kind: str) -> None:
    """A run of a reproduction as evidence on a claim."""
    run = mind.note("reproduced (reduced scale)", provenance=Provenance.RUN, evidence_kind="reproduction")
    mind.links.add(run.id, claim.id, kind, provenance=Provenance.RUN)  # type: ignore[arg-type]  # the kind's own name


@pytest.mark.parametrize(("kind", "came_true", "brier"), [("supports", True, 0.04), ("opposes", False, 0.64)])
def test_a_run_resolves_the_claim_that_it_bears_on(mind: Mind, kind: str, came_true: bool, brier: float) -> None:
    claim = rated_claim(mind, 0.8)
    run_on(mind, claim, kind)
    mind.credences.add(Subject(kind=SubjectKind.NOTE, id=claim.id, statement="later"), 0.99)
    measured = calibration(mind.home, mind.record)
    (one,) = measured.forecasts
    assert (one.by, one.subject, one.p, one.came_true) == ("run", claim.id, 0.8, came_true)
    assert measured.brier == pytest.approx(brier)


def test_what_says_nothing_resolves_nothing(mind: Mind) -> None:
    run_on(mind, rated_claim(mind, 0.8), "informs")
    unrated = mind.note("Never rated", kind="claim")
    run_on(mind, unrated, "supports")
    by_hand = rated_claim(mind, 0.3, "By hand")
    mind.link(mind.note("somebody else's", kind="evidence"), "supports", by_hand)
    measured = calibration(mind.home, mind.record)
    assert (measured.forecasts, measured.brier, measured.bins) == ((), None, ())


def test_the_readers_word_counts_once_and_before_a_runs(mind: Mind) -> None:
    claim = rated_claim(mind, 0.9)
    run_on(mind, claim, "supports")
    deck = Deck(mind.home, mind.record)
    deck.resolve(claim.id, True)
    deck.resolve(claim.id, False, "it was retracted")
    (one,) = calibration(mind.home, mind.record).forecasts
    assert (one.by, one.came_true, round(one.brier, 2)) == ("reader", False, 0.81)
    deck.undo()
    deck.undo()
    (one,) = calibration(mind.home, mind.record).forecasts
    assert one.by == "run"


def test_predictions_of_passes_and_answers_before_runs_count_too(mind: Mind) -> None:
    paper = mind.paper()
    made = Passes(mind.record).add(paper.id, Depth.READ, {}, "It will fail", 0.7)
    Passes(mind.record).score(made.id, True)
    folder = mind.home.root / "runs" / "double-descent" / "20260101-000000-aaaaaa"
    folder.mkdir(parents=True)
    scored = [{"question": "?", "answer": "1", "value": 1.0, "right": right} for right in (True, False, True)]
    (folder / "run.json").write_text(json.dumps({"run": folder.name, "at": "2026", "scored": scored}))
    measured = calibration(mind.home, mind.record)
    assert [(one.by, round(one.brier, 2)) for one in measured.forecasts] == [("reading", 0.09)]
    assert (measured.right, measured.asked) == (2, 3)


def test_bins_say_how_often_what_was_held_so_came_true(mind: Mind) -> None:
    for number, p in enumerate((0.85, 0.9, 0.95, 0.1)):
        run_on(mind, rated_claim(mind, p, f"Claim number {number}"), "opposes" if number == 0 else "supports")
    bins = calibration(mind.home, mind.record).bins
    assert [(one.low, one.count, round(one.said, 2), round(one.came_true, 2)) for one in bins] == [
        (0.0, 1, 0.1, 1.0),
        (0.8, 3, 0.9, 0.67),
    ]


def test_drift_is_from_the_first_rating_to_the_last(mind: Mind) -> None:
    for p in (0.2, 0.6, 0.5):
        mind.rate("one", p)
    mind.rate("two", 0.4)
    (moved,) = drifts(mind.record)
    assert (moved.subject, moved.ratings, round(moved.net, 2), round(moved.travelled, 2)) == ("one", 3, 0.3, 0.5)
    assert moved.since <= moved.until <= datetime.now(UTC)


def test_what_was_taken_back_is_no_drift(mind: Mind) -> None:
    mind.rate("one", 0.2)
    deck = Deck(mind.home, mind.record)
    deck.insight.agenda_index = mind.agenda_index
    deck.rerate(deck.add("one"), 0.9, 0.9)
    assert [moved.last for moved in drifts(mind.record)] == [0.9]
    deck.undo()
    assert drifts(mind.record) == ()
