"""What an agenda or a concept stands for in a search: names that notes and entries bear, and papers that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.agendas.agenda_index import AgendaIndex, plain_name
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
    try:
        return _agenda(home, facts, value) if name == "agenda" else _concept(home, value)
    except NotFoundError as error:
        wanted = plain_name(value)
        used = set(_used(facts, name))
        if wanted in used:
            return Topic(wanted, frozenset({wanted}))
        near = nearest(wanted, used)
        raise NotFoundError(error.what, "; ".join(filter(None, [error.why, near])), error.next) from None


def _agenda(home: Home, facts: FilterData, value: str) -> Topic:
    """An agenda with its tags, claims and cruxes; or one claim or crux alone, with what it cites."""
    index = AgendaIndex(_standing(home, facts).values())
    named = index.name(value)
    place = index.claims.get(named) or index.cruxes.get(named)
    if place and named not in index.agendas:
        return Topic(named, frozenset({named}), frozenset(source.cite for source in place.part.sources))
    agenda = index.agenda(named)
    return Topic(agenda.id, agenda.names, frozenset(agenda.papers))


def _standing(home: Home, facts: FilterData) -> "dict[str, Agenda]":
    """Those of the files, with what the reader has made of them."""
    from kb.models.agenda import Agenda
    from kb.sources.maps import load_agendas

    agendas = {agenda.id: agenda for agenda in load_agendas(home).agendas}
    agendas.update({id_: Agenda.model_validate(content) for id_, content in facts.own_agendas.items()})
    return agendas


def _concept(home: Home, value: str) -> Topic:
    wanted, known = plain_name(value), dict(_concepts(home))
    begun = [found for each, found in known.items() if wanted and each.startswith(wanted)]
    found = known.get(wanted) or next(iter(begun), None)
    if found is None or (wanted not in known and len({each.names for each in begun}) > 1):
        why = nearest(wanted, known) or "kb concept list names them all"
        raise NotFoundError(f"no concept is called {value!r}", why, "kb concept list")
    return found


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
