"""``kb search``: passages and notes, by words and by meaning."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json

if TYPE_CHECKING:
    from kb.models.search import Hit, SearchResult


class Where(StrEnum):
    """What is searched."""

    PAPERS = "papers"
    NOTES = "notes"
    ALL = "all"


class Mode(StrEnum):
    """By what: words, meaning, or both."""

    HYBRID = "hybrid"
    WORDS = "words"
    MEANING = "meaning"


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(search)


def search(
    query: Annotated[list[str], typer.Argument(help='What to look for; "quoted words" must stand together.')],
    where: Annotated[Where, typer.Option("--in", help="Search papers, notes, or both.")] = Where.ALL,
    mode: Annotated[Mode, typer.Option(help="By words, by meaning, or both.")] = Mode.HYBRID,
    limit: Annotated[int, typer.Option(min=1, help="How many hits.")] = 10,
    kind: Annotated[str | None, typer.Option(help="Only notes of this kind.")] = None,
    agenda: Annotated[str | None, typer.Option(help="Only what bears on this agenda.")] = None,
    flat: Annotated[bool, typer.Option("--flat", help="Every passage, not each paper's best.")] = False,
    as_json: Json = False,
) -> int:
    """Find passages and notes, and say why each was found."""
    from kb.cli.console import put_json, say
    from kb.config import open_home
    from kb.errors import ExitCode
    from kb.finding import Finder

    text = " ".join(query)
    filters = "".join(f" {name}:{value}" for name, value in (("kind", kind), ("agenda", agenda)) if value)
    within = {"papers": "passages", "notes": "notes", "all": "all"}[where.value]
    with Finder(open_home()) as finder:
        result = finder.search(
            text + filters,
            where=within,  # type: ignore[arg-type]
            mode=mode.value,
            limit=limit,
            grouped=not flat,
        )
    if as_json:
        put_json(_as_json(result))
    else:
        _print(result)
    if result.notice:
        say(result.notice)
    return ExitCode.OK if result.hits else ExitCode.NOTHING_FOUND


def _as_json(result: "SearchResult") -> dict[str, Any]:
    value = result.model_dump(mode="json")
    for hit in value["hits"]:
        hit["matched"] = list(hit["matched"])
    return value


def _print(result: "SearchResult") -> None:
    from kb.cli.console import say

    for hit in result.hits:
        _print_hit(hit)
    if not result.hits:
        say("nothing found. Next: try fewer or other words, or kb papers to see what is in the library")


def _print_hit(hit: "Hit") -> None:
    from kb.cli.console import put, wrapped

    where = [part for part in (hit.section, f"p. {hit.page}" if hit.page else "") if part]
    name = f"[{hit.kind} {hit.note}] " if hit.what == "note" else ""
    put(f"{hit.rank:>3}. {name}{hit.title or 'a note of your own'}")
    put(f"     {' · '.join([*where, 'matched by ' + ' and '.join(hit.matched)])}")
    put(wrapped(hit.snippet or hit.text, indent="     "))
    if hit.paper:
        put(f"     kb show {hit.paper}")
    put()
