"""What words alone find, at once: for a screen whose process must never load the model that knows meaning."""

from kb.config import Home
from kb.models.search import SearchResult
from kb.search.search_engine import SearchEngine, Where


class TypeAheadSearch:
    """A finder that is only ever asked by words, for a query that is still being typed."""

    def __init__(self, home: Home) -> None:
        self._search_engine = SearchEngine(home)

    def search(self, query: str, where: Where, limit: int, *, grouped: bool) -> SearchResult:
        """The best hits by words; a filter that is not whole yet is left out, and said."""
        return self._search_engine.search(query, where=where, mode="words", limit=limit, typing=True, grouped=grouped)

    def close(self) -> None:
        """Let go of the files."""
        self._search_engine.close()
