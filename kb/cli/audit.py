"""``kb audit``, ``kb cruxes`` and ``kb strategies``: what the notes come to when they are counted."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.insight.audit import Audited
    from kb.insight.cruxes import RankedCrux
    from kb.insight.insight import Insight
    from kb.insight.strategies import Strategy

_SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(audit)
    app.command()(cruxes)
    app.command("strategies")(list_strategies)


def audit(
    about: Annotated[
        str | None, typer.Argument(metavar="[AGENDA|CLAIM]", help="One agenda, one claim, or a claim that you noted.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also claims on which nothing is noted.")] = False,
    as_json: Json = False,
) -> int:
    """Count the evidence for each claim: independent sources, kinds, the strongest against it, and what is missing."""
    from kb.cli.agenda import insight
    from kb.cli.console import put_json, say
    from kb.insight.audit import FLAGS

    with workspace() as opened:
        found = _audited(insight(opened), about, every)
    if as_json:
        put_json({"claims": [_audit_data(one) for one in found], "flags": FLAGS})
        return 0
    for one in found:
        _print_audit(one)
    if not found:
        say("nothing to audit. Next: kb note add PAPER --kind evidence --agenda CLAIM:supports, or kb audit --all")
    return 0


def _audited(maps: "Insight", about: str | None, every: bool) -> "list[Audited]":
    """What is asked for; without a name, every claim on which something is noted or rated."""
    from datetime import UTC, datetime

    from kb.insight.audit import Auditor
    from kb.models.credence import SubjectKind

    auditor = Auditor(maps.record, maps.agenda_index, datetime.now(UTC))
    if about is None:
        found = [*auditor.agendas(maps.agenda_index.agendas), *auditor.notes()]
        return [one for one in found if every or one.items or one.credence]
    subject = maps.subject(about)
    if subject.kind is SubjectKind.NOTE:
        return list(auditor.notes([subject.id]))
    agenda = maps.agenda_index.agenda(subject.id)
    return [one for one in auditor.agendas([agenda.id]) if subject.id in (agenda.id, one.subject.id)]


def _audit_data(one: "Audited") -> dict[str, Any]:
    from kb.insight.as_data import credence_data, evidence_data

    against = one.strongest_against
    return {
        "claim": one.subject.id,
        "kind": one.subject.kind.value,
        "agenda": one.agenda or None,
        "statement": one.subject.statement,
        "credence": credence_data(one.credence),
        "for": one.supporting,
        "against": one.opposing,
        "independent_sources": one.independent,
        "author_groups": one.groups,
        "kinds": one.sorts,
        "reproduced": one.reproduced,
        "strongest_against": evidence_data(against) if against else None,
        "newest": one.newest,
        "flags": list(one.flags),
    }


def _print_audit(one: "Audited") -> None:
    from kb.cli.console import put, wrapped
    from kb.insight.audit import FLAGS

    held = one.credence.words if one.credence else "not rated"
    put(f"{one.subject.id}  ·  {held}" + (f"  ·  {one.agenda}" if one.agenda else ""))
    put(wrapped(one.subject.statement, indent="  "))
    if one.items:
        kinds = ", ".join(f"{count} {sort}" for sort, count in one.sorts.items())
        sources = f"{one.independent:.2g} independent sources in {one.groups} author groups"
        put(wrapped(f"{one.supporting} for, {one.opposing} against · {sources} · {kinds}", indent="    "))
        put(f"    newest source {one.newest or 'unknown'} · {'' if one.reproduced else 'not '}reproduced by me")
    if one.strongest_against:
        put(wrapped(f"strongest against: {one.strongest_against.says} ({one.strongest_against.id})", indent="    "))
    for flag in one.flags:
        put(f"    ! {flag}: {FLAGS[flag]}")
    put()


def cruxes(
    agenda: Annotated[str | None, typer.Argument(help="One agenda; all if left out.")] = None,
    weight: Annotated[list[str] | None, typer.Option(help="FACTOR=NUMBER, such as neglect=2.")] = None,
    save: Annotated[bool, typer.Option("--save", help="Keep these weights for the next time.")] = False,
    rule: Annotated[bool, typer.Option("--rule", help="Show the rule.")] = False,
    as_json: Json = False,
) -> int:
    """Rank the open questions by what settling them would be worth to you; the rule is shown and yours to change."""
    from kb.cli.agenda import insight
    from kb.cli.console import put_json, say
    from kb.insight.cruxes import FACTORS, read_rule, write_rule

    with workspace() as opened:
        weights = {**read_rule(opened.home), **dict(map(_weight, weight or ()))}
        if save:
            say(f"kept in {write_rule(opened.home, weights)}")
        ranked = _ranked(insight(opened), agenda, weights)
    shown = {"weights": weights, "factors": FACTORS}
    if as_json:
        put_json({"rule": shown, "cruxes": [_crux_data(one) for one in ranked]})
        return 0
    if rule:
        _print_rule(weights)
        return 0
    for one in ranked if agenda else ranked[:_SHOWN]:
        _print_crux(one)
    say("A rank is a range: the rule run at both ends of each credence, each weight halved and doubled (--rule)")
    return 0


def _weight(text: str) -> tuple[str, float]:
    from kb.insight.cruxes import checked_weight

    name, _, value = text.partition("=")
    return name.strip(), checked_weight(name.strip(), value.strip())


def _ranked(maps: "Insight", agenda: str | None, weights: dict[str, float]) -> "tuple[RankedCrux, ...]":
    from datetime import UTC, datetime

    from kb.insight.audit import Auditor
    from kb.insight.cruxes import rank_cruxes

    chosen = [maps.agenda_index.agenda(agenda)] if agenda else list(maps.agenda_index.agendas.values())
    audited = Auditor(maps.record, maps.agenda_index, datetime.now(UTC)).agendas([one.id for one in chosen])
    return rank_cruxes(chosen, audited, weights)


def _crux_data(one: "RankedCrux") -> dict[str, Any]:
    return {
        "crux": one.crux.id,
        "agenda": one.agenda.id,
        "question": one.crux.question,
        "bears_on": list(one.crux.bears_on),
        "rank": [one.best, one.worst],
        "factors": {name: round(value, 3) for name, value in one.factors.items()},
        "sources": [source.model_dump() for source in one.crux.sources],
    }


def _print_rule(weights: dict[str, float]) -> None:
    from kb.cli.console import put, wrapped
    from kb.insight.cruxes import FACTORS

    put("score = " + " + ".join(f"{weight:g} × {name}" for name, weight in weights.items()))
    for name, meaning in FACTORS.items():
        put(wrapped(f"{name}: {meaning}", indent="  "))
    put("Change it: kb cruxes --weight neglect=2 --save")


def _print_crux(one: "RankedCrux") -> None:
    from kb.cli.console import put, wrapped

    put(f"{one.rank:>6}  {one.crux.id}  ·  {one.agenda.title}")
    put(wrapped(one.crux.question, indent="        "))
    put(wrapped(f"bears on {', '.join(one.crux.bears_on)} · {one.why}", indent="        "))


def list_strategies(
    about: Annotated[str | None, typer.Argument(metavar="[PROBLEM]", help="Only for problems with this word.")] = None,
    agenda: Annotated[str | None, typer.Option(help="Only methods noted on this agenda.")] = None,
    as_json: Json = False,
) -> int:
    """What tends to work and what does not: your method notes by approach, outcome, gain and cost."""
    from kb.agendas.group import agenda_group
    from kb.cli.console import put_json, put_table, say
    from kb.insight.strategies import strategies

    with workspace() as opened:
        found = strategies(
            opened.record, about or "", agenda_group(opened.home, opened.record, agenda).names if agenda else None
        )
    if as_json:
        put_json({"strategies": [_strategy_data(one) for one in found]})
    elif found:
        headers = ("approach", "tried", "improved", "mixed", "failed", "gain", "cost", "verdict")
        put_table(headers, [_strategy_row(one) for one in found], right=(1, 2, 3, 4, 5))
    else:
        say("no method notes. Next: kb note add PAPER --kind method --text APPROACH --field outcome=improved …")
    return 0


def _strategy_row(one: "Strategy") -> tuple[object, ...]:
    gains = [f"{gain:+.0%}" for gain in one.gains]
    gain = gains[0] if len(set(gains)) == 1 else f"{gains[0]} to {gains[-1]}" if gains else ""
    count = one.outcomes
    told = (len(one.trials), count["improved"], count["mixed"], count["failed"])
    return (one.approach, *told, gain, "; ".join(one.costs), one.verdict)


def _strategy_data(one: "Strategy") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "approach": one.approach,
        "tried": len(one.trials),
        "papers": one.papers,
        "outcomes": dict(one.outcomes),
        "gains": [round(gain, 6) for gain in one.gains],
        "median_gain": one.median_gain,
        "costs": list(one.costs),
        "verdict": one.verdict,
        "trials": [{**asdict(trial), "gain": trial.gain} for trial in one.trials],
    }
