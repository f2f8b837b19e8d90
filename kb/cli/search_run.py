"""A search as it was asked for on the command line, and the asking of it."""

from typing import TYPE_CHECKING, NamedTuple

from kb.cli.search_options import NEED_LISTS, WITHIN, Mode, Where

if TYPE_CHECKING:
    from kb.config import Home
    from kb.models.search import SearchResult
    from kb.search.search_engine import SearchEngine


class SearchArguments(NamedTuple):
    """One search as it was asked for."""

    query: str
    where: Where
    mode: Mode
    limit: int
    grouped: bool
    like: str | None = None


def find(search_engine: "SearchEngine", asked: SearchArguments) -> "SearchResult":
    """Ask the search engine."""
    return search_engine.search(
        asked.query,
        where=WITHIN[asked.where],  # type: ignore[arg-type]
        mode=asked.mode.value,
        limit=asked.limit,
        grouped=asked.grouped,
    )


def ready_for(home: "Home", query: str) -> None:
    """Take over reading lists that have changed, where a filter looks at them; a search without one need not wait."""
    from kb.recall.query import wanted

    if home.record.exists() and NEED_LISTS & {each.name for each in wanted(query).filters}:
        from kb.ingest.list_sync import sync_lists
        from kb.workspace import Workspace

        with Workspace(home) as workspace:
            sync_lists(workspace)
