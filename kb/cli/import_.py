"""``kb import``: what other programs, a vault, or another library hold; first shown, then applied."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import Json, workspace

group = typer.Typer(no_args_is_help=True, help="Take in bibliographies, vaults and whole libraries.")
Apply = Annotated[bool, typer.Option("--apply", help="Do it; without this, only show what would be done.")]
File = Annotated[Path, typer.Argument(help="The file to read.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="import")


@group.command()
def bibtex(file: File, apply: Apply = False, as_json: Json = False) -> int:
    """Take in the works of a BibTeX file; keys are kept, works that are here are joined, notes are not touched."""
    from kb.cli.console import put_json, put_table, say
    from kb.errors import ExitCode
    from kb.importers.bibtex_import import import_bibtex

    with workspace() as opened:
        entries = import_bibtex(opened.record, text_in(file), apply=apply)
    if as_json:
        put_json({"applied": apply, "entries": [entry.model_dump(mode="json") for entry in entries]})
    else:
        put_table(
            ("line", "what", "key", "title"),
            [(entry.line, entry.outcome, entry.key, entry.message or entry.title) for entry in entries],
        )
        if not apply:
            say(f"nothing was changed. Next: kb import bibtex {file} --apply")
    broken = any(entry.outcome in ("broken", "conflict") for entry in entries)
    return ExitCode.SOME_FAILED if broken else ExitCode.OK if entries else ExitCode.NOTHING_FOUND


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
    """A text file's content; raises NotFoundError, or UsageError for what is no text."""
    from kb.errors import NotFoundError, UsageError

    try:
        return file.expanduser().read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError(f"{file} does not exist", next="name a file that is there") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read", str(error), "give a text file in UTF-8") from error
