"""``kb anchors``: how well your quotes are found in the papers as they are now, and mending those that are not."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.library.anchor_report import PlacedQuote
    from kb.library.quote_candidates import QuoteCandidate
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
    kept: Annotated[bool, typer.Option("--kept", help="Also quotes that you said shall stay as they are.")] = False,
    as_json: Json = False,
) -> int:
    """Report every quote that is not found word for word on its page."""
    if context.invoked_subcommand:
        return 0
    from kb.cli.console import put, put_json, say
    from kb.library.anchor_report import TROUBLED, AnchorReport

    states = tuple(_state(one) for one in state) if state else TROUBLED
    with workspace() as opened:
        about = opened.papers.find(paper).id if paper else None
        counts = AnchorReport(opened.record).counts()
        found = AnchorReport(opened.record).placed(states, about, with_kept=kept)
    if as_json:
        shown = [one.model_dump(mode="json") for one in found]
        put_json({"counts": {name.value: count for name, count in counts.items()}, "anchors": shown})
        return 0
    put(", ".join(f"{count} {name.value}" for name, count in counts.items() if count) or "no quotes yet")
    for one in found:
        _print(one)
    if found:
        say("Next: kb anchors mend NOTE, kb anchors places NOTE, or kb anchors keep NOTE")
    return 0


def _state(text: str) -> "AnchorState":
    from kb.errors import UsageError
    from kb.models.anchor import AnchorState

    try:
        return AnchorState(text.lower())
    except ValueError:
        known = ", ".join(each.value for each in AnchorState)
        raise UsageError(f"no quote is {text!r}", f"there are {known}", "kb anchors --help") from None


def _print(one: "PlacedQuote") -> None:
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
    from kb.notes.compose import mended

    with workspace() as opened:
        changed = opened.notes.edit(*mended(opened, opened.notes.get(note), number - 1, quote, page))
    anchor = changed.anchors[number - 1]
    if as_json:
        put_json(as_json_of(changed))
    else:
        say(f"{changed.id}: {anchor.state.value}, p. {anchor.page or '?'}: “{anchor.quote[:100]}”")
    return 0


@group.command()
def places(
    note: Annotated[str, typer.Argument(help="A note's id, or its beginning.")],
    number: Annotated[int, typer.Option(min=1, help="Which of the note's quotes.")] = 1,
    take: Annotated[int | None, typer.Option(min=1, help="Take the words of this place.")] = None,
    as_json: Json = False,
) -> int:
    """Show where a note's quote may stand now, the likeliest place first, and take one of them."""
    from kb.cli.console import put_json, say
    from kb.cli.note_shown import as_json_of
    from kb.errors import ExitCode, NotFoundError
    from kb.library.quote_candidates import candidates
    from kb.library.quote_repair import quote_of, with_quote

    with workspace() as opened:
        found = opened.notes.get(note)
        anchor = quote_of(found, number - 1)
        version = opened.papers.current(found.paper or "")
        sha256 = version.sha256 if version else ""
        likely = candidates(opened.texts.blocks(sha256), anchor, sha256) if version else ()
        if take is None:
            _show_places(found.id, likely, as_json)
            return ExitCode.OK if likely else ExitCode.NOTHING_FOUND
        if take > len(likely):
            raise NotFoundError(
                f"there is no place {take}", f"there are {len(likely)}", f"kb anchors places {found.id}"
            )
        changed = opened.notes.edit(found.id, with_quote(found, number - 1, likely[take - 1].anchor))
    if as_json:
        put_json(as_json_of(changed))
    else:
        say(f"{changed.id}: p. {changed.anchors[number - 1].page}: “{changed.anchors[number - 1].quote[:100]}”")
    return 0


def _show_places(note: str, likely: "tuple[QuoteCandidate, ...]", as_json: bool) -> None:
    from kb.cli.console import put, put_json, say, wrapped

    if as_json:
        put_json({"note": note, "places": [one.model_dump(mode="json") for one in likely]})
        return
    for place, one in enumerate(likely, 1):
        put(f"{place}. p. {one.anchor.page or '?'} · {one.alike:.0f} % alike")
        put(wrapped(f"… {one.anchor.prefix}[{one.anchor.quote}]{one.anchor.suffix} …", indent="   "))
    then = f"kb anchors places {note} --take 1" if likely else f"kb anchors keep {note}"
    say(f"{'' if likely else 'nothing in the text is like it. '}Next: {then}")


@group.command()
def keep(
    note: Annotated[str, typer.Argument(help="A note's id, or its beginning.")],
    number: Annotated[int, typer.Option(min=1, help="Which of the note's quotes.")] = 1,
    as_json: Json = False,
) -> int:
    """Let a quote stay as it is, although it is not found so, and report it no more; kb note undo goes back."""
    from kb.cli.console import put_json, say
    from kb.cli.note_shown import as_json_of
    from kb.library.quote_repair import with_quote_kept

    with workspace() as opened:
        found = opened.notes.get(note)
        changed = opened.notes.edit(found.id, with_quote_kept(found, number - 1))
    if as_json:
        put_json(as_json_of(changed))
    else:
        say(f"{changed.id} keeps its quote as it is")
    return 0
