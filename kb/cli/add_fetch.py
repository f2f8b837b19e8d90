"""``kb add`` and ``kb fetch``: bringing papers in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, Ocr, workspace

if TYPE_CHECKING:
    from kb.ingest.outcome import Outcome
    from kb.models.progress import Progress
    from kb.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(add)
    app.command()(fetch)


def add(
    what: Annotated[list[str], typer.Argument(help="PDF files, folders, arXiv ids, addresses, DOIs, titles, BibTeX.")],
    layout: Annotated[bool, typer.Option(help="Read the typed layout now, not later.")] = False,
    meaning: Annotated[bool, typer.Option(help="Index meaning now; words are always indexed.")] = True,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from this machine and private networks.")
    ] = False,
    ocr: Ocr = False,
    as_json: Json = False,
) -> int:
    """Bring papers into the library."""
    from kb.cli.console import on_terminal
    from kb.ingest import pipeline

    with workspace(ocr=ocr) as opened:
        wanted = [_chosen(opened, text) for text in what] if on_terminal() and not as_json else what
        return _bring(opened, pipeline.add(opened, wanted, allow_private=allow_private), layout, meaning, as_json)


def _chosen(opened: "Workspace", text: str) -> str:
    """What the reader means by a title that several papers nearly have; anything else stays as it is."""
    from kb.cli.console import say
    from kb.errors import KbError
    from kb.ingest.fetch_requests import candidates
    from kb.sources.titles import surely

    try:
        found = candidates(opened, text)
    except KbError:
        return text  # told, with its reason, when the item's turn comes
    sure = surely(found)
    if sure and sure.record.draft.arxiv_id:
        return f"arxiv:{sure.record.draft.arxiv_id}"
    if not found or sure:
        return text
    for number, match in enumerate(found, 1):
        authors = ", ".join(match.record.draft.authors[:2])
        say(f"{number:>3}  {match.record.draft.title} ({authors}, {match.record.draft.year})")
    answer: int = typer.prompt("Which one? 0 for none", type=int, default=0, err=True)
    return f"arxiv:{found[answer - 1].record.draft.arxiv_id}" if 1 <= answer <= len(found) else text


def fetch(
    what: Annotated[list[str] | None, typer.Argument(help="Reading lists, or arXiv ids (arxiv:1706.03741).")] = None,
    week: Annotated[int | None, typer.Option(help="Only this week of the list.")] = None,
    core: Annotated[bool, typer.Option("--core", help="Only core readings.")] = False,
    edition: Annotated[str | None, typer.Option(help="The list as it was in this edition.")] = None,
    retry: Annotated[bool, typer.Option("--retry-failed", help="Only what failed or was left over.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Say what became of everything asked for.")] = False,
    meaning: Annotated[bool, typer.Option(help="Index meaning now; words are always indexed.")] = True,
    as_json: Json = False,
) -> int:
    """Fetch a reading list, or single arXiv papers; what is here already is not fetched again."""
    from kb.errors import UsageError
    from kb.ingest import pipeline

    with workspace() as opened:
        if status:
            return _status(opened, as_json)
        if not what and not retry:
            raise UsageError("nothing was named to fetch", next="kb fetch spine-10h --week 1, or another of kb lists")
        if retry:
            events = pipeline.fetch_failed(opened)
        else:
            events = pipeline.fetch(opened, what or [], week=week, core=core, edition=edition)
        return _bring(opened, _indexed_meanwhile(opened, events) if meaning else events, False, meaning, as_json)


def _indexed_meanwhile(opened: "Workspace", events: "Iterator[Progress]") -> "Iterator[Progress]":
    """Index each paper as soon as it is in, while the next one is on its way."""
    from kb.indexing.drain import drain

    for event in events:
        yield event
        if event.what == "done" and event.version:
            steps = drain(opened.home, opened.record, opened.texts, opened.embedder)
            yield from (step for step in steps if step.what == "step")


def _status(opened: "Workspace", as_json: bool) -> int:
    from collections import Counter

    from kb.cli.console import put, put_json, say
    from kb.ingest.fetch import journal_of

    lines = list(journal_of(opened).items().values())
    if as_json:
        put_json({"items": [line.model_dump(mode="json") for line in lines]})
        return 0
    for line in lines:
        if line.state in ("failed", "queued", "started"):
            why = line.failure.message if line.failure else "it was left over when the program stopped"
            put(f"{line.state:<8} {line.item}  {why}")
    counts = Counter(line.state for line in lines)
    say(", ".join(f"{count} {state}" for state, count in counts.items()) or "nothing was fetched yet")
    if counts["failed"] or counts["queued"] or counts["started"]:
        say("Next: kb fetch --retry-failed")
    return 0


def _bring(opened: "Workspace", events: "Iterator[Progress]", layout: bool, meaning: bool, as_json: bool) -> int:
    from kb.cli.console import put_json, say
    from kb.cli.progress import narrate
    from kb.ingest.outcome import Outcome

    outcome = Outcome.of(narrate(events))
    if layout:
        from kb.ingest.pipeline import read_layout

        for event in outcome.done:
            Outcome.of(narrate(read_layout(opened, event.version)))
    if meaning and (outcome.done or outcome.skipped):
        index_meaning(opened)
    if as_json:
        put_json(_as_json(outcome))
    else:
        say(_summary(outcome))
    return outcome.code


def index_meaning(opened: "Workspace") -> None:
    """Bring the index of meaning up to date, saying so; stopping loses nothing."""
    from kb.cli.console import say
    from kb.cli.progress import narrate
    from kb.indexing.drain import backlog, drain

    if not backlog(opened.record, opened.texts):
        return
    try:
        for event in narrate(drain(opened.home, opened.record, opened.texts, opened.embedder)):
            if event.what == "skipped":
                say(f"  {event.message}")
    except KeyboardInterrupt:
        say("  stopped indexing meaning; words find everything, and the next kb command goes on from here")


def _as_json(outcome: "Outcome") -> dict[str, object]:
    return {
        "added": [_item(event) for event in outcome.done],
        "skipped": [{**_item(event), "message": event.message} for event in outcome.skipped],
        "failed": [failure.model_dump() for failure in outcome.failed],
    }


def _item(event: "Progress") -> dict[str, str]:
    return {"source": event.source, "paper": event.paper, "title": event.title, "version": event.version}


def _summary(outcome: "Outcome") -> str:
    counts = ((len(outcome.done), "added"), (len(outcome.skipped), "skipped"), (len(outcome.failed), "failed"))
    said = ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to do"
    if outcome.done:
        return f"{said}. Next: kb search WORDS, or kb to read"
    return f"{said}."
