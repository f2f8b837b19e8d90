"""The log of reviews read back: which cards there are, how each was reviewed, and when it is due again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kb.models.review import Grade, ReviewEvent, ReviewKind

if TYPE_CHECKING:
    from fsrs import Card as FsrsCard
    from fsrs import Scheduler

LONGEST = 365
"""Days after which even what is known well is asked again."""
_HELD, _SHIFTED = 0.05, 0.15
"""A credence that moved by no more than 5 points is held, by no more than 15 it has shifted: a judgement of what a
person notices."""


@dataclass(frozen=True)
class ReviewCard:
    """Something that the reader chose to come back to."""

    id: str
    sort: ReviewKind
    question: str
    added_at: datetime
    reviews: tuple[ReviewEvent, ...] = ()

    @property
    def due(self) -> datetime:
        """When it is to be asked again; a card that was never asked is due at once."""
        return self._state.due if self.reviews else self.added_at

    @property
    def stability(self) -> float | None:
        """Days after which it would be remembered nine times in ten; None before the first review."""
        return self._state.stability if self.reviews else None

    @property
    def lapses(self) -> int:
        """How often it was not remembered, or the belief had moved far."""
        return sum(one.data.grade is Grade.AGAIN for one in self.reviews)

    def is_due(self, at: datetime) -> bool:
        """Whether it is due on the day of that moment, as the reader's clock has it."""
        return self.due.astimezone().date() <= at.astimezone().date()

    @cached_property
    def _state(self) -> "FsrsCard":
        return _remembered(self)


@dataclass
class _Open:
    """A card while its lines are read."""

    sort: ReviewKind
    question: str
    added_at: datetime
    reviews: list[ReviewEvent] = field(default_factory=list)


def cards_of(log: Sequence[ReviewEvent]) -> dict[str, ReviewCard]:
    """The cards that stand, in the order in which they were chosen. A card taken up again keeps its reviews."""
    known: dict[str, _Open] = {}
    standing: dict[str, None] = {}
    for event in in_force(log):
        if event.action == "add":
            kept = known.get(event.card)
            sort = event.data.sort or ReviewKind.QUESTION
            reviews = kept.reviews if kept and kept.sort is sort else []
            known[event.card] = _Open(sort, event.data.question, event.at, reviews)
            standing[event.card] = None
        elif event.action == "remove":
            standing.pop(event.card, None)
        elif event.action == "rate" and event.card in known:
            known[event.card].reviews.append(event)
    return {
        name: ReviewCard(name, card.sort, card.question, card.added_at, tuple(card.reviews))
        for name, card in ((name, known[name]) for name in standing)
    }


def in_force(log: Sequence[ReviewEvent]) -> tuple[ReviewEvent, ...]:
    """The lines that were not taken back, without the lines that took others back."""
    undone = {event.data.undoes for event in log if event.action == "undo"}
    return tuple(event for event in log if event.action != "undo" and event.seq not in undone)


def taken_back(log: Sequence[ReviewEvent]) -> frozenset[datetime]:
    """When credences were given that no longer count: in reviews taken back, and in the taking back."""
    undone = {event.data.undoes for event in log if event.action == "undo"}
    return frozenset(event.at for event in log if event.action == "undo" or event.seq in undone)


def due_cards(cards: Iterable[ReviewCard], at: datetime) -> tuple[ReviewCard, ...]:
    """What is due, the longest overdue first."""
    return tuple(sorted((card for card in cards if card.is_due(at)), key=lambda card: (card.due, card.added_at)))


def grade_of_shift(before: float | None, after: float) -> Grade:
    """How steady a belief was: one that held can wait, and one that moved far is asked again soon."""
    if before is None:
        return Grade.GOOD
    shift = round(abs(after - before), 6)
    return Grade.GOOD if shift <= _HELD else Grade.HARD if shift <= _SHIFTED else Grade.AGAIN


def _remembered(card: ReviewCard) -> "FsrsCard":
    """The state that FSRS reaches over the card's reviews; the same log always leads to the same state."""
    from fsrs import Card as Fsrs
    from fsrs import Rating

    state = Fsrs(card_id=1, due=card.added_at.astimezone(UTC))
    for event in card.reviews:
        rating = Rating(int(event.data.grade or Grade.GOOD))
        state, _ = _scheduler().review_card(state, rating, event.at.astimezone(UTC))
    return state


@cache
def _scheduler() -> "Scheduler":
    """FSRS in whole days and without chance: nothing is drilled within a sitting."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=LONGEST)
