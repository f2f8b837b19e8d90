"""What an agenda or a concept stands for in a search: names that notes and entries bear, and papers that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.config import Home
from kb.errors import NotFoundError
from kb.search.did_you_mean import nearest
from kb.search.filter_data import FilterData

if TYPE_CHECKING:
    from kb.models.agenda import Agenda


@dataclass(frozen=True)
class Topic:
    """All that counts as being on it."""

    reading: str
    names: frozenset[str]
    """In lower case: of the agenda or concept itself, of its tags, claims and cruxes."""
    papers: frozenset[str] = frozenset()
    """arXiv ids and ids of entries."""


def topic(home: Home, facts: FilterData, name: str, value: str) -> Topic:
    """The agenda or concept that a filter's value names; raises NotFoundError with what is near."""
    wanted = "-".join(value.casefold().replace("_", " ").split())
    agenda, slash, number = wanted.rpartition("/")
    if name == "agenda" and slash and number.isdigit():
        return _link(home, facts, agenda, int(number))
    known = dict(_agendas(home, facts) if name == "agenda" else _concepts(home))
    begun = [found for each, found in known.items() if wanted and each.startswith(wanted)]
    found = known.get(wanted) or next(iter(begun), None)
    if found is not None and (wanted in known or len({each.names for each in begun}) == 1):
        return found
    used = set(_used(facts, name))
    if wanted in used:
        return Topic(wanted, frozenset({wanted}))
    why = nearest(wanted, [*known, *used]) or f"kb {name} list names them all"
    raise NotFoundError(f"no {name} is called {value!r}", why, f"kb {name} list")


def _agendas(home: Home, facts: FilterData) -> Iterator[tuple[str, Topic]]:
    """Claims and cruxes first, then tags, then agendas: where two share a name, the later is meant."""
    agendas = _standing(home, facts)
    for agenda in agendas.values():
        yield from _parts(agenda)
    for agenda in reversed(agendas.values()):
        for tag in agenda.tags:
            yield tag, Topic(agenda.id, agenda.names, frozenset(agenda.papers))
    for agenda in agendas.values():
        yield agenda.id, Topic(agenda.id, agenda.names, frozenset(agenda.papers))


def _standing(home: Home, facts: FilterData) -> "dict[str, Agenda]":
    """Those of the files, with what the reader has made of them."""
    from kb.models.agenda import Agenda
    from kb.sources.maps import load_agendas

    agendas = {agenda.id: agenda for agenda in load_agendas(home).agendas}
    agendas.update({id_: Agenda.model_validate(content) for id_, content in facts.own_agendas.items()})
    return agendas


def _link(home: Home, facts: FilterData, agenda: str, number: int) -> Topic:
    """``debate/2``: the second link of that agenda's chain."""
    chart = _standing(home, facts).get(topic(home, facts, "agenda", agenda).reading)
    chain = [] if chart is None else list(_parts(chart))[: len(chart.theory_of_change)]
    if not 1 <= number <= len(chain):
        raise NotFoundError(
            f"{agenda} has no claim {number}", f"its chain has {len(chain)}", f"kb agenda show {agenda}"
        )
    return chain[number - 1][1]


def _parts(agenda: "Agenda") -> Iterator[tuple[str, Topic]]:
    cited = [(claim.id, claim.sources) for claim in agenda.theory_of_change]
    cited += [(crux.id, crux.sources) for crux in agenda.cruxes]
    for id_, sources in cited:
        yield id_, Topic(id_, frozenset({id_}), frozenset(source.cite for source in sources))


def _concepts(home: Home) -> Iterator[tuple[str, Topic]]:
    from kb.sources.maps import load_concepts

    for concept in load_concepts(home).concepts:
        found = Topic(concept.id, frozenset({concept.id}), frozenset(concept.papers))
        yield "-".join(concept.title.casefold().split()), found
        yield concept.id, found


def _used(facts: FilterData, name: str) -> Iterable[str]:
    """What entries and notes name, whether a map knows it or not."""
    for paper in facts.papers.values():
        for entry in paper.entries:
            yield from (str(tag).casefold() for tag in entry.get(f"{name}s") or ())
    for note in facts.notes:
        yield from (note.agendas if name == "agenda" else note.concepts)
