"""``kb credence``: how probable you hold a claim or an agenda to be, why, and how that moved."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from datetime import datetime

    from kb.insight.insight import Insight
    from kb.models.credence import Credence, Subject, Trigger
    from kb.workspace import Workspace

_MONTH = 30


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(credence)


def credence(
    about: Annotated[
        str | None, typer.Argument(metavar="[CLAIM|AGENDA]", help="A claim, an agenda, or a claim that you noted.")
    ] = None,
    p: Annotated[str | None, typer.Argument(metavar="[P]", help="0.7 or 70%, or a range: 0.6-0.8.")] = None,
    why: Annotated[str, typer.Option(help="Your reason.")] = "",
    note: Annotated[str | None, typer.Option(help="The note that moved you; last for the newest.")] = None,
    paper: Annotated[str | None, typer.Option(help="The paper that moved you.")] = None,
    run: Annotated[str | None, typer.Option(help="The run of a reproduction that moved you.")] = None,
    at: Annotated[str | None, typer.Option(metavar="DATE", help="What you believed then.")] = None,
    moved: Annotated[bool, typer.Option("--moved", help="What moved you most this month.")] = False,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="With --moved: since then.")] = None,
    as_json: Json = False,
) -> int:
    """Rate a claim or an agenda; without P, show how your credence moved, and without either, all that you hold."""
    from kb.cli.agenda import insight
    from kb.errors import UsageError
    from kb.insight.credence_log import moment

    if p is not None and (at or moved or since):
        raise UsageError("a rating is made now", "--at, --moved and --since look back", "kb credence --help")
    with workspace() as opened:
        maps = insight(opened)
        subject = maps.subject(about) if about else None
        until = moment(at) if at else None
        if subject and p is not None:
            return _rate(opened, subject, p, why, _trigger(opened, note, paper, run), as_json)
        if why or note or paper or run:
            raise UsageError("a reason needs a probability", next="kb credence CLAIM P --why …")
        if moved or since:
            return _moved(opened, subject, moment(since) if since else None, until, as_json)
        return _history(opened, subject, until, as_json) if subject else _standing(maps, until, as_json)


def _trigger(opened: "Workspace", note: str | None, paper: str | None, run: str | None) -> "Trigger":
    from kb.errors import UsageError
    from kb.models.credence import Trigger
    from kb.reproductions.store import find_run

    if sum(one is not None for one in (note, paper, run)) > 1:
        raise UsageError("one thing moved you", "give --note, --paper or --run", "kb credence --help")
    if note:
        return Trigger(kind="note", ref=opened.notes.get(note).id)
    if paper:
        return Trigger(kind="paper", ref=opened.papers.find(paper).id)
    return Trigger(kind="run", ref=find_run(opened.home, run)["run"]) if run else Trigger()


def _rate(opened: "Workspace", subject: "Subject", p: str, why: str, trigger: "Trigger", as_json: bool) -> int:
    from kb.cli.console import put_json, say
    from kb.insight.as_data import step_data
    from kb.insight.credence_log import CredenceStep, probability
    from kb.library.credences import Credences

    log = Credences(opened.record)
    before = log.standing().get(subject.id)
    low, high = probability(p)
    step = CredenceStep(credence=log.add(subject, low, high, reason=why, trigger=trigger), before=before)
    if as_json:
        put_json(step_data(step))
    else:
        say(f"{step.words}  {subject.statement}")
        if not why:
            say("Next: say why with --why …; a month from now the reason is worth more than the number")
    return 0


def _history(opened: "Workspace", subject: "Subject", until: "datetime | None", as_json: bool) -> int:
    from kb.cli.console import put, put_json, say, wrapped
    from kb.insight.as_data import credence_data
    from kb.library.credences import Credences

    found = Credences(opened.record).history(subject.id, until)
    if as_json:
        value = {"subject": subject.id, "kind": subject.kind.value, "statement": subject.statement}
        log = [credence_data(one) for one in found]
        put_json({**value, "credence": log[-1] if log else None, "history": log})
        return 0
    put(wrapped(f"{subject.id}: {subject.statement}"))
    for one in found:
        _print_entry(one)
    if not found:
        say(f"not rated{' until then' if until else ' yet'}. Next: kb credence {subject.id} P --why …")
    return 0


def _print_entry(one: "Credence") -> None:
    from kb.cli.console import put, wrapped

    bar = "".join("█" if one.low * 20 - 0.5 <= step <= one.high * 20 else "·" for step in range(21))
    by = f"  [{one.trigger.kind} {one.trigger.ref}]" if one.trigger.ref else ""
    put(f"  {one.at.astimezone():%Y-%m-%d %H:%M}  {bar}  {one.words}{by}")
    if one.reason:
        put(wrapped(one.reason, indent="      "))


def _standing(maps: "Insight", until: "datetime | None", as_json: bool) -> int:
    from kb.cli.console import put_json, put_table, say
    from kb.insight.as_data import credence_data
    from kb.library.credences import Credences

    found = Credences(maps.record).standing(until).values()
    if as_json:
        put_json({"at": until.isoformat() if until else None, "credences": [credence_data(one) for one in found]})
    elif found:
        rows = [(one.subject.id, one.words, f"{one.at.astimezone():%Y-%m-%d}", one.subject.statement) for one in found]
        put_table(("about", "credence", "since", "says"), rows, right=(1,))
    else:
        say("nothing is rated. Next: kb agenda show AGENDA, then kb credence CLAIM P --why …")
    return 0


def _moved(
    opened: "Workspace", subject: "Subject | None", since: "datetime | None", until: "datetime | None", as_json: bool
) -> int:
    from datetime import UTC, datetime, timedelta

    from kb.cli.console import put, put_json, say, wrapped
    from kb.insight.as_data import step_data
    from kb.insight.credence_log import moved_most
    from kb.library.credences import Credences

    start = since or (until or datetime.now(UTC)) - timedelta(days=_MONTH)
    found = moved_most(Credences(opened.record).history(subject.id if subject else None, until), start)
    if as_json:
        put_json({"since": start.isoformat(), "moves": [step_data(step) for step in found]})
        return 0
    for step in found:
        by = f"  [{step.credence.trigger.kind} {step.credence.trigger.ref}]" if step.credence.trigger.ref else ""
        put(f"{step.moved * 100:+5.0f}  {step.words}  {step.credence.subject.id}{by}")
        put(wrapped(f"{step.credence.subject.statement} {step.credence.reason}".strip(), indent="       "))
    if not found:
        say("nothing moved since then. Next: kb credence CLAIM P --why …")
    return 0
