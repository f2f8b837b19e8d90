"""``kb anchors``: how well your quotes are found in the papers as they are now, and mending those that are not."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, desk

if TYPE_CHECKING:
    from kb.library.anchor_report import Placed
    from kb.models.anchor import AnchorState

group = typer.Typer(help="How well your quotes are found in the papers, and mending those that are not.")


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="anchors")


@group.callback(invoke_without_command=True)
def report(
    context: typer.Context,
    state: Annotated[
        list[str] | None, typer.Option(help="exact, moved, changed, ambiguous or orphaned; all but exact if left out.")
    ] = None,
    paper: Annotated[str | None, typer.Option(help="Only of this paper.")] = None,
    as_json: Json = False,
) -> int:
    """Report every quote that is not found word for word on its page."""
    if context.invoked_subcommand:
        return 0
    from kb.cli.console import put, put_json, say
    from kb.library.anchor_report import TROUBLED, AnchorReport

    states = tuple(_state(one) for one in state) if state else TROUBLED
    with desk() as opened:
        about = opened.papers.find(paper).id if paper else None
        counts = AnchorReport(opened.record).counts()
        found = AnchorReport(opened.record).placed(states, about)
    if as_json:
        shown = [one.model_dump(mode="json") for one in found]
        put_json({"counts": {name.value: count for name, count in counts.items()}, "anchors": shown})
        return 0
    put(", ".join(f"{count} {name.value}" for name, count in counts.items() if count) or "no quotes yet")
    for one in found:
        _print(one)
    if found:
        say("Next: kb anchors mend NOTE --quote “the words as they stand now”")
    return 0


def _state(text: str) -> "AnchorState":
    from kb.errors import UsageError
    from kb.models.anchor import AnchorState

    try:
        return AnchorState(text.lower())
    except ValueError:
        known = ", ".join(each.value for each in AnchorState)
        raise UsageError(f"no quote is {text!r}", f"there are {known}", "kb anchors --help") from None


def _print(one: "Placed") -> None:
    from kb.cli.console import put, wrapped

    number = f", quote {one.position + 1}" if one.position else ""
    put(f"\n{one.anchor.state.value}  {one.note}{number}  {one.headline[:70]}")
    put(f"    {one.paper} · p. {one.anchor.page or '?'}")
    put(wrapped(f"your quote: “{one.anchor.quote}”", indent="    "))
    if one.anchor.found:
        put(wrapped(f"it says now: “{one.anchor.found}”", indent="    "))


@group.command()
def mend(
    note: Annotated[str, typer.Argument(help="A note's id, or its beginning.")],
    quote: Annotated[str, typer.Option(help="The words as they stand in the paper; the words found if left out.")] = "",
    page: Annotated[int | None, typer.Option(help="Their page, where they stand on several.")] = None,
    number: Annotated[int, typer.Option(min=1, help="Which of the note's quotes.")] = 1,
    as_json: Json = False,
) -> int:
    """Take the words as they stand now for a note's quote; kb note undo goes back."""
    from kb.cli.console import put_json, say
    from kb.cli.note_shown import as_json_of
    from kb.noting import mended

    with desk() as opened:
        changed = opened.notes.edit(*mended(opened, opened.notes.get(note), number - 1, quote, page))
    anchor = changed.anchors[number - 1]
    if as_json:
        put_json(as_json_of(changed))
    else:
        say(f"{changed.id}: {anchor.state.value}, p. {anchor.page or '?'}: “{anchor.quote[:100]}”")
    return 0
