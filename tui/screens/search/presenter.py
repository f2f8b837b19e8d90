"""What is shown of an answer: the hits and their number, the chips of its filters, and what to do where nothing is."""

from typing import TYPE_CHECKING

from tui.data import search_queries
from tui.screens.search.queries import PENDING

if TYPE_CHECKING:
    from kb.models.search import Hit, ReadFilter, SearchResult
    from tui.screens.search.host import SearchHost
    from tui.screens.search.queries import QueryRunner

HINT = """\
# Find an idea, not only a word

Type what you are looking for in your own words. Hits by words come while you type, hits by meaning a moment later.

"in quotes" must stand there just so, and -word stays out. Narrow it with words such as

  agenda:debate   kind:claim   author:christiano   year:2018..
  list:agisf      week:4       state:read          concept:rlhf

↓ and ↑ go through the hits, enter opens the paper at that line, and escape comes back here. F6 has the searches that \
you keep."""
SHOWN = 8
"""Recent queries that the hint names."""


class ResultsPresenter:
    """Writes answers into the widgets of the screen, which keep them."""

    def __init__(self, screen: "SearchHost", queries: "QueryRunner") -> None:
        self._screen = screen
        self._queries = queries

    def show(self, result: "SearchResult", *, keep: bool, is_last: bool) -> None:
        """An answer; after the ``last`` one nothing better comes."""
        with self._screen.view.batch_update():
            self.show_filters(result.filters)
            self.show_hits(result.hits, keep=keep, pending="" if is_last else PENDING)
        notice = result.notice
        for each in result.filters:
            notice = notice.replace(f"{each.problem}.", "").strip() if each.problem else notice
        if notice and is_last:
            self._screen.say(notice, "warning")
        if not result.hits:
            asked = self._queries.text or result.query[:200]
            self._screen.preview.write(f"Nothing has “{asked}”.\n\n{advice(result)}")

    def show_filters(self, filters: "tuple[ReadFilter, ...]") -> None:
        """The chips of a query, and of what hits are like."""
        like = self._queries.like
        self._screen.chips.filters, self._screen.chips.like = filters, like.label if like else ""

    def show_hits(self, hits: "tuple[Hit, ...]", *, keep: bool, pending: str = "") -> None:
        """Fill the list, and say how many there are and whether more are ``pending``."""
        self._screen.set_class(not hits, "-nothing")
        self._screen.results.fill(hits, keep=keep, flat=not self._queries.mode.grouped)
        count = f"{len(hits)} hit{'s' * (len(hits) != 1)}" if hits or self._queries.text else ""
        self._screen.notices.place = f"{count}{pending}"

    def show_waiting(self, label: str) -> None:
        """Something like this is looked for, and nothing is found yet."""
        self.show_filters(())
        self.show_hits((), keep=False)
        self._screen.preview.write(f"# Looking for more like this\n\n{label}")

    def show_nothing_asked(self) -> None:
        """What can be done; nothing is asked."""
        self.show_filters(())
        self.show_hits((), keep=False)
        self._screen.view.run_in_background(self._show_hint, "hint", latest=True)

    async def _show_hint(self) -> None:
        recent = await self._screen.view.library.write(search_queries.recent)
        if not self._queries.text and self._queries.like is None:
            self._screen.preview.write(hint(recent))


def advice(result: "SearchResult") -> str:
    """What may help where nothing is found."""
    if result.filters:
        return "Fewer words, or fewer filters, find more; f8 drops the last filter."
    return "Fewer words find more; F2 and F3 look elsewhere."


def hint(recent: tuple[str, ...]) -> str:
    """What can be done, and what was searched for last."""
    if not recent:
        return HINT
    return f"{HINT}\n\n# Searched for last; ↑ takes it up\n\n" + "\n".join(f"  {query}" for query in recent[:SHOWN])
