"""``kb updates``: newer versions, withdrawals and published DOIs, and which notes they touch."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.ingest.updates import News


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(updates)


def updates(
    fetch: Annotated[bool, typer.Option(help="Bring newer versions in, beside those that are here.")] = True,
    as_json: Json = False,
) -> int:
    """Ask arXiv what is new of your papers, and say which of your notes it touches."""
    from kb.cli.add_fetch import index_meaning
    from kb.cli.console import put_json, say
    from kb.cli.progress import narrate
    from kb.ingest.outcome import Outcome
    from kb.ingest.updates import bring_versions, look_for_news, news, take_metadata

    outcome = Outcome()
    with workspace() as opened:
        found = look_for_news(opened)
        take_metadata(opened, found)
        if fetch:
            outcome = Outcome.of(narrate(bring_versions(opened, found)))
            if outcome.done:
                index_meaning(opened)
        told = news(opened, found)
    if as_json:
        failed = [failure.model_dump() for failure in outcome.failed]
        put_json({"updates": [one.model_dump(mode="json") for one in told], "failed": failed})
    else:
        for one in told:
            _print(one)
        say(f"{len(told)} updates" if told else "nothing is new")
    return outcome.code


def _print(one: "News") -> None:
    from kb.cli.console import put, wrapped

    change = f"{one.before} → {one.after}" if one.before else one.after
    put(f"{one.what:<9} {one.title}  ({one.arxiv_id}: {change})")
    if one.touched:
        put(f"  {_summed_up(one)}")
    for touched in one.touched:
        put(f"  {touched.state.value} in {touched.note}: {touched.headline[:70]}")
        put(wrapped(f"your quote: “{touched.quote}”", indent="      "))
        if touched.found:
            put(wrapped(f"it says now: “{touched.found}”", indent="      "))


def _summed_up(one: "News") -> str:
    """How many notes quote what stands otherwise now: ``v2 changed the sentence that 2 of your notes quote``."""
    notes = {state: {t.note for t in one.touched if t.state.value == state} for state in ("changed", "orphaned")}
    changed, gone = len(notes["changed"]), len(notes["orphaned"])
    left = len({touched.note for touched in one.touched} - notes["changed"] - notes["orphaned"])
    told = (
        [f"{one.after} changed the sentence that {changed} of your notes quote{'s' * (changed == 1)}"]
        if changed
        else []
    )
    told += [f"what {gone} of them quote{'s' * (gone == 1)} is not there any more"] if gone else []
    told += [f"what {left} of them quote{'s' * (left == 1)} may stand elsewhere"] if left else []
    return f"{'; '.join(told)}. Next: kb anchors"
