"""What the search screen asks the record for: hits by words, what was searched for, and searches that are kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.library.saved_searches import SavedSearch
    from kb.models.note import Note
    from kb.models.paper import Paper
    from kb.models.search import Hit, SearchResult
    from tui.data.library_files import LibraryFiles

LIMIT = 50
WHERE = ("all", "passages", "notes")
HOW = ("hybrid", "words", "meaning")
LABELS = {
    "all": "papers and notes", "passages": "papers", "notes": "notes",
    "hybrid": "words and meaning", "words": "words", "meaning": "meaning",
}  # fmt: skip


@dataclass(frozen=True)
class SearchMode:
    """Where and how is searched, and whether each paper is shown by its best hit alone."""

    where: str = "all"
    how: str = "hybrid"
    grouped: bool = True

    @property
    def in_words(self) -> str:
        """What the frame of the query says."""
        shown = "best of each paper" if self.grouped else "every hit"
        return f"by {LABELS[self.how]}, {shown}"


@dataclass(frozen=True)
class Like:
    """Something that more like it is wanted of: an id or a name, or a selection with its place, and what to call it."""

    asked: "str | dict[str, Any]"
    label: str


def by_words(
    files: "LibraryFiles", query: str, mode: SearchMode, is_wanted: "Callable[[], bool]"
) -> "SearchResult | None":
    """Hits by words; nothing where the reader has typed on meanwhile, so that keys do not queue up."""
    if not is_wanted():
        return None
    return files.typeahead().search(query, mode.where, LIMIT, grouped=mode.grouped)  # type: ignore[arg-type]


def recent(files: "LibraryFiles") -> tuple[str, ...]:
    """What was searched for, newest first."""
    from kb.library.search_history import recent_queries

    return recent_queries(files.home)


def remember(files: "LibraryFiles", query: str) -> None:
    """Keep a query that led somewhere."""
    from kb.library.search_history import remember_query

    remember_query(files.home, query)


def saved(files: "LibraryFiles") -> "tuple[SavedSearch, ...]":
    """The searches that are kept."""
    from kb.library.saved_searches import saved_searches

    return saved_searches(files.home)


def save(files: "LibraryFiles", name: str, query: str, mode: SearchMode, hits: "tuple[Hit, ...]") -> None:
    """Keep a search, with what it finds now as seen."""
    from kb.library.saved_searches import SavedSearch, found_by, save_search

    values: dict[str, Any] = {"where": mode.where, "mode": mode.how, "grouped": mode.grouped}
    save_search(files.home, SavedSearch(name=name, query=query, seen=found_by(hits), **values))


def delete(files: "LibraryFiles", name: str) -> None:
    """Drop a kept search."""
    from kb.library.saved_searches import forget_search

    forget_search(files.home, name)


def mark_seen(files: "LibraryFiles", name: str, hits: "tuple[Hit, ...]") -> frozenset[str]:
    """What is new among the hits of a kept search; from now on it is seen."""
    from kb.library.saved_searches import looked_at

    return looked_at(files.home, name, hits)


def note(files: "LibraryFiles", id_: str) -> "Note":
    """One note."""
    from kb.library.notes import Notes

    return Notes(files.record()).get(id_)


def paper(files: "LibraryFiles", id_: str) -> "Paper":
    """One paper."""
    from kb.library.papers import Papers

    return Papers(files.record()).get(id_)
