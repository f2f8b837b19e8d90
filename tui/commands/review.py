"""What a screen asks of the cards and does to them; each deed says what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tui.messages import RecordChanged

if TYPE_CHECKING:
    from datetime import datetime

    from kb.insight.calibration import Calibration, Drift
    from kb.insight.insight import Insight
    from kb.insight.review import Deck, Since
    from kb.insight.review_faces import CardFace
    from kb.insight.review_log import ReviewCard
    from kb.models.note import Note
    from kb.models.review import Grade
    from tui.host import Host

Result = TypeVar("Result")


@dataclass(frozen=True)
class Due:
    """What there is to review, and how the reader has done so far."""

    faces: "tuple[CardFace, ...]"
    cards: int
    next_due: "datetime | None"
    drifts: "tuple[Drift, ...]"
    measured: "Calibration"


async def _asked(app: "Host", question: "Callable[[Deck], Result]") -> Result:
    def on_client_thread(maps: "Insight") -> Result:
        from kb.insight.review import Deck

        return question(Deck(maps.home, maps.record))

    return await app.library.insight(on_client_thread)


async def due(app: "Host") -> Due:
    """Everything that the screen shows."""

    def read(maps: "Insight") -> Due:
        from kb.insight.calibration import calibration, drifts
        from kb.insight.review import Deck

        deck = Deck(maps.home, maps.record)
        faces = deck.due()
        later = [face.card.due for face in deck.faces.values() if face not in faces]
        measured = calibration(maps.home, maps.record)
        return Due(faces, len(deck.faces), min(later, default=None), drifts(maps.record), measured)

    return await app.library.insight(read)


async def grade(app: "Host", face: "CardFace", given: "Grade") -> None:
    """Keep how well a question was answered, and say when it comes back."""
    card = await _asked(app, lambda deck: deck.grade(deck.face(face.card.id), given))
    app.say(f"{given.name.capitalize()}: it comes back on {card.due.astimezone():%Y-%m-%d}; u takes it back")
    app.post_message(RecordChanged("beliefs"))


async def rerate(app: "Host", face: "CardFace", low: float, high: float, why: str) -> "tuple[Since, ReviewCard]":
    """Keep a belief's new credence; only now tell what was said of it before."""

    def written(deck: "Deck") -> "tuple[Since, ReviewCard]":
        current = deck.face(face.card.id)
        since = deck.since(current)
        return since, deck.rerate(current, low, high, why)

    return await _asked(app, written)


async def remove(app: "Host", face: "CardFace") -> None:
    """Stop asking, and say how to ask again."""
    await _asked(app, lambda deck: deck.remove(face.card.id))
    app.say("Put away; u brings it back")
    app.post_message(RecordChanged("beliefs"))


async def undo(app: "Host") -> None:
    """Take the last line of the log back, and say what it was."""
    event = await _asked(app, lambda deck: deck.undo())
    done = {"add": "the card was chosen", "remove": "the card was put away", "resolve": "the outcome was told"}
    app.say(f"Undone: {done.get(event.action, 'the last review')}")
    app.post_message(RecordChanged("beliefs"))


async def add_belief(app: "Host", name: str) -> None:
    """Let a link of a chain, or an agenda, come back to be rated again."""
    face = await _asked(app, lambda deck: deck.add(name))
    app.say(f"It comes back in Review (7): {face.statement[:80]}")
    app.post_message(RecordChanged("beliefs"))


def add_note(app: "Host", note: "Note") -> None:
    """Let a note come back: a claim as a belief; any other as its own question, or one that the reader types."""
    app.run_in_background(lambda: _add(app, note), "write")


async def _add(app: "Host", note: "Note", question: str = "") -> None:
    from kb.errors import NotFoundError
    from tui.dialogs.question_form import QuestionForm

    try:
        face = await _asked(app, lambda deck: deck.add(note.id, question=question))
    except NotFoundError:
        if question:
            raise

        def typed(said: str | None) -> None:
            if said:
                app.run_in_background(lambda: _add(app, note, said), "write")

        app.push_screen(QuestionForm(note.headline), typed)
        return
    asks: Any = face.statement or face.asks
    app.say(f"It comes back in Review (7): {asks[:80]}")
    app.post_message(RecordChanged("beliefs"))
