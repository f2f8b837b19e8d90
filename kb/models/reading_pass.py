"""Reading passes: skim, read, study, each with a short form; and predictions made before the results were seen."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from kb.models.base import Value
from kb.models.reading_state import ReadingState


class Depth(StrEnum):
    """How closely a paper is read in one pass."""

    SKIM = "skim"
    READ = "read"
    STUDY = "study"


FORM_OF: dict[Depth, dict[str, str]] = {
    Depth.SKIM: {
        "question": "What does it ask?",
        "answer": "What does it say in answer?",
        "worth": "Is it worth a closer reading, and what for?",
    },
    Depth.READ: {
        "thrust": "What is its argument, in three sentences?",
        "evidence": "What is the strongest evidence for it?",
        "unclear": "What did you not understand?",
    },
    Depth.STUDY: {
        "assumptions": "What does it assume without saying so?",
        "weakest": "Where would it break first?",
        "next": "What would you try next?",
    },
}
"""The questions of each pass's form, by the name of the answer."""

STATE_AFTER: dict[Depth, ReadingState] = {
    Depth.SKIM: ReadingState.SKIMMED,
    Depth.READ: ReadingState.READ,
    Depth.STUDY: ReadingState.STUDIED,
}
"""How far the reader has come with a paper after a pass."""


class ReadingPrediction(Value):
    """What the reader expects the results to show, said before reading them."""

    text: str = Field(min_length=1)
    p: float = Field(default=0.5, ge=0, le=1)
    made_at: datetime
    came_true: bool | None = None
    """None until it is scored."""
    scored_at: datetime | None = None

    @property
    def score(self) -> float | None:
        """The Brier score: 0 is a sure hit, 1 a sure miss, 0.25 says nothing."""
        return None if self.came_true is None else (self.p - self.came_true) ** 2


class ReadingPass(Value):
    """One pass over a paper."""

    id: str
    paper: str
    depth: Depth
    answers: dict[str, str] = Field(default_factory=dict)
    prediction: ReadingPrediction | None = None
    at: datetime
