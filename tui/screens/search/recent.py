"""What was searched for of late: remembered, taken up again with a key, or picked from a list."""

from typing import TYPE_CHECKING

from tui.data import search_queries
from tui.screens.search.saved import QueryPicker, QueryRow

if TYPE_CHECKING:
    from tui.screens.search.host import SearchHost
    from tui.screens.search.queries import QueryRunner


class RecentQueries:
    """The last queries that led somewhere, newest first."""

    def __init__(self, screen: "SearchHost", queries: "QueryRunner") -> None:
        self._screen = screen
        self._queries = queries
        self._recent: tuple[str, ...] = ()
        self._recalled = ""
        """The one that was taken up last."""

    async def load(self) -> None:
        """Read them again."""
        self._recent = await self._screen.view.library.write(search_queries.recent)

    def remember(self) -> None:
        """Keep the query, if it found something."""
        if (text := self._queries.text) and self._screen.results.row_count:
            view = self._screen.view
            view.run_in_background(lambda: view.library.write(search_queries.remember, text), "remember")

    @property
    def can_recall(self) -> bool:
        """Whether the query holds nothing that was typed: it is empty, or was itself taken up."""
        return self._screen.query_box.value in ("", self._recalled)

    def recall_older(self) -> None:
        """Take up the query before the one that was taken up last."""
        older = [query for query in self._recent if query != self._recalled]
        at = self._recent.index(self._recalled) + 1 if self._queries.text and self._recalled in self._recent else 0
        if older and at < len(self._recent):
            self._recalled = self._recent[at]
            self._queries.set_text(self._recalled)

    def pick(self) -> None:
        """Pick one from a list."""
        if not self._recent:
            self._screen.say("Nothing was searched for yet", "warning")
            return
        rows = tuple(QueryRow("", "", query) for query in self._recent)

        def picked(row: int | None) -> None:
            if row is not None:
                self._queries.set_text(rows[row].query)

        title = "Searched for last    enter asks it again, escape closes"
        self._screen.view.push_screen(QueryPicker(title, rows), picked)
