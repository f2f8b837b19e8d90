"""A sitting at the terminal: each due card asked, answered, and only then compared."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.insight.review import Deck
    from kb.insight.review_faces import CardFace
    from kb.insight.review_log import ReviewCard
    from kb.models.review import Grade

_STOP = frozenset({"q", "quit"})
_SKIP = frozenset({"s", "skip"})


class _Stopped(Exception):  # noqa: N818 - the reader's own wish, and no error
    """The reader has had enough."""


def sit(deck: "Deck") -> int:
    """Ask what is due until it is done or the reader stops; each answer is kept at once."""
    from kb.cli.console import put, say
    from kb.cli.review_list import print_front, say_next, say_standing

    due = deck.due()
    for number, face in enumerate(due, 1):
        put(f"\n{number} of {len(due)} · {face.card.sort.value}")
        print_front(face)
        try:
            card = _believed(deck, face) if face.statement else _answered(deck, face)
        except _Stopped:
            break
        if card:
            say_next(card)
    left = len(deck.due())
    done = len(due) - left
    later = sorted(face.card.due for face in deck.faces.values())
    if done or left:
        say(f"{done} reviewed, {left} left. To take the last one back: kb review undo")
    else:
        say_standing(left, len(deck.faces), later)
    return 0


def _believed(deck: "Deck", face: "CardFace") -> "ReviewCard | None":
    """Rate first, then see what one said before; the reason comes last, and may be left out."""
    from kb.cli.console import say
    from kb.cli.review_list import print_back
    from kb.errors import UsageError
    from kb.insight.review import belief_of

    while (said := _ask("  0.7, 70% or 60-80% · s skips, q stops")) not in _SKIP:
        try:
            low, high = belief_of(said)
        except UsageError as error:
            say(f"  {error.what}: {error.why}")
            continue
        print_back(face, deck.since(face))
        try:
            why = _ask("  why? (Enter leaves it out)", plain=True)
        except _Stopped:
            deck.rerate(face, low, high)
            raise
        return deck.rerate(face, low, high, why)
    return None


def _answered(deck: "Deck", face: "CardFace") -> "ReviewCard | None":
    """Show the answer when asked, then take the grade."""
    from kb.cli.console import say
    from kb.cli.review_list import print_back
    from kb.errors import UsageError

    if _ask("  Enter shows the answer · s skips, q stops") in _SKIP:
        return None
    print_back(face, None)
    while (said := _ask("  1 again · 2 hard · 3 good · 4 easy")) not in _SKIP:
        try:
            return deck.grade(face, grade_of(said))
        except UsageError as error:
            say(f"  {error.what}: {error.why}")
    return None


def grade_of(text: str) -> "Grade":
    """A grade by its number or its word; raises UsageError."""
    from kb.errors import UsageError
    from kb.models.review import Grade

    said = text.strip().lower()
    names = {grade.name.lower(): grade for grade in Grade} | {str(int(grade)): grade for grade in Grade}
    if said not in names:
        raise UsageError(f"{text!r} is no grade", "1 again, 2 hard, 3 good, 4 easy", "kb review rate CARD 3")
    return names[said]


def _ask(prompt: str, plain: bool = False) -> str:
    """A line from the terminal; the end of input is a wish to stop."""
    from kb.cli.console import say

    say(prompt)
    try:
        said = input("  > ").strip()
    except (EOFError, KeyboardInterrupt):
        raise _Stopped from None
    if not plain and said.lower() in _STOP:
        raise _Stopped
    return said if plain else said.lower()
