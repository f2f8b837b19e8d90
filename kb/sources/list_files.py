"""List files: YAML to a reading list, with errors that name the file, the entry and the field."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kb.errors import UsageError
from kb.models.reading_list import ReadingList
from kb.sources.yaml_file import read_yaml

_STEP = "see reading_lists/README.md for the fields, then kb lists lint"


def read_list(file: Path) -> ReadingList:
    """The reading list in one file; raises UsageError that says what is wrong in which entry."""
    data = read_yaml(file, "a reading list", _STEP)
    if not isinstance(data, Mapping):
        raise UsageError(f"{file} is not a reading list", "it holds no fields at its top", _STEP)
    try:
        found = ReadingList.model_validate(data)
    except ValidationError as error:
        raise UsageError(f"{file} is not a valid reading list", _problems(data, error), _STEP) from error
    if found.id != file.stem:
        raise UsageError(
            f"{file} is not a valid reading list", f"its id is {found.id!r}: a file is named by its id", _STEP
        )
    return found


def _problems(data: Mapping[str, Any], error: ValidationError, most: int = 3) -> str:
    """The first problems in words, and how many more there are."""
    found = error.errors(include_url=False, include_input=True)
    words = [_problem(data, item["loc"], str(item["msg"]), item.get("input")) for item in found[:most]]
    rest = f"; and {len(found) - most} more" if len(found) > most else ""
    return "; ".join(words) + rest


def _problem(data: Mapping[str, Any], loc: tuple[int | str, ...], message: str, value: object) -> str:
    """One problem, by entry and field."""
    where = ".".join(str(part) for part in loc)
    if len(loc) > 1 and loc[0] == "entries" and isinstance(loc[1], int):
        where = f"entry {_name(data['entries'][loc[1]], loc[1])}, field {'.'.join(str(part) for part in loc[2:])}"
    if "valid string" in message and not isinstance(value, str | list | dict) and value is not None:
        return f"{where}: {str(value)[:40]} must be in quotes"
    return f"{where}: {message[0].lower()}{message[1:]}"


def _name(entry: object, position: int) -> str:
    """An entry's id, or its number where it has none."""
    named = entry.get("id") if isinstance(entry, Mapping) else None
    return repr(str(named)[:60]) if named else f"number {position + 1}"
