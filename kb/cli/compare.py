"""``kb compare``: your positions beside somebody else's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.insight.compare import ComparedPosition, Comparison, PersonPosition

_MOST = 5


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(compare)


def compare(
    other: Annotated[Path, typer.Argument(metavar="OTHER_HOME|FILE", help="A home, a backup, or a JSON Lines export.")],
    as_json: Json = False,
) -> int:
    """Set two people's positions side by side; the other library is only read."""
    from kb.cli.console import put_json
    from kb.insight.compare import Side
    from kb.insight.compare import compare as measure
    from kb.maintenance.foreign_library import other_library

    with workspace() as opened, other_library(other.expanduser()) as (home, record):
        found = measure(Side(opened.home, opened.record), Side(home, record))
    if as_json:
        put_json({"other": str(other), **_data(found)})
    else:
        _print(found)
    return 0


def _data(found: "Comparison") -> dict[str, Any]:
    positions = [{**one.model_dump(mode="json"), "gap": one.gap} for one in found.positions]
    return {**found.model_dump(mode="json", exclude={"positions"}), "positions": positions}


def _print(found: "Comparison") -> None:
    from kb.cli.console import put, put_table, say

    rated = [one for one in found.positions if _words(one.mine) or _words(one.theirs)]
    if rated:
        rows = [(_gap(one), _words(one.mine) or "–", _words(one.theirs) or "–", one.statement) for one in rated]
        put_table(("gap", "you", "they", "what"), rows, right=(0, 1, 2))
    for one in found.positions:
        _print_position(one)
    put(f"\nread by both: {found.read_by_both}")
    for who, titles in (("only you have read", found.only_i_read), ("only they have read", found.only_they_read)):
        if titles:
            put(f"{who}:")
        for title in titles:
            put(f"  {title}")
    if not found.positions:
        say("neither of you has rated or claimed anything. Next: kb credence CLAIM P --why …")


def _words(held: "PersonPosition | None") -> str:
    return held.words if held else ""


def _gap(one: "ComparedPosition") -> str:
    return f"{one.gap * 100:+.0f}" if one.gap is not None else ""


def _print_position(one: "ComparedPosition") -> None:
    """Reasons, and evidence that only one of the two has."""
    from kb.cli.console import put, wrapped

    sides = [(who, held) for who, held in (("you", one.mine), ("they", one.theirs)) if held]
    told = {(held.words, held.reason) for _, held in sides}
    if len(sides) == 2 and not any(held.only for _, held in sides) and (len(told) == 1 or told == {("", "")}):
        return
    put("")
    put(wrapped(one.statement))
    if len(sides) == 1:
        put(f"    only {sides[0][0]} {'rated' if sides[0][1].words else 'wrote down'} this")
    elif one.by != "the same claim":
        put(f"    matched by {one.by}" + (f": {one.theirs.statement}" if one.theirs else ""))
    for who, held in sides:
        if held.words or held.reason:
            put(wrapped(f"{who} at {held.words or 'no number'}: {held.reason or 'no reason given'}", indent="    "))
        for item in held.only[:_MOST]:
            where = f" ({item.paper})" if item.paper else ""
            put(wrapped(f"only {who} noted {item.side}: {item.says}{where}", indent="      "))
        if len(held.only) > _MOST:
            put(f"      and {len(held.only) - _MOST} more; --json has them all")
