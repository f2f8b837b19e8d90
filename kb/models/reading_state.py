"""How far a reader has come with a paper: one table for record, commands and screen. Light: nothing is imported."""

from dataclasses import dataclass
from enum import StrEnum


class ReadingState(StrEnum):
    """How far the reader has come with a paper, in order."""

    UNREAD = "unread"
    QUEUED = "queued"
    SKIMMED = "skimmed"
    READ = "read"
    STUDIED = "studied"
    REPRODUCED = "reproduced"


@dataclass(frozen=True)
class StateSpec:
    """What the screen shows of a state."""

    key: str
    """The letter that sets it."""
    sign: str
    """In lists, one cell wide."""
    meaning: str


STATES: dict[ReadingState, StateSpec] = {
    ReadingState.UNREAD: StateSpec("n", "·", "not looked at yet"),
    ReadingState.QUEUED: StateSpec("q", "○", "to be read next"),
    ReadingState.SKIMMED: StateSpec("s", "◔", "abstract, figures and headings"),
    ReadingState.READ: StateSpec("r", "◑", "once, from start to end"),
    ReadingState.STUDIED: StateSpec("t", "●", "with notes, and understood"),
    ReadingState.REPRODUCED: StateSpec("p", "◆", "its result was run again"),
}
"""Every state, in order."""
_ORDER = tuple(STATES)


def from_state(first: ReadingState) -> frozenset[ReadingState]:
    """A state and all that come after it."""
    return frozenset(_ORDER[_ORDER.index(first) :])


WAS_READ = from_state(ReadingState.READ)
"""The states of a paper that was read."""
WAS_SEEN = from_state(ReadingState.SKIMMED)
"""The states of a paper that was looked at."""
