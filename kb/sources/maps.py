"""The maps around the reading lists: agendas and concepts, those that come with the program and the reader's own.

A file ``agendas.yaml`` or ``concepts.yaml`` in the home has the same fields; an entry in it with a known id takes the
place of the one that comes with the program. A bad file of the reader's is reported, never fatal.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.config import Home
from kb.errors import KbError, UsageError
from kb.models.agenda import AgendaMap
from kb.models.concept import ConceptMap
from kb.sources.concept_files import packaged_concepts
from kb.sources.yaml_file import read_yaml

Map = TypeVar("Map", AgendaMap, ConceptMap)
AGENDAS, CONCEPTS = "agendas.yaml", "concepts.yaml"
_STEP = "see reading_lists/README.md for the fields, then kb agenda list"


def load_agendas(home: Home) -> AgendaMap:
    """The agendas of both files; see ``map_problems`` for what could not be read."""
    return _load(home, AGENDAS, AgendaMap, _with_agendas)


def load_concepts(home: Home) -> ConceptMap:
    """The concepts of both files; see ``map_problems`` for what could not be read."""
    return _load(home, CONCEPTS, ConceptMap, _with_concepts)


def map_problems(home: Home) -> tuple[KbError, ...]:
    """Why a map file of the reader's is left out; empty where all is well."""
    agendas = _problems(home, AGENDAS, AgendaMap, _with_agendas)
    return (*agendas, *_problems(home, CONCEPTS, ConceptMap, _with_concepts))


def _load(home: Home, name: str, model: type[Map], join: Callable[[Map, Map], Map]) -> Map:
    packaged = _packaged(name, model)
    try:
        return _joined(home.root / name, packaged, model, join)
    except UsageError:
        return packaged


def _problems(home: Home, name: str, model: type[Map], join: Callable[[Map, Map], Map]) -> Iterator[KbError]:
    try:
        _joined(home.root / name, _packaged(name, model), model, join)
    except UsageError as error:
        yield error


def _packaged(name: str, model: type[Map]) -> Map:
    if model is ConceptMap:
        return packaged_concepts()
    return _read(Path(str(files("reading_lists"))) / name, model)


def _joined(file: Path, packaged: Map, model: type[Map], join: Callable[[Map, Map], Map]) -> Map:
    if not file.exists():
        return packaged
    own = _read(file, model)
    try:
        return join(packaged, own)
    except ValidationError as error:
        raise _invalid(file, error.errors()[0]["msg"]) from error


def _with_agendas(packaged: AgendaMap, own: AgendaMap) -> AgendaMap:
    works = {work.id: work for work in (*packaged.works, *own.works)}
    agendas = {agenda.id: agenda for agenda in (*packaged.agendas, *own.agendas)}
    return AgendaMap(works=tuple(works.values()), agendas=tuple(agendas.values()))


def _with_concepts(packaged: ConceptMap, own: ConceptMap) -> ConceptMap:
    lessons = {lesson.id: lesson for lesson in (*packaged.lessons, *own.lessons)}
    concepts = {concept.id: concept for concept in (*packaged.concepts, *own.concepts)}
    sources = {**packaged.sources, **own.sources}
    return ConceptMap(sources=sources, lessons=tuple(lessons.values()), concepts=tuple(concepts.values()))


def _read(file: Path, model: type[Map]) -> Map:
    """One file; read again only where it has changed."""
    try:
        facts = file.stat()
    except OSError as error:
        raise UsageError(f"{file} cannot be read", error.strerror or str(error), _STEP) from error
    found = _cached(file, facts.st_mtime_ns, facts.st_size, model)
    assert isinstance(found, model)
    return found


@lru_cache(maxsize=8)
def _cached(file: Path, _changed: int, _size: int, model: type[AgendaMap | ConceptMap]) -> AgendaMap | ConceptMap:
    data = read_yaml(file, "a map", _STEP)
    if not isinstance(data, Mapping):
        raise _invalid(file, "it holds no fields at its top")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _invalid(file, f"{_place(data, first['loc'])}{first['msg']}") from error


def _invalid(file: Path, why: str) -> UsageError:
    return UsageError(f"{file} is not a valid map", why.removeprefix("Value error, "), _STEP)


def _place(data: Mapping[str, Any], loc: tuple[int | str, ...]) -> str:
    """Which entry, by its id, and which field of it."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        return f"{'.'.join(map(str, loc))}: " if loc else ""
    entry = data[str(loc[0])][loc[1]]
    named = entry.get("id") if isinstance(entry, Mapping) else None
    name = repr(str(named)[:60]) if named else f"number {loc[1] + 1}"
    return f"entry {name}, field {'.'.join(map(str, loc[2:])) or loc[0]}: "
