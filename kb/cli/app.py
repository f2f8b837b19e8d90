"""The root of the command line: which groups there are, and what ``kb`` alone does."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from kb import __version__
from kb.cli import (
    add_fetch,
    agenda,
    agenda_care,
    anchors,
    audit,
    compare,
    concept,
    credence,
    demo,
    export,
    import_,
    import_libraries,
    list_care,
    lists,
    maintenance,
    marks,
    next_read,
    note,
    papers,
    reading_pass,
    reports,
    reproduce,
    review,
    search,
    sides,
    tutorial,
    updates,
)


def root(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option("--home", help="The library's folder (or KB_HOME).")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the screen on a terminal; elsewhere say where things stand and what to do next."""
    if version:
        typer.echo(__version__)
    elif context.invoked_subcommand is None:
        from kb.cli.console import has_screen

        if has_screen():
            papers.open_screen(None)
        else:
            papers.status(as_json=False)


MODULES: tuple[ModuleType, ...] = (
    demo,
    tutorial,
    lists,
    list_care,
    add_fetch,
    updates,
    papers,
    search,
    note,
    sides,
    anchors,
    agenda,
    agenda_care,
    credence,
    concept,
    audit,
    next_read,
    reading_pass,
    reproduce,
    review,
    compare,
    export,
    reports,
    import_,
    import_libraries,
    marks,
    maintenance,
)
"""Each adds a command or a group, in the order in which help shows them."""


def _with(modules: Iterable[ModuleType]) -> typer.Typer:
    """A command line of these modules' commands."""
    made = typer.Typer(
        add_completion=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="Inside View: read AI-alignment papers until you hold a view of your own.",
    )
    made.callback(invoke_without_command=True)(root)
    for module in modules:
        module.register(made)
    return made


def command_line(arguments: Sequence[str]) -> typer.Typer:
    """The command line with only the command that is named, since each one that is there costs time to build."""
    wanted = next((one for one in arguments if not one.startswith("-")), None)
    for module in MODULES if wanted else ():
        part = _with([module])
        if wanted in _names(part):
            return part
    return app


def _names(part: typer.Typer) -> set[str]:
    """What the commands and groups of a command line are called."""
    commands = {one.name or getattr(one.callback, "__name__", "").replace("_", "-") for one in part.registered_commands}
    return commands | {str(one.name) for one in part.registered_groups}


app = _with(MODULES)
"""All commands."""
