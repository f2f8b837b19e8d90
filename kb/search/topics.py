"""What an agenda or a concept stands for in a search: names that notes and entries bear, and papers that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
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


class Topics:
    """Finds what agendas and concepts stand for; the maps are read when the first one is asked for."""

    def __init__(self, home: Home, facts: FilterData) -> None:
        self._home = home
        self._facts = facts

    def find(self, name: str, value: str) -> Topic:
        """The agenda or concept that a filter's value names; raises NotFoundError with what is near."""
        try:
            return self._agenda(value) if name == "agenda" else self._concept(value)
        except NotFoundError as error:
            used = set(_used(self._facts, name))
            for wanted in (plain_name(value), value.strip().casefold()):
                if wanted in used:
                    return Topic(wanted, frozenset({wanted}))
            near = nearest(plain_name(value), used)
            raise NotFoundError(error.what, "; ".join(filter(None, [error.why, near])), error.next) from None

    def warm(self) -> None:
        """Read the maps now, so that nobody waits for them later."""
        self._index, self._concept_names  # noqa: B018 - each is read when it is first looked at

    @cached_property
    def _index(self) -> AgendaIndex:
        return AgendaIndex(_standing(self._home, self._facts).values())

    @cached_property
    def _concept_names(self) -> dict[str, Topic]:
        return dict(_concepts(self._home))

    def _agenda(self, value: str) -> Topic:
        """An agenda with its tags, claims and cruxes; or one claim or crux alone, with what it cites."""
        index = self._index
        named = index.name(value)
        place = index.claims.get(named) or index.cruxes.get(named)
        if place and named not in index.agendas:
            return Topic(named, frozenset({named}), frozenset(source.cite for source in place.part.sources))
        agenda = index.agenda(named)
        return Topic(agenda.id, agenda.names, frozenset(agenda.papers))

    def _concept(self, value: str) -> Topic:
        wanted, known = plain_name(value), self._concept_names
        begun = [found for each, found in known.items() if wanted and each.startswith(wanted)]
        found = known.get(wanted) or next(iter(begun), None)
        if found is None or (wanted not in known and len({each.names for each in begun}) > 1):
            why = nearest(wanted, known) or "kb concept list names them all"
            raise NotFoundError(f"no concept is called {value!r}", why, "kb concept list")
        return found


def _standing(home: Home, facts: FilterData) -> "dict[str, Agenda]":
    """Those of the files, with what the reader has made of them."""
    from kb.models.agenda import Agenda
    from kb.sources.maps import load_agendas

    agendas = {agenda.id: agenda for agenda in load_agendas(home).agendas}
    agendas.update({id_: Agenda.model_validate(content) for id_, content in facts.own_agendas.items()})
    return agendas


def _concepts(home: Home) -> Iterator[tuple[str, Topic]]:
    from kb.sources.maps import load_concepts

    for concept in load_concepts(home).concepts:
        found = Topic(concept.id, frozenset({concept.id}), frozenset(concept.papers))
        yield "-".join(concept.title.casefold().split()), found
        yield concept.id, found


def _used(facts: FilterData, name: str) -> Iterable[str]:
    """What entries and notes name, whether a map knows it or not."""
    for paper in facts.papers.values():
        yield from paper.agendas if name == "agenda" else paper.concepts
    for note in facts.notes:
        yield from (note.agendas if name == "agenda" else note.concepts)
