"""Searches that are kept: asking one again, listing them with what is new, dropping one; and what was asked last."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.cli.search_run import SearchArguments


def run(asked: "SearchArguments", *, as_json: bool) -> int:
    """Ask a kept search again, say what is new, and remember that it was seen; more words ask within it."""
    from kb.cli.console import say
    from kb.cli.search_results import show
    from kb.cli.search_run import ready_for
    from kb.config import open_home
    from kb.library.saved_searches import looked_at, saved_search
    from kb.search.saved import DEPTH, run_saved
    from kb.search.search_engine import SearchEngine

    home = open_home()
    name, more = _name_and_more(asked.query.removeprefix("@"))
    kept = saved_search(home, name)
    search = kept.model_copy(update={"query": f"{kept.query} {more}"}) if more else kept
    ready_for(home, search.query)
    with SearchEngine(home) as search_engine:
        result = run_saved(search_engine, search, max(asked.limit, DEPTH))
    new = kept.new(result.hits) if more else looked_at(home, kept.name, result.hits)
    shown = result.model_copy(update={"hits": result.hits[: asked.limit]})
    code = show(shown, as_json=as_json, new=new, extra={"saved": kept.name, "new": len(new)})
    say(f"{kept.name}: {search.query} · {len(new)} new since you last looked")
    return code


def _name_and_more(text: str) -> tuple[str, str]:
    """A kept search's name, which may have several words, and what was asked beyond it."""
    from kb.config import open_home
    from kb.library.saved_searches import saved_searches

    names = sorted((search.name for search in saved_searches(open_home())), key=len, reverse=True)
    for name in names:
        if f"{text} ".casefold().startswith(f"{name} ".casefold()):
            return name, text[len(name) :].strip()
    first, _, more = text.partition(" ")
    return first, more.strip()


def manage(forget: str | None, *, recent: bool, as_json: bool) -> int:
    """Drop a kept search, list what was asked last, or list the kept searches with what is new in each."""
    from kb.cli.console import put_json, say
    from kb.config import open_home
    from kb.library.saved_searches import forget_search

    if recent:
        return _recent(as_json=as_json)
    if forget:
        gone = forget_search(open_home(), forget)
        if as_json:
            put_json({"forgotten": gone.name, "query": gone.query})
        say(f"dropped {gone.name}: {gone.query}")
        return 0
    return _list(as_json=as_json)


def _list(*, as_json: bool) -> int:
    from kb.cli.console import put_json, put_table, say
    from kb.config import open_home
    from kb.library.saved_searches import saved_searches
    from kb.search.saved import news_of_saved
    from kb.search.search_engine import SearchEngine

    home = open_home()
    kept = saved_searches(home)
    with SearchEngine(home) as search_engine:
        news = news_of_saved(home, search_engine) if kept else {}
    if as_json:
        rows = [{**search.model_dump(mode="json", exclude={"seen"}), "new": news[search.name]} for search in kept]
        put_json({"saved": rows})
    elif kept:
        cells = [(search.name, _new_in_words(news[search.name]), search.query) for search in kept]
        put_table(("name", "new", "query"), cells, right=(1,))
        say("Next: kb search @NAME")
    else:
        say("no search is kept. Next: kb search QUERY --save NAME")
    return 0


def _new_in_words(count: int | None) -> str:
    return "cannot be asked" if count is None else str(count or "")


def _recent(*, as_json: bool) -> int:
    from kb.cli.console import put, put_json, say
    from kb.config import open_home
    from kb.library.search_history import recent_queries

    queries = recent_queries(open_home())
    if as_json:
        put_json({"recent": list(queries)})
    elif queries:
        put("\n".join(queries))
    else:
        say("nothing was searched for yet. Next: kb search QUERY")
    return 0
