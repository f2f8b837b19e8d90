"""What ``kb reproduce`` asks on a terminal: a prediction before a run, a guess before a sweep, a credence after it."""

from typing import TYPE_CHECKING, Any

import typer

from kb.cli.console import on_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.models.note import Note
    from kb.reproductions.guesses import Guess
    from kb.reproductions.model import Reproduction
    from kb.workspace import Workspace


def asked(found: "Reproduction") -> tuple[Any, ...]:
    """Ask one question after the other; an empty answer passes."""
    from kb.cli.console import say
    from kb.errors import UsageError
    from kb.reproductions.predictions import read_prediction

    if not on_terminal():
        return ()
    answers = []
    say(f"{found.claim}\nBefore it runs, what do you expect? (Enter passes.)")
    for question in found.ask_first:
        form = " / ".join(question.choices) or "a range such as 0.2..0.5"
        while text := _typed(f"  {question.text} [{form}]"):
            try:
                answers.append(read_prediction(question, text))
                break
            except UsageError as error:
                say(str(error))
    return tuple(answers)


def guessed(found: "Reproduction", name: str, values: "Sequence[Any]", metric: str) -> "Guess":
    """At which value of a knob a number will be largest, and how large; empty where nobody is there to guess."""
    from kb.cli.console import say
    from kb.errors import UsageError
    from kb.reproductions.guesses import Guess, read_guess

    while on_terminal():
        where = _typed(f"At which {name} ({', '.join(map(str, values))}) is {metric} largest? (Enter passes)")
        size = _typed("And how large is it there? [a range such as 0.2..0.5; Enter passes]")
        try:
            return read_guess(found, name, values, where, size)
        except UsageError as error:
            say(str(error))
    return Guess()


def rated(opened: "Workspace", claim: "Note", run: str) -> None:
    """Ask what is believed of a claim now that a run bears on it; without a terminal, tell the command that asks."""
    from kb.cli.console import say
    from kb.errors import UsageError
    from kb.insight.credence_log import rating
    from kb.library.credences import Credences
    from kb.models.credence import Subject, SubjectKind, Trigger

    log = Credences(opened.record)
    before = log.history(claim.id)
    while on_terminal():
        held = f"you held {before[-1].words}" if before else "not rated yet"
        text = _typed(f"How probable is it now, and why? ({held}; Enter leaves it)")
        if not text:
            break
        try:
            low, high, why = rating(text)
        except UsageError as error:
            say(str(error))
            continue
        subject = Subject(kind=SubjectKind.NOTE, id=claim.id, statement=claim.headline)
        made = log.add(subject, low, high, reason=why, trigger=Trigger(kind="run", ref=run))
        say(f"{made.words}, kept in the log")
        return
    say(f"Next: kb credence {claim.id} P --run {run} --why …")


def _typed(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False, err=True)).strip()
