"""Reading passes and what they come to: the state of the paper, and how well the reader predicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.library.papers import Papers
from kb.library.passes import Passes
from kb.library.record import Record
from kb.models.paper import Paper
from kb.models.reading_pass import STATE_AFTER, Depth, ReadingPass
from kb.models.reading_state import ReadingState

_ORDER = tuple(ReadingState)


def finish(
    record: Record, paper: Paper, depth: Depth, answers: Mapping[str, str], prediction: str, p: float
) -> ReadingPass:
    """Write a pass down and move the paper's state on; a state is never moved back by a lighter pass."""
    made = Passes(record).add(paper.id, depth, answers, prediction, p)
    reached = STATE_AFTER[depth]
    if answers and _ORDER.index(reached) > _ORDER.index(paper.state):
        Papers(record).set_state(paper.id, reached)
    return made


@dataclass(frozen=True)
class TrackRecord:
    """How predictions came out."""

    count: int
    mean: float | None
    """The Brier score on average; None before any is scored."""


def track_record(passes: Sequence[ReadingPass]) -> TrackRecord:
    """Over all scored predictions."""
    scores = [one.prediction.score for one in passes if one.prediction and one.prediction.score is not None]
    return TrackRecord(len(scores), sum(scores) / len(scores) if scores else None)
