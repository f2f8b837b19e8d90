"""An agenda's map on paper."""

from collections.abc import Iterable
from datetime import date

from kb.cli.console import put, wrapped
from kb.insight.agenda_view import AgendaView, LinkView
from kb.insight.evidence import Evidence
from kb.insight.link_works import OURS, movers, outcome_words
from kb.insight.mind_changers import MindChanger

_FEW = 6
_MARKS = {1: "+", -1: "−", 0: "·"}


def print_agenda(view: AgendaView, changers: tuple[MindChanger, ...], today: date) -> None:
    """The chain link by link, then what it turns on."""
    held = f"{view.credence.words}, since {view.credence.at:%Y-%m-%d}" if view.credence else "not rated"
    put(f"{view.agenda.title}  ·  {view.agenda.id}  ·  {held}")
    put(wrapped(view.agenda.problem.statement, indent="  "))
    _print_age(view, today)
    put("\nTheory of change")
    for link in view.chain:
        _print_link(link)
    if any(link.claim.outcome for link in view.chain):
        put(wrapped(f"\n{OURS}", indent="  "))
    _print_product(view)
    _print_former(view)
    put("\nWeakest link")
    put(wrapped(f"{view.weakest.number}. {view.weakest.claim.id}: {view.weakest.why}", indent="  "))
    if view.general:
        put("\nOn the agenda as a whole")
        _print_items(view.general)
    _print_critics(view)
    _print_changers(changers)
    _print_papers(view)


def _print_link(link: LinkView) -> None:
    held = link.credence.words if link.credence else "not rated"
    put(f"\n  {link.number}. {link.claim.id}  ·  {held}")
    put(wrapped(link.claim.statement, indent="     "))
    if outcome := outcome_words(link.claim):
        put(wrapped(outcome, indent="     "))
    _print_works(link)
    _print_items(link.all)
    if not link.all:
        put(f"       no evidence yet: kb note add PAPER --kind evidence --agenda {link.claim.id}:supports")


def _print_age(view: AgendaView, today: date) -> None:
    """When it was reviewed, and how old the newest source is."""
    told = [f"reviewed {view.agenda.reviewed}"] if view.agenda.reviewed else []
    if newest := view.newest:
        told.append(f"newest source: {newest.reading.title}, {newest.when}, {newest.age(today)}")
    if told:
        put(wrapped(" · ".join(told), indent="  "))


def _print_works(link: LinkView) -> None:
    """What works found on it, what would move one, and which experiments inform it."""
    for label, works in (("for", link.works_for), ("against", link.works_against)):
        _print_labelled((label, f"{one.bearing.finding} {one.place}") for one in works)
    _print_labelled(movers(link.claim))
    _print_labelled(("run", f"kb reproduce run {run}") for run in link.claim.reproductions)


def _print_labelled(pairs: Iterable[tuple[str, str]]) -> None:
    for label, text in pairs:
        put(wrapped(f"{label}: {text}", indent="       "))


def _print_former(view: AgendaView) -> None:
    """Links that have left the chain: only those that the reader rated or noted something on."""
    touched = [one for one in view.former if one.credence or one.items]
    if touched:
        put("\nFormer links, on which you have credences or notes")
    links = {claim.id: claim.statement for claim in view.agenda.theory_of_change}
    for one in touched:
        held = one.credence.words if one.credence else "not rated"
        put(f"\n  {one.link.id}  ·  {held}")
        put(wrapped(f"{one.link.statement} Now: {links.get(one.link.now, one.link.now)}", indent="     "))
        _print_items(one.items)


def _print_items(items: tuple[Evidence, ...]) -> None:
    for item in items[:_FEW]:
        facts = [item.sort, f"strength {item.strength:.2g}" if item.strength < 1 else "", item.note.paper or "my own"]
        put(wrapped(f"{_MARKS[item.sign]} {item.says}", indent="     "))
        put(f"         {item.id} · " + " · ".join(fact for fact in facts if fact))
    if len(items) > _FEW:
        put(f"       and {len(items) - _FEW} more")


def _print_product(view: AgendaView) -> None:
    if view.product is None:
        return
    low, high = (f"{end * 100:.2g}" for end in view.product)
    put(f"\n  All links multiplied: {low if low == high else f'{low}–{high}'} %")
    if view.credence and not view.product[0] - 0.1 <= view.credence.p <= view.product[1] + 0.1:
        put("  That is far from what you hold of the whole: links may depend on each other, or one of them is off.")


def _print_critics(view: AgendaView) -> None:
    put("\nCritics")
    for critic in view.critics:
        unread = "not read yet: " if critic.is_unread else ""
        put(wrapped(f"{critic.voice.who}. {critic.voice.view}", indent="  "))
        for source in critic.sources:
            put(f"      {unread}{source.title} · {source.time} · {source.get}")
    if view.agenda.no_critics:
        put(wrapped(view.agenda.no_critics, indent="  "))


def _print_changers(changers: tuple[MindChanger, ...]) -> None:
    put("\nWhat would change my mind")
    for mind_changer in changers:
        if mind_changer.kind == "critic":
            continue
        links = f" (link {', '.join(map(str, mind_changer.claims))})" if mind_changer.claims else ""
        put(wrapped(f"{mind_changer.kind}: {mind_changer.text}{links}", indent="  "))


def _print_papers(view: AgendaView) -> None:
    put("\nTo read")
    for place, reading in zip(view.agenda.reading_order, view.papers, strict=True):
        state = reading.state.value if reading.state else "not here"
        why = f" ({place.why})" if place.why else ""
        put(f"  {state:<10} {reading.time:>8}  {reading.title}{why}")
