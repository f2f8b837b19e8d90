"""One file of agendas or concepts, checked against its model, with errors that name the entry and the field."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.errors import UsageError
from kb.models.agenda import AgendaMap
from kb.models.concept import ConceptMap
from kb.sources.yaml_file import read_yaml

Map = TypeVar("Map", AgendaMap, ConceptMap)
_STEP = "see reading_lists/README.md for the fields, then kb agenda list"
_KEPT = 64
"""Files that stay in memory: more than there are agendas, with the reader's own."""


def read_map(file: Path, model: type[Map]) -> Map:
    """One file; read again only where it has changed. Raises UsageError."""
    try:
        facts = file.stat()
    except OSError as error:
        raise UsageError(f"{file} cannot be read", error.strerror or str(error), _STEP) from error
    found = _cached(file, facts.st_mtime_ns, facts.st_size, model)
    assert isinstance(found, model)
    return found


def invalid_map(file: Path, why: str) -> UsageError:
    """A file that cannot be used as it is."""
    return UsageError(f"{file} is not a valid map", why.removeprefix("Value error, "), _STEP)


@lru_cache(maxsize=_KEPT)
def _cached(file: Path, _changed: int, _size: int, model: type[AgendaMap | ConceptMap]) -> AgendaMap | ConceptMap:
    data = read_yaml(file, "a map", _STEP)
    if not isinstance(data, Mapping):
        raise invalid_map(file, "it holds no fields at its top")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise invalid_map(file, f"{_place(data, first['loc'])}{first['msg']}") from error


def _place(data: Mapping[str, Any], loc: tuple[int | str, ...]) -> str:
    """Which entry, by its id, and which field of it."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        return f"{'.'.join(map(str, loc))}: " if loc else ""
    entry = data[str(loc[0])][loc[1]]
    named = entry.get("id") if isinstance(entry, Mapping) else None
    name = repr(str(named)[:60]) if named else f"number {loc[1] + 1}"
    return f"entry {name}, field {'.'.join(map(str, loc[2:])) or loc[0]}: "
