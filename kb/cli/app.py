"""The root of the command line: which groups there are, and what ``kb`` alone does."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb import __version__
from kb.cli import (
    agenda,
    anchors,
    audit,
    bring,
    care,
    concept,
    credence,
    demo,
    export,
    list_care,
    lists,
    look,
    marks,
    next_read,
    note,
    reading_pass,
    reports,
    reproduce,
    review,
    search,
    sides,
    take_in,
    take_over,
    tutorial,
    updates,
)

app = typer.Typer(
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Inside View: read AI-alignment papers until you hold a view of your own.",
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option("--home", help="The library's folder (or KB_HOME).")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the screen on a terminal; elsewhere say where things stand and what to do next."""
    if version:
        typer.echo(__version__)
    elif context.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            look.open_screen(None)
        else:
            look.status(as_json=False)


for module in (
    demo,
    tutorial,
    lists,
    list_care,
    bring,
    updates,
    look,
    search,
    note,
    sides,
    anchors,
    agenda,
    credence,
    concept,
    audit,
    next_read,
    reading_pass,
    reproduce,
    review,
    export,
    reports,
    take_in,
    take_over,
    marks,
    care,
):
    module.register(app)
