"""``kb lists``: the curated reading lists, and how far the reader has come with them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.models.minutes import Minutes
    from kb.models.reading_list import Entry, ReadingList

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
    from kb.cli.list_minutes import minutes_data, minutes_here
    from kb.config import open_home
    from kb.sources.lists import chosen, find_list, in_edition

    home = open_home()
    found = in_edition(find_list(home, list_id), edition)
    entries = chosen(found, week=week, core=core)
    minutes = minutes_here(home, found.id, entries)
    if as_json:
        rows = [{**entry.model_dump(mode="json"), "takes": minutes_data(minutes[entry.id])} for entry in entries]
        put_json(
            {"list": found.id, "title": found.title, "edition": found.edition, "source": found.source, "entries": rows}
        )
    else:
        _print(found, entries, minutes)
    return 0


def _print(shown: "ReadingList", entries: "tuple[Entry, ...]", minutes: "dict[str, Minutes]") -> None:
    from kb.cli.console import put, say, wrapped
    from kb.cli.list_minutes import in_all

    put(shown.title)
    if shown.about:
        put(wrapped(shown.about))
    section = None
    for entry in entries:
        if entry.section != section:
            section = entry.section
            put(f"\n{section or 'Readings'}")
        put(f"  {entry.title}")
        put("      " + " · ".join(_facts(entry, minutes[entry.id])))
        if entry.why:
            put(wrapped(entry.why, indent="      "))
        if entry.reproduction:
            put(f"      kb reproduce run {entry.reproduction}")
    say(in_all(minutes[entry.id] for entry in entries))


def _facts(entry: "Entry", minutes: "Minutes") -> list[str]:
    """What is said of an entry in one line."""
    arxiv_id = entry.arxiv_id or entry.paper_arxiv_id
    facts = [
        f"arXiv:{arxiv_id}" if arxiv_id else entry.kind.value,
        str(entry.year or ""),
        minutes.told,
        entry.portion,
        "" if entry.level == "core" else "further",
    ]
    return [fact for fact in facts if fact]


@group.command()
def coverage(
    list_id: Annotated[str | None, typer.Argument(metavar="LIST", help="One list; all if left out.")] = None,
    by_agenda: Annotated[bool, typer.Option("--by-agenda", help="Count by agenda tag, not by week.")] = False,
    as_json: Json = False,
) -> int:
    """Count what of a list is fetched, read, noted, claimed and reproduced, and the hours left, week by week."""
    from kb.cli.console import put_json, put_table
    from kb.cli.list_minutes import covered, hours
    from kb.ingest.list_sync import sync_lists
    from kb.sources.lists import find_list

    with workspace() as opened:
        sync_lists(opened)
        wanted = (
            [find_list(opened.home, list_id).id] if list_id else [shelf.list for shelf in opened.reading_lists.all()]
        )
        rows = covered(opened, wanted, by_agenda)
    if as_json:
        put_json({"coverage": [row.model_dump() for row in rows]})
        return 0
    counts = ("entries", "core", "fetched", "read", "noted", "claimed", "reproduced", "left")
    cells: list[tuple[Any, ...]] = [
        (row.list, row.agenda or row.section, *(getattr(row, name) for name in counts[:-1]), hours(row.minutes_left))
        for row in rows
    ]
    put_table(("list", "agenda" if by_agenda else "section", *counts), cells, right=range(2, 10))
    return 0
