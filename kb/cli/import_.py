"""``kb import``: what other programs, a vault, or another library hold; first shown, then applied."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.importers.bibtex_import import ImportedEntry

group = typer.Typer(no_args_is_help=True, help="Take in bibliographies, vaults and whole libraries.")
Apply = Annotated[bool, typer.Option("--apply", help="Do it; without this, only show what would be done.")]
File = Annotated[Path, typer.Argument(help="The file to read.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="import")


@group.command()
def bibtex(file: File, apply: Apply = False, as_json: Json = False) -> int:
    """Take in the works of a BibTeX file; keys are kept, works that are here are joined, notes are not touched."""
    from kb.cli.add_fetch import index_meaning
    from kb.cli.console import put_json
    from kb.errors import ExitCode
    from kb.importers.bibtex_import import import_bibtex

    with workspace() as opened:
        entries = import_bibtex(opened.record, text_in(file), apply=apply)
        if apply and entries:
            opened.reading_lists.attach_known()
            index_meaning(opened)
    if as_json:
        put_json({"applied": apply, "entries": [entry.model_dump(mode="json") for entry in entries]})
    else:
        _tell_entries(entries, f"kb import bibtex {file} --apply", apply)
    broken = any(entry.outcome in ("broken", "conflict") for entry in entries)
    return ExitCode.SOME_FAILED if broken else ExitCode.OK if entries else ExitCode.NOTHING_FOUND


def _tell_entries(entries: "Sequence[ImportedEntry]", again: str, apply: bool) -> None:
    """How many of what, then each entry in a line."""
    from collections import Counter

    from kb.cli.console import put_table, say

    counts = Counter(entry.outcome for entry in entries)
    say(", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "there is no entry in it")
    put_table(
        ("line", "what", "key", "title"),
        [(entry.line, entry.outcome, entry.key, _about(entry)) for entry in entries],
    )
    if not apply and entries:
        say(f"nothing was changed. Next: {again}")


def _about(entry: "ImportedEntry") -> str:
    return f"{entry.title} ({entry.message})" if entry.title and entry.message else entry.message or entry.title


@group.command()
def vault(
    folder: Annotated[Path, typer.Argument(help="The folder that kb export vault keeps.")],
    apply: Apply = False,
    as_json: Json = False,
) -> int:
    """Take back what you edited by hand in a vault, each edit as a revision of its note."""
    from kb.cli.console import put, put_json, say
    from kb.errors import ExitCode
    from kb.export.vault.reading import read_vault

    with workspace() as opened:
        edits = read_vault(opened.record, folder, apply=apply)
    if as_json:
        put_json({"applied": apply, "edits": [edit.model_dump(mode="json") for edit in edits]})
    else:
        for edit in edits:
            put(f"{edit.outcome}: {edit.note} {edit.headline} ({edit.path})")
            for line in edit.difference.splitlines():
                put(f"    {line}")
        put(f"{len(edits)} edited by hand")
        if any(edit.outcome == "ready" for edit in edits):
            say(f"nothing was changed. Next: kb import vault {folder} --apply")
        if any(edit.outcome == "conflict" for edit in edits):
            say("- is the library, + is your hand. Make the region what you want, and kb note edit NOTE takes it over")
    stuck = any(edit.outcome in {"conflict", "unclear", "gone"} for edit in edits)
    return ExitCode.SOME_FAILED if stuck else ExitCode.OK


@group.command()
def jsonl(file: File, as_json: Json = False) -> int:
    """Fill an empty library from what kb export jsonl wrote."""
    from kb.cli.console import put, put_json
    from kb.export.jsonl import load_library

    with workspace() as opened:
        counts = load_library(opened.record, text_in(file))
    if as_json:
        put_json({"rows": counts})
    else:
        put(", ".join(f"{count} {table.replace('_', ' ')}" for table, count in counts.items() if count))
    return 0


def text_in(file: Path) -> str:
    """A text file's content, in whatever encoding; raises NotFoundError, or UsageError for what is no text."""
    from kb.errors import NotFoundError, UsageError
    from kb.importers.encoding import decoded

    try:
        return decoded(file.expanduser().read_bytes())
    except FileNotFoundError as error:
        raise NotFoundError(f"{file} does not exist", next="name a file that is there") from error
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{file} cannot be read", str(error), "give a text file") from error
