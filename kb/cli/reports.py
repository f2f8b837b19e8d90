"""``kb export literature``, ``strategies``, ``progress`` and ``brief``: what the notes come to, for others to read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import export
from kb.cli.export_output import AsPage, AsTable, Overwrite, To, deliver_document
from kb.cli.options import Json, workspace
from kb.cli.summary_scope import Since, Until
from kb.export.scope import NamedPeriod, Scope, gathered_for

if TYPE_CHECKING:
    from kb.export.tables import Table
    from kb.library.record import Record
    from kb.workspace import Workspace

InList = Annotated[str | None, typer.Option("--list", help="Only papers of this list.")]
OfAgenda = Annotated[str | None, typer.Option("--agenda", help="Only what was noted on this agenda.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the group ``export``."""
    for command in (literature, strategies, progress, brief):
        export.group.command()(command)


def literature(
    in_list: InList = None,
    week: Annotated[int | None, typer.Option(help="Only this week of the list.")] = None,
    agenda: OfAgenda = None,
    since: Since = None,
    until: Until = None,
    form: AsTable = None,
    to: To = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> int:
    """Write a table of papers by problem, method, result, sort of evidence, and your credence."""
    from kb.export.gather import gather_all
    from kb.export.literature import literature as made

    with workspace() as opened:
        scope = Scope(in_list=in_list, week=week, agenda=agenda, since=since, until=until)
        everything = in_list is None and agenda is None and not scope.is_period
        summary = gather_all(opened.record) if everything else gathered_for(opened, scope)
        return _deliver_table(opened, made(summary), "json" if as_json else form, to, overwrite)


def strategies(
    about: Annotated[str | None, typer.Argument(metavar="[PROBLEM]", help="Only for problems with this word.")] = None,
    agenda: OfAgenda = None,
    form: AsTable = None,
    to: To = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> int:
    """Write a table of approaches by how often they improved on the baseline, with gain and cost."""
    from kb.agendas.group import agenda_group
    from kb.export.literature import strategies_table
    from kb.insight.strategies import strategies as counted

    with workspace() as opened:
        found = counted(
            opened.record, about or "", agenda_group(opened.home, opened.record, agenda).names if agenda else None
        )
        return _deliver_table(opened, strategies_table(found), "json" if as_json else form, to, overwrite)


def progress(
    since: Since = None,
    until: Until = None,
    period: Annotated[NamedPeriod | None, typer.Option(help="The last seven or thirty days.")] = None,
    reader: Annotated[str, typer.Option(help="Your name in the report.")] = "",
    others: Annotated[
        list[str] | None, typer.Option("--with", help="NAME=FILE: another reader's kb export jsonl.")
    ] = None,
    form: AsPage = None,
    to: To = None,
    overwrite: Overwrite = False,
) -> int:
    """Write a study group's report: week by week who read what, claims, open questions, and credences that moved."""
    import tempfile
    from datetime import datetime

    from kb.export.period import period_of
    from kb.export.progress import render_progress, weeks

    with workspace() as opened, tempfile.TemporaryDirectory() as folder:
        name = period.value if period else None if since else "month"
        days = period_of(since, until, name, datetime.now().astimezone().date())
        group = [(reader or ("I" if others else ""), opened.record), *_others(others or [], folder)]
        try:
            title = f"Progress, {days.words}"
            text = render_progress(title, weeks(group, days), opened.home.templates)
        finally:
            for _, record in group[1:]:
                record.close()
        return _deliver_page(opened, title, text, form, to, overwrite)


def brief(
    agenda: Annotated[str, typer.Argument(metavar="AGENDA", help="An id, a tag such as debate, or its beginning.")],
    form: AsPage = None,
    to: To = None,
    overwrite: Overwrite = False,
) -> int:
    """Write where you stand on an agenda: credences, evidence, cruxes, and what would change your mind."""
    from kb.cli.agenda import insight

    with workspace() as opened:
        maps = insight(opened)
        found = maps.agenda_index.agenda(agenda)
        return _deliver_page(opened, found.title, maps.brief(found), form, to, overwrite)


def _others(told: list[str], folder: str) -> "list[tuple[str, Record]]":
    """The libraries of other readers, as their exports have them."""
    from kb.errors import UsageError
    from kb.export.progress import library_in

    found = []
    for text in told:
        name, separator, file = text.partition("=")
        if not separator:
            raise UsageError(f"{text!r} does not say whose export it is", next=f"--with NAME={text}")
        try:
            lines = Path(file).expanduser().read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{file} cannot be read", str(error), "kb export jsonl --to FILE") from error
        found.append((name, library_in(lines, folder)))
    return found


def _deliver_table(opened: "Workspace", table: "Table", form: str | None, to: Path | None, overwrite: bool) -> int:
    from kb.cli.console import say
    from kb.export.reports import table_document

    if not table.rows:
        say("the table is empty. Next: kb note add PAPER --kind method --text APPROACH --field outcome=improved …")
    return deliver_document(table_document(table, form, opened.home.templates, to), to, overwrite)


def _deliver_page(
    opened: "Workspace", title: str, markdown: str, form: str | None, to: Path | None, overwrite: bool
) -> int:
    from kb.export.reports import page_document

    return deliver_document(page_document(title, markdown, form, opened.home.templates, to), to, overwrite)
