"""``kb agenda``: alignment agendas as maps of claims, with what the reader holds and on what evidence."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.insight.insight import Insight
    from kb.workspace import Workspace

group = typer.Typer(no_args_is_help=True, help="Alignment agendas: claims, evidence, cruxes, and where you stand.")
AgendaName = Annotated[str, typer.Argument(metavar="AGENDA", help="An id, a tag such as debate, or its beginning.")]
From = Annotated[str | None, typer.Option("--from", help="Read the new text from a file, or from - , not an editor.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="agenda")


def insight(opened: "Workspace") -> "Insight":
    """The maps of an open library, with its lists as the files have them now."""
    from kb.cli.console import say
    from kb.ingest.list_sync import sync_lists
    from kb.insight.insight import Insight
    from kb.sources.maps import map_problems

    sync_lists(opened)
    for problem in map_problems(opened.home):
        say(f"kb: {problem}")
    return Insight(opened.home, opened.record)


@group.command("list")
def list_agendas(as_json: Json = False) -> int:
    """Name the agendas, with your credence and how many notes bear on each."""
    from kb.cli.console import put_json, put_table, say

    with workspace() as opened:
        rows = _rows(insight(opened))
    if as_json:
        put_json({"agendas": rows})
        return 0
    cells = [
        (
            row["agenda"],
            (row["credence"] or {}).get("words", ""),
            f"{row['rated']}/{row['claims']}",
            row["notes"] or "",
            row["title"],
        )
        for row in rows
    ]
    put_table(("agenda", "credence", "rated", "notes", "title"), cells, right=(1, 2, 3))
    say("Next: kb agenda show AGENDA, or kb credence CLAIM P --why …")
    return 0


def _rows(maps: "Insight") -> list[dict[str, Any]]:
    from kb.insight.as_data import credence_data
    from kb.library.bearings import Bearings

    counts = Bearings(maps.record).counts()
    rows = []
    for agenda in maps.agenda_index.agendas.values():
        credence = maps.standing.credences.get(agenda.id)
        rated = sum(claim.id in maps.standing.credences for claim in agenda.theory_of_change)
        rows.append(
            {
                "agenda": agenda.id,
                "title": agenda.title,
                "tags": list(agenda.tags),
                "claims": len(agenda.theory_of_change),
                "rated": rated,
                "notes": sum(counts.get(name, 0) for name in agenda.names),
                "papers": len(agenda.papers),
                "origin": maps.agenda_index.origins.get(agenda.id),
                "credence": {**(credence_data(credence) or {}), "words": credence.words} if credence else None,
            }
        )
    return rows


@group.command()
def show(agenda: AgendaName, as_json: Json = False) -> int:
    """Show an agenda's map: each link with your credence and the evidence, the weakest link, and its critics."""
    from datetime import datetime

    from kb.cli.console import put_json
    from kb.cli.show_agenda import print_agenda
    from kb.insight.as_data import agenda_data

    with workspace() as opened:
        maps = insight(opened)
        view = maps.view(maps.agenda_index.agenda(agenda))
        changers = maps.changers(view)
    today = datetime.now().astimezone().date()
    if as_json:
        put_json(agenda_data(view, changers, today))
    else:
        print_agenda(view, changers, today)
    return 0


@group.command()
def brief(
    agenda: AgendaName,
    to: Annotated[Path | None, typer.Option("--to", "-o", help="A file; standard output if left out.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that was edited by hand.")] = False,
    as_json: Json = False,
) -> int:
    """Write where you stand on an agenda as Markdown: credences, evidence, and what would change your mind."""
    from kb.cli.console import put, put_json, say
    from kb.export.write import write_file

    with workspace() as opened:
        maps = insight(opened)
        found = maps.agenda_index.agenda(agenda)
        text = maps.brief(found)
    written = write_file(to, text, "markdown", overwrite=overwrite) if to else None
    if as_json:
        put_json({"agenda": found.id, "markdown": text, "file": str(written.path) if written else None})
    elif written:
        say(f"{written.outcome} {written.path}")
    else:
        put(text.rstrip("\n"))
    return 0


@group.command()
def edit(agenda: AgendaName, source: From = None, as_json: Json = False) -> int:
    """Change an agenda, in your editor as YAML; what came with the program stays as it was, and undo goes back."""
    with workspace() as opened:
        maps = insight(opened)
        found = maps.agenda_index.agenda(agenda)
        from kb.insight.agenda_text import as_yaml

        text = _written(opened, as_yaml(found), source)
        return _save(opened, maps, text, found.id, "edit", maps.agenda_index.origins.get(found.id) or "", as_json)


