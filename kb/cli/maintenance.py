"""``kb doctor``, ``kb reindex``, ``kb backup`` and ``kb restore``: looking after a library."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import Json, Ocr, workspace


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(doctor)
    app.command()(reindex)
    app.command()(backup)
    app.command()(restore)


def doctor(
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended.")] = False, as_json: Json = False
) -> int:
    """Check the library, and say what is wrong and how to mend it."""
    from kb.cli.console import put, put_json, wrapped
    from kb.errors import ExitCode
    from kb.maintenance.doctor import examine

    findings = []
    with workspace() as opened:
        for finding in examine(opened, fix=fix):
            findings.append(finding)
            if not as_json:
                put(f"{'✓' if finding.ok else '✗'} {finding.name:<10} {finding.detail}")
                for item in finding.items:
                    put(wrapped(f"· {item}", indent="             "))
    if as_json:
        put_json({"checks": [finding.model_dump() for finding in findings]})
    return ExitCode.OK if all(finding.ok for finding in findings) else ExitCode.DAMAGED


def reindex(
    paper: Annotated[list[str] | None, typer.Argument(help="Read only these again: ids, keys, or words.")] = None,
    texts: Annotated[bool, typer.Option("--texts", help="Parse every file again, too.")] = False,
    layout: Annotated[bool, typer.Option("--layout", help="Read the typed layout, too.")] = False,
    ocr: Ocr = False,
    as_json: Json = False,
) -> int:
    """Build anew what is missing or stale of texts, and the index of meaning; or read some papers again."""
    from kb.cli.console import put_json, say
    from kb.cli.progress import narrate
    from kb.indexing.drain import backlog, rebuild
    from kb.ingest.outcome import Outcome
    from kb.ingest.pipeline import read_layouts, rebuild_texts

    if paper:
        return _read_again(paper, layout, ocr, as_json)
    with workspace(ocr=ocr) as opened:
        outcome = Outcome.of(narrate(rebuild_texts(opened, everything=texts)))
        if layout:
            Outcome.of(narrate(read_layouts(opened)))
        Outcome.of(narrate(rebuild(opened.home, opened.record, opened.texts, opened.embedder)))
        left = backlog(opened.record, opened.texts)
    if as_json:
        put_json({"parsed": len(outcome.done), "failed": [f.model_dump() for f in outcome.failed], "waiting": left})
    else:
        say(f"{len(outcome.done)} texts parsed again; {left} items wait")
    return outcome.code


def _read_again(papers: list[str], layout: bool, ocr: bool, as_json: bool) -> int:
    """Parse some papers again, and index what has changed."""
    from kb.cli.add_fetch import index_meaning
    from kb.cli.console import put, put_json
    from kb.cli.progress import narrate
    from kb.indexing.drain import backlog
    from kb.ingest.outcome import Outcome
    from kb.ingest.pipeline import reread

    with workspace(ocr=ocr) as opened:
        found = [opened.papers.find(text) for text in papers]
        outcome = Outcome.of(narrate(event for one in found for event in reread(opened, one.id, layout=layout)))
        index_meaning(opened)
        left = backlog(opened.record, opened.texts)
    if as_json:
        put_json({"parsed": len(outcome.done), "failed": [f.model_dump() for f in outcome.failed], "waiting": left})
    else:
        for event in outcome.done:
            put(f"{event.title}: {event.message}")
    return outcome.code


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write: a zip of the record and the papers' files.")],
    as_json: Json = False,
) -> int:
    """Write everything that cannot be rebuilt into one file."""
    from kb.cli.console import put_json, say
    from kb.config import open_home
    from kb.maintenance.backup import back_up

    written = back_up(open_home(), file)
    if as_json:
        put_json(written.model_dump(mode="json"))
    else:
        say(f"{written.papers} files and {written.notes} notes are in {written.file}")
    return 0


def restore(
    file: Annotated[Path, typer.Argument(help="A file that kb backup wrote.")],
    as_json: Json = False,
) -> int:
    """Put a backup into an empty home; a home that has a record is left alone."""
    from kb.cli.console import put_json, say
    from kb.config import open_home
    from kb.maintenance.backup import put_back

    restored = put_back(open_home(), file)
    if as_json:
        put_json(restored.model_dump(mode="json"))
    else:
        say(f"{restored.papers} files and {restored.notes} notes are back. Next: kb reindex")
    return 0
