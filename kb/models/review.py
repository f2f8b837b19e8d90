"""Reviews: what the reader chose to come back to, and each time that they did; only ever added to."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Literal

from pydantic import Field

from kb.models.base import Value


class ReviewKind(StrEnum):
    """What is asked of the reader."""

    BELIEF = "belief"
    """How probable they hold it now, with the last answer hidden."""
    QUESTION = "question"
    """What they remember, with the answer hidden."""


class Grade(IntEnum):
    """How well something was remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


Action = Literal["add", "remove", "rate", "undo", "resolve"]


class ReviewData(Value):
    """What one line of the log says; which fields it has depends on its action."""

    sort: ReviewKind | None = None
    question: str = ""
    """In the reader's own words; empty for what the note itself asks."""
    grade: Grade | None = None
    low: float | None = Field(default=None, ge=0, le=1)
    high: float | None = Field(default=None, ge=0, le=1)
    """For a belief, what it was rated at."""
    undoes: int | None = None
    """The line that is taken back."""
    came_true: bool | None = None
    why: str = ""


class ReviewEvent(Value):
    """One line of the log."""

    seq: int
    card: str
    """Id of the agenda, the claim or the note that it is about."""
    action: Action
    data: ReviewData = ReviewData()
    at: datetime