@group.command()
def fork(
    agenda: AgendaName,
    new_id: Annotated[str, typer.Argument(metavar="NEW_ID", help="The id of your own version.")],
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    source: From = None,
    as_json: Json = False,
) -> int:
    """Make a version of your own beside an agenda; claims that stay the same share their evidence and credence."""
    from kb.insight.agenda_text import as_yaml

    with workspace() as opened:
        maps = insight(opened)
        found = maps.agenda_index.agenda(agenda)
        _must_be_new(maps, new_id)
        copied = found.model_copy(update={"id": new_id, "title": title or f"{found.title} (my version)"})
        text = _written(opened, as_yaml(copied), source) if source else as_yaml(copied)
        return _save(opened, maps, text, new_id, "fork", found.id, as_json)


@group.command()
def add(
    new_id: Annotated[str, typer.Argument(metavar="NEW_ID", help="The id of the new agenda.")],
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    source: From = None,
    as_json: Json = False,
) -> int:
    """Add an agenda of your own, in your editor as YAML."""
    from kb.insight.agenda_text import TEMPLATE

    with workspace() as opened:
        maps = insight(opened)
        _must_be_new(maps, new_id)
        template = TEMPLATE.format(id=new_id, title=title or new_id.replace("-", " ").capitalize())
        return _save(opened, maps, _written(opened, template, source), new_id, "add", "", as_json)


@group.command()
def history(agenda: AgendaName, as_json: Json = False) -> int:
    """Every change that you made to an agenda, oldest first."""
    from kb.cli.console import put, put_json, say
    from kb.library.agendas import Agendas

    with workspace() as opened:
        name = _changed_id(insight(opened), agenda)
        found = Agendas(opened.record).history(name)
    if as_json:
        put_json({"agenda": name, "revisions": [revision.model_dump(mode="json") for revision in found]})
        return 0
    for number, revision in enumerate(found, 1):
        what = f"{len(revision.content.theory_of_change)} links" if revision.content else "as it came"
        put(f"{number:>3}  {revision.at:%Y-%m-%d %H:%M}  {revision.action:<5} {what}")
    if not found:
        say(f"you have not changed {name}. Next: kb agenda edit {name}")
    return 0


@group.command()
def undo(agenda: AgendaName, as_json: Json = False) -> int:
    """Take back your last change of an agenda; again takes back the one before."""
    from kb.cli.console import put_json, say
    from kb.library.agendas import Agendas

    with workspace() as opened:
        name = _changed_id(insight(opened), agenda)
        revision = Agendas(opened.record).undo(name)
    if as_json:
        put_json(revision.model_dump(mode="json"))
    else:
        say(f"{name} is back to {'your version before' if revision.content else 'what it was before you changed it'}")
    return 0


def _changed_id(maps: "Insight", text: str) -> str:
    """The agenda's id; also of one that the reader added and then took back."""
    from kb.library.agendas import Agendas

    return text if text in Agendas(maps.record).standing() else maps.agenda_index.agenda(text).id


def _must_be_new(maps: "Insight", new_id: str) -> None:
    from kb.errors import UsageError

    if new_id in {*maps.agenda_index.agendas, *maps.agenda_index.claims, *maps.agenda_index.cruxes}:
        raise UsageError(f"{new_id!r} is taken", "an id names one thing", "kb agenda list")


def _written(opened: "Workspace", text: str, source: str | None) -> str:
    """The new text: from a file, from standard input, or from the reader's editor."""
    from kb.cli.text_input import typed
    from kb.errors import UsageError
    from kb.notes.editor_text import edit_in_editor

    if source is None:
        return edit_in_editor(text, opened.home)
    if source == "-":
        return typed(source)
    try:
        return Path(source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{source} cannot be read", str(error), "kb agenda edit --help") from error


def _save(opened: "Workspace", maps: "Insight", text: str, name: str, action: Any, origin: str, as_json: bool) -> int:
    """Store an agenda that a text stands for; text that does not is kept in a file, which the error names."""
    from kb.cli.console import put_json, say
    from kb.errors import UsageError
    from kb.insight.agenda_text import from_yaml
    from kb.library.agendas import Agendas
    from kb.library.recovery import text_kept_if_lost

    with text_kept_if_lost(opened.home, text, "yaml"):
        try:
            agenda = maps.agenda_index.checked(from_yaml(text, name))
        except UsageError as error:
            then = f"mend the file, then kb agenda {action} {name} --from FILE"
            raise UsageError(error.what, error.why, then) from error
        is_new = agenda != maps.agenda_index.agendas.get(name)
        if is_new:
            Agendas(opened.record).save(agenda, action, origin)
    told = f"saved the agenda {name} with {len(agenda.theory_of_change)} links. Next: kb agenda show {name}"
    say(told if is_new else "nothing was changed")
    if as_json:
        put_json({"agenda": name, "action": action, "origin": origin, "content": agenda.model_dump(mode="json")})
    return 0
