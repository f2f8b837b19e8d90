"""What is wrong with an agenda although it can be read: chains that do not arrive, sources that lead nowhere, age."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kb.config import Home
from kb.insight.agenda_age import months_since
from kb.models.agenda import Agenda, ChainClaim
from kb.models.base import Value

STALE_MONTHS = 18
"""A review older than this is warned of: a rule of thumb, not a measurement."""
ENOUGH_CRITICS = 2
_OWN = "me"
"""What a reader's own agenda cites for the reader's own view."""

Level = Literal["error", "warning"]
Problem = tuple[str, Level, str]


class AgendaFinding(Value):
    """One thing that is wrong, or that should be looked at."""

    agenda: str
    part: str
    """A field, or the id of a link or crux."""
    level: Level
    message: str


@dataclass(frozen=True)
class KnownNames:
    """What an agenda may name."""

    works: Collection[str]
    """arXiv ids, ids of list entries, addresses, and the works that agendas declare."""
    concepts: Collection[str]
    reproductions: Collection[str]


def known_to(home: Home) -> KnownNames:
    """What the lists, maps and experiments of a home hold."""
    from kb.reproductions.registry import reproductions
    from kb.sources.lists import load_lists
    from kb.sources.maps import load_agendas, load_concepts

    works = {work.id for work in load_agendas(home).works} | {_OWN}
    for one in (entry for each in load_lists(home) for entry in each.entries):
        works |= {cite for cite in (one.id, one.arxiv_id, one.paper_arxiv_id, one.url) if cite}
    concepts = {concept.id for concept in load_concepts(home).concepts}
    return KnownNames(works, concepts, {one.id for one in reproductions()})


def lint_agenda(agenda: Agenda, known: KnownNames, today: date) -> tuple[AgendaFinding, ...]:
    """Everything that is wrong with one agenda, in the order of its fields."""
    parts = (
        _age(agenda, today),
        _chain(agenda),
        _former(agenda),
        _critics(agenda),
        _sources(agenda),
        _ids(agenda, known),
    )
    return tuple(
        AgendaFinding(agenda=agenda.id, part=part, level=level, message=message)
        for problems in parts
        for part, level, message in problems
    )


def _age(agenda: Agenda, today: date) -> Iterator[Problem]:
    if agenda.reviewed is None:
        yield "reviewed", "error", "it does not say when it was reviewed"
    elif (months := months_since(agenda.reviewed, today)) > STALE_MONTHS:
        yield "reviewed", "warning", f"it was reviewed {months} months ago, in {agenda.reviewed}"


def _chain(agenda: Agenda) -> Iterator[Problem]:
    """Whether the chain arrives, and each link says what bears on it."""
    *before, last = agenda.theory_of_change
    if not last.outcome:
        yield last.id, "error", "the last link is no outcome: the chain does not arrive"
    elif not last.scale:
        yield last.id, "error", "the outcome has no scale"
    for link in before:
        if link.outcome:
            yield link.id, "error", "only the last link is an outcome"
    for link in agenda.theory_of_change:
        yield from _link(link)


def _link(link: ChainClaim) -> Iterator[Problem]:
    for name, given in (("raises", link.raises), ("lowers", link.lowers)):
        if not given:
            yield link.id, "error", f"it does not say what {name} a credence in it"
    if not link.bearings:
        yield link.id, "error", "no work is named for it or against it"


def _former(agenda: Agenda) -> Iterator[Problem]:
    """``now`` is the id of a link that stands, or a sentence."""
    links = {link.id for link in agenda.theory_of_change}
    for former in agenda.former_links:
        if former.now not in links and " " not in former.now:
            yield former.id, "error", f"it became {former.now!r}, which is no link of the chain"


def _critics(agenda: Agenda) -> Iterator[Problem]:
    if len(agenda.critics) < ENOUGH_CRITICS and not agenda.no_critics:
        yield "critics", "error", f"fewer than {ENOUGH_CRITICS}, and no_critics does not say that no more were found"


def _sources(agenda: Agenda) -> Iterator[Problem]:
    """Statements rest on what was read, and what they rest on stands in the reading order."""
    for cite in sorted({source.cite for source in agenda.sources if source.where.strip().lower() == "title"}):
        yield "sources", "error", f"{cite} is cited by its title alone"
    for cite in dict.fromkeys(source.cite for source in agenda.sources):
        if cite not in agenda.papers and cite != _OWN:
            yield "papers", "error", f"{cite} is cited, but not in the reading order"
    for cite in sorted({cite for cite in agenda.papers if agenda.papers.count(cite) > 1}):
        yield "papers", "error", f"{cite} is there twice"


def _ids(agenda: Agenda, known: KnownNames) -> Iterator[Problem]:
    """Ids that lead nowhere."""
    for cite in dict.fromkeys((*(source.cite for source in agenda.sources), *agenda.papers)):
        if cite not in known.works and not re.fullmatch(r"https?://\S+", cite):
            yield "papers", "error", f"{cite} is on no list, and no agenda declares it as a work"
        elif cite not in known.works:
            yield "papers", "error", f"{cite} has no title: declare it under works"
    for concept in agenda.know_first:
        if concept not in known.concepts:
            yield "know_first", "warning", f"no concept is called {concept}"
    named = {"reproductions": agenda.reproductions, **{link.id: link.reproductions for link in agenda.theory_of_change}}
    for part, runs in named.items():
        for run in runs:
            if run not in known.reproductions:
                yield part, "error", f"no experiment is called {run}"
            elif run not in agenda.reproductions:
                yield part, "error", f"{run} informs a link, but the agenda does not name it"
