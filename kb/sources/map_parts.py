"""A map that is kept in several files of one folder, read as if it were one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.errors import UsageError
from kb.sources.yaml_file import read_yaml


def parts(place: Path) -> tuple[Path, ...]:
    """The files of a map: those of a folder by name, or the one file that it is."""
    return tuple(sorted(place.glob("*.yaml"))) if place.is_dir() else (place,)


def stamp(place: Path) -> tuple[int, int]:
    """What changes when any of its files does: the newest time and the size of all."""
    facts = [part.stat() for part in parts(place)]
    return max((one.st_mtime_ns for one in facts), default=0), sum(one.st_size for one in facts)


def map_data(place: Path, step: str) -> Mapping[str, Any]:
    """The fields of all files together: lists one after the other, named entries side by side.

    Raises UsageError where a file holds no fields, or two files give one field different shapes or one name twice.
    """
    whole: dict[str, Any] = {}
    for part in parts(place):
        data = read_yaml(part, "a map", step)
        if not isinstance(data, Mapping):
            raise UsageError(f"{part} is not a valid map", "it holds no fields at its top", step)
        for field, value in data.items():
            whole[field] = _joined(whole.get(field), value, f"{part}, field {field}", step)
    return whole


def _joined(held: Any, value: Any, where: str, step: str) -> Any:
    if held is None:
        return value
    if isinstance(held, list) and isinstance(value, list):
        return [*held, *value]
    if isinstance(held, Mapping) and isinstance(value, Mapping):
        if twice := sorted(held.keys() & value.keys()):
            raise UsageError(f"{where} is not a valid map", f"named in two files: {', '.join(map(str, twice))}", step)
        return {**held, **value}
    raise UsageError(f"{where} is not a valid map", "another file of the map gives it another shape", step)
