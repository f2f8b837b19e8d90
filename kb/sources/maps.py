"""The maps around the reading lists: agendas and concepts, those that come with the program and the reader's own.

A file ``agendas.yaml`` or ``concepts.yaml`` in the home has the same fields; an entry in it with a known id takes the
place of the one that comes with the program. A bad file of the reader's is reported, never fatal.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from kb.config import Home
from kb.errors import KbError, UsageError
from kb.models.agenda import AgendaMap
from kb.models.concept import ConceptMap
from kb.sources.agenda_files import packaged_agendas, work_conflicts
from kb.sources.concept_files import packaged_concepts
from kb.sources.map_file import Map, invalid_map, read_map

AGENDAS, CONCEPTS = "agendas.yaml", "concepts.yaml"


def load_agendas(home: Home) -> AgendaMap:
    """The agendas of both files; see ``map_problems`` for what could not be read."""
    return _load(home, AGENDAS, packaged_agendas(), _with_agendas)


def load_concepts(home: Home) -> ConceptMap:
    """The concepts of both files; see ``map_problems`` for what could not be read."""
    return _load(home, CONCEPTS, packaged_concepts(), _with_concepts)


def map_problems(home: Home) -> tuple[KbError, ...]:
    """Why a map file of the reader's is left out, and works of which two files disagree; empty where all is well."""
    agendas = _problems(home, AGENDAS, packaged_agendas(), _with_agendas)
    concepts = _problems(home, CONCEPTS, packaged_concepts(), _with_concepts)
    return (*work_conflicts(), *agendas, *concepts)


def _load(home: Home, name: str, packaged: Map, join: Callable[[Map, Map], Map]) -> Map:
    try:
        return _joined(home.root / name, packaged, join)
    except UsageError:
        return packaged


def _problems(home: Home, name: str, packaged: Map, join: Callable[[Map, Map], Map]) -> Iterator[KbError]:
    try:
        _joined(home.root / name, packaged, join)
    except UsageError as error:
        yield error


def _joined(file: Path, packaged: Map, join: Callable[[Map, Map], Map]) -> Map:
    if not file.exists():
        return packaged
    own = read_map(file, type(packaged))
    try:
        return join(packaged, own)
    except ValidationError as error:
        raise invalid_map(file, error.errors()[0]["msg"]) from error


def _with_agendas(packaged: AgendaMap, own: AgendaMap) -> AgendaMap:
    works = {work.id: work for work in (*packaged.works, *own.works)}
    agendas = {agenda.id: agenda for agenda in (*packaged.agendas, *own.agendas)}
    return AgendaMap(works=tuple(works.values()), agendas=tuple(agendas.values()))


def _with_concepts(packaged: ConceptMap, own: ConceptMap) -> ConceptMap:
    lessons = {lesson.id: lesson for lesson in (*packaged.lessons, *own.lessons)}
    concepts = {concept.id: concept for concept in (*packaged.concepts, *own.concepts)}
    sources = {**packaged.sources, **own.sources}
    return ConceptMap(sources=sources, lessons=tuple(lessons.values()), concepts=tuple(concepts.values()))
