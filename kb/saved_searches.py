"""Searches that the reader keeps under a name; a file of the home's own, which people can read and mend."""

import json
import os

from pydantic import TypeAdapter, ValidationError

from kb.config import Home
from kb.errors import DamagedError, NotFoundError, UsageError
from kb.models.base import Value
from kb.models.search import Mode

FILE = "searches.json"


class SavedSearch(Value):
    """A query with its filters, and where and how it is asked."""

    name: str
    query: str
    where: str = "all"
    mode: Mode = "hybrid"


_SEARCHES = TypeAdapter(tuple[SavedSearch, ...])


def saved_searches(home: Home) -> tuple[SavedSearch, ...]:
    """Every saved search by name; raises DamagedError where the file cannot be read as such."""
    file = home.root / FILE
    if not file.exists():
        return ()
    try:
        return _SEARCHES.validate_json(file.read_bytes())
    except ValidationError as error:
        raise DamagedError(f"{file} cannot be read", error.errors()[0]["msg"], f"mend or remove {file}") from error


def saved_search(home: Home, name: str) -> SavedSearch:
    """One saved search; raises NotFoundError."""
    for search in saved_searches(home):
        if search.name == name:
            return search
    raise NotFoundError(f"no search is saved as {name!r}", next="kb search --saved")


def save_search(home: Home, search: SavedSearch) -> None:
    """Keep a search; one of the same name is replaced."""
    if not search.name.strip() or not search.query.strip():
        raise UsageError("a saved search needs a name and a query", next="kb search QUERY --save NAME")
    others = [kept for kept in saved_searches(home) if kept.name != search.name]
    _write(home, sorted([*others, search], key=lambda kept: kept.name.casefold()))


def forget_search(home: Home, name: str) -> SavedSearch:
    """Drop a saved search, and return it; raises NotFoundError."""
    search = saved_search(home, name)
    _write(home, [kept for kept in saved_searches(home) if kept.name != name])
    return search


def _write(home: Home, searches: list[SavedSearch]) -> None:
    """In one step: the file is either the old one or the new one, and on disk when this returns."""
    home.root.mkdir(parents=True, exist_ok=True)
    part = home.root / f"{FILE}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump([search.model_dump() for search in searches], file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(home.root / FILE)
