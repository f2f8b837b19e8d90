"""Searches that the reader keeps under a name; a file of the home's own, which people can read and mend."""

import difflib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pydantic import TypeAdapter, ValidationError

from kb.config import Home
from kb.errors import BusyError, DamagedError, NotFoundError, UsageError
from kb.models.base import Value
from kb.models.search import Hit, Mode
from kb.storage.whole_file import write_whole

FILE = "searches.json"
_PATIENCE = 5.0
"""Seconds to wait for another process that is writing."""


class SavedSearch(Value):
    """A query with its filters, where and how it is asked, and what it had found when it was last looked at."""

    name: str
    query: str
    where: str = "all"
    mode: Mode = "hybrid"
    grouped: bool = True
    seen: tuple[str, ...] = ()
    """Papers and notes that were among its hits; whatever else it finds is new."""

    def new(self, hits: Iterable[Hit]) -> frozenset[str]:
        """Those of the hits' papers and notes that were not there the last time."""
        return frozenset(found_by(hits)) - frozenset(self.seen)


_SEARCHES = TypeAdapter(tuple[SavedSearch, ...])


def found_by(hits: Iterable[Hit]) -> tuple[str, ...]:
    """What hits are of: a paper or a note, since passages get other ids when a paper is read anew."""
    return tuple(dict.fromkeys(name_of(hit) for hit in hits))


def name_of(hit: Hit) -> str:
    """What one hit is of."""
    return f"note {hit.note}" if hit.note else f"paper {hit.paper}"


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
    """One saved search by its name, in any case, or the only one that begins so; raises NotFoundError."""
    kept = {search.name.casefold(): search for search in saved_searches(home)}
    wanted = name.strip().casefold()
    begun = [search for key, search in kept.items() if wanted and key.startswith(wanted)]
    if wanted in kept or len(begun) == 1:
        return kept.get(wanted) or begun[0]
    near = difflib.get_close_matches(wanted, kept, n=3, cutoff=0.5) or list(kept)[:5]
    why = f"saved are {', '.join(kept[key].name for key in near)}" if near else "none is saved yet"
    raise NotFoundError(f"no search is saved as {name!r}", why, "kb search --saved, or kb search QUERY --save NAME")


def save_search(home: Home, search: SavedSearch) -> None:
    """Keep a search; one of the same name is replaced."""
    if not search.name.strip() or not search.query.strip():
        raise UsageError("a saved search needs a name and a query", next="kb search QUERY --save NAME")
    with _alone(home):
        others = [kept for kept in saved_searches(home) if kept.name.casefold() != search.name.casefold()]
        _write(home, [*others, search])


def forget_search(home: Home, name: str) -> SavedSearch:
    """Drop a saved search, and return it; raises NotFoundError."""
    search = saved_search(home, name)
    with _alone(home):
        _write(home, [kept for kept in saved_searches(home) if kept.name != search.name])
    return search


def looked_at(home: Home, name: str, hits: Iterable[Hit]) -> frozenset[str]:
    """Keep that the reader has seen these hits of a saved search; returns those that were new."""
    search = saved_search(home, name)
    new = search.new(hits)
    if new:
        seen = search.model_copy(update={"seen": (*search.seen, *sorted(new))})
        with _alone(home):
            _write(home, [seen if kept.name == search.name else kept for kept in saved_searches(home)])
    return new


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """No other process changes the file meanwhile, so that none of two searches saved at once is lost."""
    from filelock import FileLock, Timeout

    home.root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home.root / "searches.lock", timeout=_PATIENCE):
            yield
    except Timeout as error:
        raise BusyError("the saved searches are being written", "by another process", "try again") from error


def _write(home: Home, searches: list[SavedSearch]) -> None:
    """In one step: the file is either the old one or the new one, and on disk when this returns."""
    rows = [search.model_dump() for search in sorted(searches, key=lambda kept: kept.name.casefold())]
    write_whole(home.root / FILE, json.dumps(rows, ensure_ascii=False, indent=1))
