"""Cards as lines to read: what is asked, what it is compared with, and how the reader has done so far."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.text.bars import bar

if TYPE_CHECKING:
    from kb.insight.evidence import Evidence
    from kb.insight.review import Since
    from kb.insight.review_faces import CardFace
    from kb.insight.review_log import ReviewCard
    from tui.commands.review import Due

Line = tuple[str, str]
BAR = 12
SHOWN = 6
"""Beliefs and outcomes that stand beside the list; t shows them all."""

NO_CARDS: tuple[Line, ...] = (
    ("strong", "Nothing to review yet"),
    ("plain", ""),
    ("plain", "You choose what comes back to you; nothing is asked that you did not pick."),
    ("plain", ""),
    ("plain", "  a   picks a note here: a claim is rated again, a term or a lesson is asked"),
    ("plain", "  v   does the same among all notes (4), and for a claim on its agenda (5)"),
    ("plain", ""),
    ("dim", "A few cards a paper are enough."),
)


def front(face: "CardFace") -> Iterator[Line]:
    """What is asked, and whose words they are."""
    yield "dim", face.source
    yield "plain", ""
    if face.statement:
        yield from (("strong", line) for line in face.statement.splitlines())
        yield "plain", ""
        yield "plain", "How probable do you hold this now?"
        yield "dim", "Enter, then a number. What you said before is shown afterwards."
        return
    yield from (("strong", line) for line in face.asks.splitlines())
    yield "plain", ""
    yield "dim", "Say it to yourself; enter shows the answer."


def answered(face: "CardFace") -> Iterator[Line]:
    """The answer below the question."""
    yield "dim", face.source
    yield "plain", ""
    yield from (("strong", line) for line in face.asks.splitlines())
    yield "plain", ""
    yield from (("plain", line) for line in (face.answer or "The note is empty.").splitlines())
    if face.quote and face.quote != face.answer:
        yield "plain", ""
        yield "caption", f"“{face.quote}”"
    yield "plain", ""
    yield "dim", "How well did you remember it?"
    yield "dim", "1 again   2 hard   3 good   4 easy"


def compared(face: "CardFace", since: "Since", card: "ReviewCard", low: float, high: float) -> Iterator[Line]:
    """What was said now beside what was said before, and what was noted in between."""
    yield "dim", face.source
    yield "plain", ""
    yield from (("strong", line) for line in face.statement.splitlines())
    yield "plain", ""
    yield "accent", f"now   {bar(low, high, BAR)}  {_words(low, high)}"
    last = since.last
    if last is None:
        yield "dim", "You had not rated it before."
    else:
        yield "plain", f"then  {bar(last.low, last.high, BAR)}  {last.words}, on {last.at.astimezone():%Y-%m-%d}"
        yield "plain", f"      {last.reason or 'You gave no reason.'}"
    yield "plain", ""
    for color, title, items in (
        ("for", "Noted for it since", since.supporting),
        ("against", "Noted against it since", since.opposing),
        ("dim", "Noted on it since", since.neutral),
    ):
        yield from _evidence(color, title, items)
    if last is not None and not since.all:
        yield "dim", "You have noted nothing on it since."
        yield "plain", ""
    yield "dim", f"It comes back on {card.due.astimezone():%Y-%m-%d}."
    yield "dim", "enter goes on   u takes it back"


def _evidence(color: str, title: str, items: "Sequence[Evidence]") -> Iterator[Line]:
    if not items:
        return
    yield color, title
    for item in items:
        yield "plain", f"  {item.says}"
    yield "plain", ""


def _words(low: float, high: float) -> str:
    ends = (f"{low * 100:.3g}", f"{high * 100:.3g}")
    return f"{ends[0]} %" if ends[0] == ends[1] else f"{ends[0]}–{ends[1]} %"


def nothing_due(cards: int, next_due: datetime | None) -> Iterator[Line]:
    """All is done for today."""
    yield "strong", "Nothing is due"
    yield "plain", ""
    count = f"{cards} card{'s' * (cards != 1)}"
    when = f"the next on {next_due.astimezone():%A, %Y-%m-%d}" if next_due else "none of them with a date"
    yield "plain", f"You have {count}, {when}."
    yield "plain", ""
    yield "dim", "a picks another note to come back to; t shows how you have done so far."


def standing(state: "Due", most: int | None = None) -> Iterator[Line]:
    """Drift of each belief, and the scores of what resolved; with ``most`` only the first of each.

    What is due is left out, since its last rating is to be seen only after the next.
    """
    hidden = {face.card.id for face in state.faces}
    drifts = [one for one in state.drifts if one.subject not in hidden]
    measured = state.measured
    forecasts = [one for one in measured.forecasts if one.subject not in hidden]
    yield "heading", "Drift"
    for one in drifts[:most]:
        yield "plain", f"  {one.net * 100:+.0f}  {one.first:.0%} → {one.last:.0%}  {one.statement}"
    if left_out := len(state.drifts) - len(drifts):
        yield "dim", f"  {left_out} more, shown once you have rated what is due."
    elif not drifts:
        yield "dim", "  No belief was rated twice yet."
    yield "plain", ""
    yield "heading", "Calibration"
    if measured.brier is not None:
        count = len(measured.forecasts)
        yield "plain", f"  Brier score {measured.brier:.2f} over {count} (0 is sure and right, 0.25 says nothing)"
    for held in measured.bins if most is None else ():
        yield "plain", f"  said {held.low:.0%}–{held.high:.0%}: {held.count} times, {held.came_true:.0%} came true"
    for told in forecasts[-most:] if most else forecasts:
        sign = "✓" if told.came_true else "✗"
        yield "for" if told.came_true else "against", f"  {sign} {told.p:.0%}  {told.statement}"
    if measured.asked:
        yield "plain", f"  {measured.right} of {measured.asked} answers given before runs were right"
    if measured.brier is None and not measured.asked:
        yield "dim", "  Nothing that you rated has come out yet: a run decides it, or kb review resolve."
