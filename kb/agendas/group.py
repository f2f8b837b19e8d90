"""What a reader names as an agenda, and all the names under which notes bear on it."""

from typing import NamedTuple

from kb.agendas.agenda_index import AgendaIndex
from kb.config import Home
from kb.errors import NotFoundError
from kb.library.bearings import Bearings
from kb.library.record import Record


class NamedGroup(NamedTuple):
    """An agenda with its tags, claims and cruxes; or one claim or crux alone."""

    id: str
    title: str
    names: frozenset[str]


def agenda_group(home: Home, record: Record, text: str) -> NamedGroup:
    """What a name stands for; one that only notes know, such as an imported one, stands for itself.

    Raises NotFoundError with what is near.
    """
    agenda_index = AgendaIndex.open(home, record)
    try:
        name = agenda_index.name(text)
    except NotFoundError:
        if text in Bearings(record).counts():
            return NamedGroup(text, "", frozenset({text}))
        raise
    agenda = agenda_index.agenda(name)
    if name in agenda.parts:
        return NamedGroup(name, agenda.parts[name], frozenset({name}))
    return NamedGroup(agenda.id, agenda.title, agenda.names)
