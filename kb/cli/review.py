"""``kb review``: come back to what you chose; beliefs are rated anew before the last rating is shown."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.insight.review import Deck
    from kb.models.review import ReviewKind
    from kb.workspace import Workspace

group = typer.Typer(invoke_without_command=True, help="Due beliefs and terms: rate or answer first, then compare.")
CardName = Annotated[str, typer.Argument(metavar="CARD", help="A card's id, or its beginning.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="review")


def deck_of(opened: "Workspace") -> "Deck":
    """The cards of an open library."""
    from kb.insight.review import Deck

    return Deck(opened.home, opened.record)


@group.callback()
def review(
    context: typer.Context,
    as_list: Annotated[bool, typer.Option("--list", help="Only list what is due.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="With --list: every card, due or not.")] = False,
    as_json: Json = False,
) -> int:
    """Review what is due, one card after the other; without a terminal, list it."""
    from kb.cli.console import has_screen
    from kb.cli.review_list import list_cards
    from kb.cli.review_session import sit

    if context.invoked_subcommand is not None:
        return 0
    with workspace() as opened:
        deck = deck_of(opened)
        if as_list or everything or as_json or not has_screen():
            return list_cards(deck, everything, as_json)
        return sit(deck)


@group.command()
def add(
    what: Annotated[list[str], typer.Argument(metavar="NOTE|CLAIM|AGENDA…", help="What you want to come back to.")],
    question: Annotated[str, typer.Option(help="What to ask, in your own words; the note is the answer.")] = "",
    sort: Annotated[
        str | None, typer.Option("--as", help="belief or question, for a claim that could be both.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Choose what becomes a card: a claim or an agenda as a belief, any other note as a question."""
    from kb.cli.console import put_json, say
    from kb.cli.review_list import face_data
    from kb.errors import UsageError

    if question and len(what) > 1:
        raise UsageError("a question belongs to one note", next="kb review add NOTE --question …")
    with workspace() as opened:
        deck = deck_of(opened)
        faces = [deck.add(one, _sort(sort), question) for one in what]
    if as_json:
        put_json({"added": [face_data(face) for face in faces]})
        return 0
    for face in faces:
        say(f"{face.card.sort.value} {face.card.id}: {face.statement or face.asks}")
    say("Next: kb review")
    return 0


def _sort(text: str | None) -> "ReviewKind | None":
    from kb.errors import UsageError
    from kb.models.review import ReviewKind

    if text is None:
        return None
    try:
        return ReviewKind(text.lower())
    except ValueError:
        known = " or ".join(sort.value for sort in ReviewKind)
        raise UsageError(f"a card is no {text!r}", f"it is a {known}", "kb review add --help") from None


@group.command()
def remove(card: CardName, as_json: Json = False) -> int:
    """Stop asking; what you answered so far stays in the log."""
    from kb.cli.console import put_json, say

    with workspace() as opened:
        removed = deck_of(opened).remove(card)
    if as_json:
        put_json({"removed": removed.id})
    else:
        say(f"{removed.id} is not asked any more. To ask it again: kb review add {removed.id}")
    return 0


@group.command()
def show(
    card: CardName,
    answer: Annotated[bool, typer.Option("--answer", help="Show the other side too.")] = False,
    as_json: Json = False,
) -> int:
    """Show a card; its answer, or what you last said, only when asked."""
    from kb.cli.console import put_json
    from kb.cli.review_list import face_data, print_back, print_front, since_data

    with workspace() as opened:
        deck = deck_of(opened)
        face = deck.face(card)
        since = deck.since(face) if answer and face.statement else None
    if as_json:
        put_json({**face_data(face, answer=answer), **(since_data(since) if since else {})})
        return 0
    print_front(face)
    if answer:
        print_back(face, since)
    return 0


