"""``kb agenda lint``: looking after agendas, those that come with the program and the reader's own."""

from typing import Annotated

import typer

from kb.cli.agenda import group, insight
from kb.cli.options import Json, workspace


def register(app: typer.Typer) -> None:
    """Add this module's command to the group of agendas."""
    group.command()(lint)


def lint(
    agenda: Annotated[str | None, typer.Argument(metavar="AGENDA", help="One agenda; all if left out.")] = None,
    as_json: Json = False,
) -> int:
    """Look for chains that do not arrive, links without evidence, sources that lead nowhere, and old reviews."""
    from datetime import datetime

    from kb.cli.console import put, put_json, say
    from kb.errors import ExitCode
    from kb.insight.agenda_lint import known_to, lint_agenda
    from kb.sources.agenda_files import work_conflicts

    with workspace() as opened:
        agenda_index = insight(opened).agenda_index
        known = known_to(opened.home)
    chosen = (agenda_index.agenda(agenda),) if agenda else tuple(agenda_index.agendas.values())
    today = datetime.now().astimezone().date()
    found = [finding for one in chosen for finding in lint_agenda(one, known, today)]
    conflicts = () if agenda else work_conflicts()
    errors = bool(conflicts) or any(finding.level == "error" for finding in found)
    if as_json:
        rows = [finding.model_dump() for finding in found]
        put_json({"agendas": len(chosen), "findings": rows, "conflicts": [str(each) for each in conflicts]})
        return ExitCode.SOME_FAILED if errors else ExitCode.OK
    for conflict in conflicts:
        put(f"error    {conflict}")
    for finding in found:
        put(f"{finding.level:<8} {finding.agenda} {finding.part}: {finding.message}")
    say(f"{len(chosen)} agendas, {len(found) + len(conflicts)} findings")
    return ExitCode.SOME_FAILED if errors else ExitCode.OK
