"""``kb note sides``: for a claim, what may speak for it and what may speak against it, and keeping some of it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import note
from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.insight.keep_evidence import KeptEvidence, Stance
    from kb.models.note import Note
    from kb.models.search import Hit, Sides
    from kb.workspace import Workspace

_NUMBERED = re.compile(r"([so])(\d+)")
_TITLES = {"s": "May speak for it", "o": "May speak against it"}


def register(app: typer.Typer) -> None:
    """Add this module's command to those on notes."""
    note.group.command("sides")(sides)


def sides(
    claim: Annotated[
        str, typer.Argument(help="A note, a claim of an agenda such as debate/2, or a sentence of your own.")
    ],
    limit: Annotated[int, typer.Option(min=1, help="How many for each side.")] = 3,
    keep: Annotated[
        list[str] | None, typer.Option(metavar="s1|o1|…", help="Make evidence of it, linked to the claim.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Show passages that may support a claim, and passages that may oppose it; suggestions, for you to judge."""
    from kb.cli.console import put_json
    from kb.errors import ExitCode
    from kb.insight.keep_evidence import claimed
    from kb.search.claim_sides import sides_of
    from kb.search.search_engine import SearchEngine

    with workspace() as opened:
        found = claimed(opened.home, opened.record, claim)
        with SearchEngine(opened.home) as search_engine:
            both = sides_of(search_engine, found.statement, max(limit, *(_number(name) for name in keep or ("s1",))))
        kept = [_keep(opened, found, both, name) for name in keep or ()]
    if as_json:
        shown = both.model_dump(mode="json")
        put_json({**shown, "note": found.note, "part": found.part, "kept": [each.id for each in kept]})
    else:
        _print(found, both, limit, kept)
    return ExitCode.OK if both.supporting or both.opposing else ExitCode.NOTHING_FOUND


def _number(name: str) -> int:
    from kb.errors import UsageError

    found = _NUMBERED.fullmatch(name)
    if not found:
        raise UsageError(
            f"{name!r} names no passage", "they are numbered s1, s2, … and o1, o2, …", "kb note sides CLAIM"
        )
    return int(found[2])


def _keep(opened: "Workspace", claim: "KeptEvidence", both: "Sides", name: str) -> "Note":
    from kb.errors import NotFoundError
    from kb.insight.keep_evidence import keep_as_evidence

    side = both.supporting if name.startswith("s") else both.opposing
    stance: Stance = "supports" if name.startswith("s") else "opposes"
    if not 1 <= _number(name) <= len(side):
        raise NotFoundError(f"there is no passage {name}", f"this side has {len(side)}", "kb note sides CLAIM")
    return keep_as_evidence(opened.record, opened.texts, side[_number(name) - 1], claim, stance)


def _print(claim: "KeptEvidence", both: "Sides", limit: int, kept: "Sequence[Note]") -> None:
    from kb.cli.console import put, say, wrapped

    put(wrapped(claim.statement))
    for letter, hits in (("s", both.supporting), ("o", both.opposing)):
        put(f"\n{_TITLES[letter]}" + ("" if hits else ": nothing that says so in the papers here"))
        _print_side(letter, hits[:limit])
    say(both.notice)
    for each in kept:
        say(f"saved evidence {each.id}: {each.headline[:80]}")
    if not kept and (both.supporting or both.opposing):
        named = claim.note or claim.part
        say(
            f"Next: kb note sides {named} --keep s1"
            if named
            else "Next: keep the claim itself: kb note add --kind claim"
        )


def _print_side(letter: str, hits: "Sequence[Hit]") -> None:
    from kb.cli.console import put
    from kb.cli.search_results import place_line, printed

    for hit in hits:
        put()
        printed(f"{letter}{hit.rank}", hit.snippet, hit.marks)
        printed("", place_line(hit), ())