@group.command()
def rate(
    card: CardName,
    grade: Annotated[str, typer.Argument(help="1-4 or again, hard, good, easy; for a belief 0.7, 70% or 60-80%.")],
    why: Annotated[str, typer.Option(help="For a belief: your reason.")] = "",
    as_json: Json = False,
) -> int:
    """Review one card from a script; what you last said of a belief is shown after it was rated."""
    from kb.cli.console import put_json
    from kb.cli.review_list import card_data, face_data, print_back, say_next, since_data
    from kb.cli.review_session import grade_of
    from kb.errors import UsageError
    from kb.insight.review import belief_of

    with workspace() as opened:
        deck = deck_of(opened)
        face = deck.face(card)
        since = deck.since(face) if face.statement else None
        if since is not None:
            low, high = belief_of(grade)
            after = deck.rerate(face, low, high, why)
        elif why:
            raise UsageError("a question is graded without a reason", next=f"kb review rate {face.card.id} 3")
        else:
            after = deck.grade(face, grade_of(grade))
    if as_json:
        put_json({**face_data(face, answer=True), **card_data(after), **(since_data(since) if since else {})})
        return 0
    print_back(face, since)
    say_next(after)
    return 0


@group.command()
def undo(as_json: Json = False) -> int:
    """Take back the newest review, card or outcome that still stands; a belief goes back to what it was."""
    from kb.cli.console import put_json, say

    with workspace() as opened:
        event = deck_of(opened).undo()
    if as_json:
        put_json({"undone": event.model_dump(mode="json")})
    else:
        done = {"add": "choosing", "remove": "removing", "rate": "the review of", "resolve": "the outcome of"}
        say(f"took back {done[event.action]} {event.card}")
    return 0


@group.command()
def resolve(
    claim: Annotated[str, typer.Argument(metavar="CLAIM|AGENDA", help="A claim, or an agenda.")],
    outcome: Annotated[str, typer.Argument(help="true or false: how it turned out.")],
    why: Annotated[str, typer.Option(help="How you know.")] = "",
    as_json: Json = False,
) -> int:
    """Say that a claim turned out true or false; your last credence in it is scored."""
    from kb.cli.console import put_json, say
    from kb.errors import UsageError
    from kb.insight.calibration import calibration

    said = {"true": True, "yes": True, "false": False, "no": False}.get(outcome.lower())
    if said is None:
        raise UsageError(f"{outcome!r} is neither true nor false", next="kb review resolve CLAIM true")
    with workspace() as opened:
        subject = deck_of(opened).resolve(claim, said, why)
        scored = [one for one in calibration(opened.home, opened.record).forecasts if one.subject == subject.id]
    if as_json:
        put_json({"subject": subject.id, "came_true": said, "brier": scored[-1].brier if scored else None})
    elif scored:
        say(f"you held it at {scored[-1].p:.0%}: Brier score {scored[-1].brier:.2f}")
    else:
        say(f"you had not rated it, so there is nothing to score. Next: kb credence {subject.id} P --why …")
    return 0


@group.command()
def drift(as_json: Json = False) -> int:
    """Show how far each belief has moved since you first rated it."""
    from kb.cli.console import put_json, put_table, say
    from kb.insight.calibration import drifts

    with workspace() as opened:
        found = drifts(opened.record)
    if as_json:
        put_json({"drift": [{**one.model_dump(mode="json"), "net": one.net} for one in found]})
    elif found:
        rows = [
            (f"{one.net * 100:+.0f}", f"{one.first:.0%} → {one.last:.0%}", one.ratings, one.subject, one.statement)
            for one in found
        ]
        put_table(("moved", "from, to", "times", "about", "says"), rows, right=(0, 2))
    else:
        say("no belief was rated twice yet. Next: kb review add CLAIM, or kb credence CLAIM P --why …")
    return 0


@group.command()
def calibration(as_json: Json = False) -> int:
    """Show how your probabilities compare with what came out."""
    from kb.cli.console import put_json
    from kb.cli.review_list import print_calibration
    from kb.insight.calibration import calibration as measure

    with workspace() as opened:
        measured = measure(opened.home, opened.record)
    if as_json:
        forecasts = [{**one.model_dump(mode="json"), "brier": one.brier} for one in measured.forecasts]
        put_json({**measured.model_dump(mode="json"), "forecasts": forecasts})
    else:
        print_calibration(measured)
    return 0
