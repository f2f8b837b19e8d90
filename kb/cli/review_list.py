"""Cards as lines for a person and as data for a script; nothing that is to be guessed stands in either."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.insight.calibration import Calibration
    from kb.insight.evidence import Evidence
    from kb.insight.review import Deck, Since
    from kb.insight.review_faces import CardFace
    from kb.insight.review_log import ReviewCard


def list_cards(deck: "Deck", everything: bool, as_json: bool) -> int:
    """What is due, or every card."""
    from kb.cli.console import put_json, put_table

    due = deck.due()
    shown = tuple(sorted(deck.faces.values(), key=lambda face: face.card.due)) if everything else due
    later = sorted(face.card.due for face in deck.faces.values() if face not in due)
    if as_json:
        counts = {"due": len(due), "cards": len(deck.faces), "gone": len(deck.cards) - len(deck.faces)}
        next_due = later[0].isoformat() if later else None
        listed = {"cards" if everything else "due": [face_data(face) for face in shown]}
        put_json({**listed, "counts": counts, "next_due": next_due})
        return 0
    if shown:
        rows = [
            (face.card.id, face.card.sort.value, f"{face.card.due.astimezone():%Y-%m-%d}", face.statement or face.asks)
            for face in shown
        ]
        put_table(("card", "sort", "due", "asks"), rows)
    say_standing(len(due), len(deck.faces), later)
    return 0


def say_standing(due: int, cards: int, later: "Sequence[Any]") -> None:
    """How much is due, when more will be, and what to do about either."""
    from kb.cli.console import say

    if due:
        say(f"{due} due of {cards}. Next: kb review, or kb review rate CARD GRADE")
    elif later:
        say(f"nothing is due until {later[0].astimezone():%Y-%m-%d}; {cards} cards")
    else:
        say("no cards yet; you choose what becomes one. Next: kb review add NOTE, or kb review add CLAIM")


def card_data(card: "ReviewCard") -> dict[str, Any]:
    """When a card is due, and how it went so far; grades of a belief are left out, since they tell how it moved."""
    grades = [int(event.data.grade or 0) for event in card.reviews]
    return {
        "card": card.id,
        "sort": card.sort.value,
        "due": card.due.isoformat(),
        "added_at": card.added_at.isoformat(),
        "reviews": len(card.reviews),
        "grades": grades if card.sort.value == "question" else [],
        "stability_days": round(card.stability, 3) if card.stability is not None else None,
    }


def face_data(face: "CardFace", answer: bool = False) -> dict[str, Any]:
    """A card as it is asked; with its answer only when that was asked for."""
    shown = {
        **card_data(face.card),
        "asks": face.asks,
        "statement": face.statement,
        "source": face.source,
        "paper": face.paper,
        "note": face.note,
    }
    return {**shown, "answer": face.answer, "quote": face.quote} if answer else shown


def since_data(since: "Since") -> dict[str, Any]:
    """What was last said of a belief, and the evidence since."""
    from kb.insight.as_data import credence_data, evidence_data

    return {"before": credence_data(since.last), "evidence_since": [evidence_data(item) for item in since.all]}


def print_front(face: "CardFace") -> None:
    """What is asked."""
    from kb.cli.console import put, wrapped

    if face.statement:
        put(wrapped(face.statement, indent="  "))
        put(f"  ({face.source})")
    put(wrapped(face.asks, indent="  "))
    if not face.statement:
        put(f"  ({face.source})")


def print_back(face: "CardFace", since: "Since | None") -> None:
    """The answer, or what was last said and what was noted since."""
    from kb.cli.console import put, wrapped

    if since is None:
        put(wrapped(face.answer or "the note is empty", indent="  "))
        if face.quote and face.quote != face.answer:
            put(wrapped(f"“{face.quote}”", indent="  > "))
        put(f"  {face.source}" + (f" · kb note show {face.note}" if face.note else ""))
        return
    if since.last is None:
        put("  you have not rated it before")
    else:
        put(f"  last time, on {since.last.at.astimezone():%Y-%m-%d}: {since.last.words}")
        put(wrapped(since.last.reason or "you gave no reason", indent="    "))
    _print_evidence("for it", since.supporting)
    _print_evidence("against it", since.opposing)
    _print_evidence("on it", since.neutral)
    if since.last and not since.all:
        put("  you have noted nothing on it since")


def _print_evidence(side: str, items: "Sequence[Evidence]") -> None:
    from kb.cli.console import put, wrapped

    if items:
        put(f"  noted {side} since:")
    for item in items:
        put(wrapped(f"{item.id}  {item.says}", indent="    "))


def say_next(card: "ReviewCard") -> None:
    """When it comes again."""
    from datetime import UTC, datetime

    from kb.cli.console import say

    days = (card.due.astimezone().date() - datetime.now(UTC).astimezone().date()).days
    say(f"  next on {card.due.astimezone():%Y-%m-%d}, in {days} day{'s' if days != 1 else ''}")


def print_calibration(measured: "Calibration") -> None:
    """The scores, and where they come from."""
    from kb.cli.console import put, put_table, say

    if measured.forecasts:
        rows = [
            (f"{one.p:.0%}", "true" if one.came_true else "false", f"{one.brier:.2f}", one.by, one.statement)
            for one in measured.forecasts
        ]
        put_table(("said", "came", "Brier", "by", "what"), rows, right=(0, 2))
        put(f"Brier score {measured.brier:.3f} over {len(measured.forecasts)}; 0 is a sure hit, 0.25 says nothing")
        for one in measured.bins:
            put(f"  said {one.low:.0%}–{one.high:.0%}: {one.count} times, {one.came_true:.0%} came true")
    if measured.asked:
        put(f"{measured.right} of {measured.asked} answers given before runs were right")
    if not measured.forecasts:
        say("nothing that you rated has resolved. Next: kb reproduce run ID --claim NOTE, or kb review resolve CLAIM")
