"""The searches that escape goes back to, each as it was left for more like one of its hits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.models.search import Hit, ReadFilter
    from tui.data.search_queries import Like
    from tui.screens.search.host import SearchHost
    from tui.screens.search.presenter import ResultsPresenter
    from tui.screens.search.queries import QueryRunner


@dataclass(frozen=True)
class SearchSnapshot:
    """A search as it was left for another: what was asked, what was found, and where the reader stood."""

    query: str
    like: "Like | None"
    hits: "tuple[Hit, ...]"
    filters: "tuple[ReadFilter, ...]"
    cursor: int
    back: str
    """The place to go back to; the search itself where it is empty."""


class BackStack:
    """Snapshots, the last one on top."""

    def __init__(self, screen: "SearchHost", queries: "QueryRunner", presenter: "ResultsPresenter") -> None:
        self._screen = screen
        self._queries = queries
        self._presenter = presenter
        self._snapshots: list[SearchSnapshot] = []

    def push(self, back: str) -> None:
        """Keep the search as it is now; ``back`` is the place that escape goes to along with it."""
        results = self._screen.results
        filters = self._screen.chips.filters
        self._snapshots.append(
            SearchSnapshot(self._queries.text, self._queries.like, results.hits, filters, results.cursor, back)
        )

    def clear(self) -> None:
        """Something new is typed, so there is no way back."""
        self._snapshots.clear()

    def pop(self) -> SearchSnapshot | None:
        """The search before as it was; None where there is none."""
        if not self._snapshots:
            return None
        snapshot = self._snapshots.pop()
        self._queries.cancel()
        self._queries.like = snapshot.like
        self._queries.set_text_silently(snapshot.query)
        self._presenter.show_filters(snapshot.filters)
        if snapshot.hits:
            self._presenter.show_hits(snapshot.hits, keep=False)
            self._screen.results.cursor = snapshot.cursor
        else:
            self._screen.ask()
        return snapshot
