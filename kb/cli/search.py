"""``kb search``: papers and notes by words and by meaning, more like one of them, and searches that are kept."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json
from kb.cli.search_options import WITHIN, Mode, Query, Where, as_query, with_filters
from kb.cli.search_run import SearchArguments, find, ready_for
from kb.recall.query import FILTERS

if TYPE_CHECKING:
    from kb.config import Home
    from kb.models.search import SearchResult
    from kb.search.search_engine import SearchEngine


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(search)


@with_filters(*FILTERS)
def search(
    query: Query = None,
    where: Annotated[Where, typer.Option("--in", help="Search papers, notes, or both.")] = Where.ALL,
    mode: Annotated[Mode, typer.Option(help="By words, by meaning, or both.")] = Mode.HYBRID,
    limit: Annotated[int, typer.Option(min=1, help="How many hits.")] = 10,
    flat: Annotated[bool, typer.Option("--flat", help="Every passage, not each paper's best.")] = False,
    like: Annotated[
        str | None, typer.Option(metavar="ID", help="More like this passage, note or paper; - reads a text.")
    ] = None,
    save: Annotated[str | None, typer.Option(metavar="NAME", help="Keep this search; kb search @NAME asks it.")] = None,
    saved: Annotated[bool, typer.Option("--saved", help="List the searches that are kept, and what is new.")] = False,
    forget: Annotated[str | None, typer.Option(metavar="NAME", help="Drop a search that is kept.")] = None,
    recent: Annotated[bool, typer.Option("--recent", help="List what was searched for last.")] = False,
    as_json: Json = False,
    *,
    filters: Mapping[str, Sequence[str]],
) -> int:
    """Find passages and notes, and say why each was found."""
    from kb.cli import search_saved

    if saved or forget or recent:
        return search_saved.manage(forget, recent=recent, as_json=as_json)
    text = as_query(query or (), filters)
    asked = SearchArguments(text, where, mode, limit, not flat, like)
    if text.startswith("@"):
        return search_saved.run(asked, as_json=as_json)
    return _run(asked, save, as_json=as_json)


def _run(asked: SearchArguments, save: str | None, *, as_json: bool) -> int:
    from kb.cli.console import say
    from kb.cli.search_results import show
    from kb.config import open_home
    from kb.errors import UsageError
    from kb.library.search_history import remember_query
    from kb.search.search_engine import SearchEngine

    if not asked.query.strip() and not asked.like:
        raise UsageError("there is nothing to look for", next='kb search "an idea in your own words"')
    home = open_home()
    ready_for(home, asked.query)
    with SearchEngine(home) as search_engine:
        result = _like(home, search_engine, asked) if asked.like else find(search_engine, asked)
        if save:
            _save(home, search_engine, save, asked)
    if not as_json and not asked.like:
        remember_query(home, asked.query)
    code = show(result, as_json=as_json, extra={"saved": save} if save else {})
    if save:
        say(f"kept as {save}: kb search @{save} asks it again, and counts what is new")
    return code


def _like(home: "Home", search_engine: "SearchEngine", asked: SearchArguments) -> "SearchResult":
    import sys

    from kb.cli.console import say
    from kb.search.similar import SimilarItems, likeness
    from kb.workspace import Workspace

    with Workspace(home) as workspace:
        start = (
            SimilarItems(sys.stdin.read(), "this text") if asked.like == "-" else likeness(workspace, asked.like or "")
        )
    say(f"more like {start.of[:100]}")
    return search_engine.like(
        start.text,
        where=WITHIN[asked.where],  # type: ignore[arg-type]
        limit=asked.limit,
        but=start.but,
        filters=asked.query,
        grouped=asked.grouped,
    )


def _save(home: "Home", search_engine: "SearchEngine", name: str, asked: SearchArguments) -> None:
    """Keep the search, with all that it finds now as seen."""
    from kb.errors import UsageError
    from kb.library.saved_searches import SavedSearch, found_by, save_search
    from kb.search.saved import run_saved

    if asked.like:
        raise UsageError("more like this cannot be kept", "it has no words to ask again", "kb search QUERY --save NAME")
    values: dict[str, Any] = {"where": WITHIN[asked.where], "mode": asked.mode.value, "grouped": asked.grouped}
    kept = SavedSearch(name=name, query=asked.query, **values)
    save_search(home, kept.model_copy(update={"seen": found_by(run_saved(search_engine, kept).hits)}))
