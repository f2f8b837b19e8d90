"""``kb lists``: the curated reading lists, and how far the reader has come with them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.models.reading_list import Entry

group = typer.Typer(help="The curated reading lists.")


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="lists")


@group.callback(invoke_without_command=True)
def lists(context: typer.Context, as_json: Json = False) -> int:
    """Name the reading lists."""
    if context.invoked_subcommand:
        return 0
    from kb.cli.console import put_json, put_table, say
    from kb.config import open_home
    from kb.sources.lists import list_problems, load_lists

    home = open_home()
    found = load_lists(home)
    for problem in list_problems(home):
        say(f"kb: {problem}")
    if as_json:
        rows = [
            {"list": one.id, "title": one.title, "edition": one.edition, "entries": len(one.entries)} for one in found
        ]
        put_json({"lists": rows})
    else:
        put_table(("list", "entries", "title"), [(one.id, len(one.entries), one.title) for one in found], right=(1,))
        say("Next: kb lists show LIST, or kb fetch LIST --week N")
    return 0


@group.command()
def show(
    list_id: Annotated[str, typer.Argument(metavar="LIST", help="A list's id, or its beginning.")],
    week: Annotated[int | None, typer.Option(help="Only this week.")] = None,
    core: Annotated[bool, typer.Option("--core", help="Only core readings.")] = False,
    edition: Annotated[str | None, typer.Option(help="The list as it was in this edition.")] = None,
    as_json: Json = False,
) -> int:
    """Show a list's entries in order, with minutes and why to read them."""
    from kb.cli.console import put_json
    from kb.config import open_home
    from kb.sources.lists import chosen, find_list, in_edition

    found = in_edition(find_list(open_home(), list_id), edition)
    entries = chosen(found, week=week, core=core)
    if as_json:
        rows = [entry.model_dump(mode="json") for entry in entries]
        put_json(
            {"list": found.id, "title": found.title, "edition": found.edition, "source": found.source, "entries": rows}
        )
    else:
        _print(found.title, entries)
    return 0


def _print(title: str, entries: "tuple[Entry, ...]") -> None:
    from kb.cli.console import put, wrapped

    put(title)
    section = None
    for entry in entries:
        if entry.section != section:
            section = entry.section
            put(f"\n{section or 'Readings'}")
        facts = [
            f"arXiv:{entry.arxiv_id or entry.paper_arxiv_id}"
            if entry.arxiv_id or entry.paper_arxiv_id
            else entry.kind.value,
            str(entry.year or ""),
            f"{entry.minutes} min" if entry.minutes else "",
            entry.portion,
            "" if entry.level == "core" else "further",
        ]
        put(f"  {entry.title}")
        put("      " + " · ".join(fact for fact in facts if fact))
        if entry.why:
            put(wrapped(entry.why, indent="      "))


@group.command()
def coverage(
    list_id: Annotated[str | None, typer.Argument(metavar="LIST", help="One list; all if left out.")] = None,
    by_agenda: Annotated[bool, typer.Option("--by-agenda", help="Count by agenda tag, not by week.")] = False,
    as_json: Json = False,
) -> int:
    """Count what of a list is fetched, read, noted, claimed and reproduced, week by week."""
    from kb.cli.console import put_json, put_table
    from kb.ingest.list_sync import sync_lists
    from kb.sources.lists import find_list

    with workspace() as opened:
        sync_lists(opened)
        wanted = (
            [find_list(opened.home, list_id).id] if list_id else [shelf.list for shelf in opened.reading_lists.all()]
        )
        rows = [row for one in wanted for row in opened.reading_lists.coverage(one, by_agenda=by_agenda)]
    if as_json:
        put_json({"coverage": [row.model_dump() for row in rows]})
        return 0
    counts = ("entries", "core", "fetched", "read", "noted", "claimed", "reproduced")
    cells: list[tuple[Any, ...]] = [
        (row.list, row.agenda or row.section, *(getattr(row, name) for name in counts)) for row in rows
    ]
    put_table(("list", "agenda" if by_agenda else "section", *counts), cells, right=range(2, 9))
    return 0
