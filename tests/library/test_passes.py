"""Reading passes keep their forms; a prediction is scored once, after it was made."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.insight.passes import finish, track_record
from kb.library.papers import Papers
from kb.library.passes import Passes
from kb.library.record import Record
from kb.models.paper import Paper, PaperDraft
from kb.models.reading_pass import Depth
from kb.models.reading_state import ReadingState


@pytest.fixture
def record(home: Home) -> Iterator[Record]:
    with Record.open(home) as record:
        yield record


@pytest.fixture
def paper(record: Record) -> Paper:
    return Papers(record).add(PaperDraft(title="A paper"))


def test_a_pass_comes_back_as_it_was_written(record: Record, paper: Paper) -> None:
    made = Passes(record).add(paper.id, Depth.SKIM, {"question": "Does \x1b[31m debate work?"}, "it works", 0.7)
    assert Passes(record).get(made.id[:5]) == made
    assert Passes(record).all(paper.id) == (made,)
    assert Passes(record).all("another") == ()


def test_a_form_takes_its_own_answers_only(record: Record, paper: Paper) -> None:
    with pytest.raises(UsageError, match="does not ask for thrust") as caught:
        Passes(record).add(paper.id, Depth.SKIM, {"thrust": "x"})
    assert "question, answer, worth" in caught.value.why


@pytest.mark.parametrize(
    ("p", "came", "score"), [(0.7, True, 0.09), (0.7, False, 0.49), (1.0, True, 0), (0.5, True, 0.25)]
)
def test_a_prediction_is_scored_by_brier(record: Record, paper: Paper, p: float, came: bool, score: float) -> None:
    passes = Passes(record)
    made = passes.add(paper.id, Depth.READ, {}, "it works", p)
    assert track_record(passes.all()).mean is None
    scored = passes.score(made.id, came)
    assert scored.prediction
    assert scored.prediction.score == pytest.approx(score)
    assert track_record(passes.all()).count == 1
    with pytest.raises(UsageError, match="was scored"):
        passes.score(made.id, True)


def test_what_was_not_predicted_is_not_scored(record: Record, paper: Paper) -> None:
    made = Passes(record).add(paper.id, Depth.READ, {"thrust": "x"})
    with pytest.raises(UsageError, match="no prediction"):
        Passes(record).score(made.id, True)
    with pytest.raises(NotFoundError):
        Passes(record).score("nope", True)


def test_a_pass_moves_the_paper_on_and_never_back(record: Record, paper: Paper) -> None:
    finish(record, paper, Depth.STUDY, {"weakest": "the judge"}, "", 0.5)
    studied = Papers(record).get(paper.id)
    assert studied.state is ReadingState.STUDIED
    finish(record, studied, Depth.SKIM, {"question": "x"}, "", 0.5)
    assert Papers(record).get(paper.id).state is ReadingState.STUDIED


def test_a_prediction_alone_does_not_mean_that_the_paper_was_read(record: Record, paper: Paper) -> None:
    finish(record, paper, Depth.READ, {}, "it works", 0.8)
    assert Papers(record).get(paper.id).state is ReadingState.UNREAD
