"""Running saved searches: each as it was saved, and how much of what it finds is new."""

from kb.config import Home
from kb.errors import KbError
from kb.library.saved_searches import SavedSearch, saved_searches
from kb.models.search import SearchResult
from kb.search.search_engine import SearchEngine

DEPTH = 50
"""Hits of a saved search that are looked at for new ones."""


def run_saved(search_engine: SearchEngine, search: SavedSearch, limit: int = DEPTH) -> SearchResult:
    """The search as it was saved."""
    return search_engine.search(
        search.query,
        where=search.where,  # type: ignore[arg-type]  # it was one when it was saved
        mode=search.mode,
        limit=limit,
        grouped=search.grouped,
    )


def news_of_saved(home: Home, search_engine: SearchEngine) -> dict[str, int | None]:
    """For each saved search how many papers and notes it finds that were not there the last time.

    None for one that cannot be asked any more, such as one within a list that is gone.
    """
    news: dict[str, int | None] = {}
    for search in saved_searches(home):
        try:
            news[search.name] = len(search.new(run_saved(search_engine, search).hits))
        except KbError:
            news[search.name] = None
    return news
