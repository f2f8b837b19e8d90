"""``kb lists lint`` and ``kb lists diff``: looking after reading lists, and what changed between two editions."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.lists import group
from kb.cli.options import Json

if TYPE_CHECKING:
    from kb.config import Home
    from kb.models.reading_list import ReadingList
    from kb.sources.list_lint import LintFinding


def register(app: typer.Typer) -> None:
    """Add this module's commands to the group of lists."""
    group.command()(lint)
    group.command()(diff)


def lint(
    list_id: Annotated[str | None, typer.Argument(metavar="LIST", help="One list; all if left out.")] = None,
    online: Annotated[bool, typer.Option("--online", help="Also ask arXiv about every id.")] = False,
    as_json: Json = False,
) -> int:
    """Look for dead or repeated ids, missing order, unknown agendas; online also for withdrawn and newer papers."""
    from kb.cli.console import put, put_json, say
    from kb.config import open_home
    from kb.errors import ExitCode
    from kb.sources.list_lint import lint_seen
    from kb.sources.lists import find_list, list_problems, load_lists

    home = open_home()
    lists = (find_list(home, list_id),) if list_id else load_lists(home)
    problems = () if list_id else list_problems(home)
    found = [finding for one in lists for finding in (*_linted(home, one, online), *lint_seen(one))]
    errors = bool(problems) or any(finding.level == "error" for finding in found)
    if as_json:
        rows = [finding.model_dump() for finding in found]
        put_json({"findings": rows, "unreadable": [problem.what for problem in problems]})
        return ExitCode.SOME_FAILED if errors else ExitCode.OK
    for problem in problems:
        put(f"error    {problem}")
    for finding in found:
        put(f"{finding.level:<8} {finding.list} {finding.entry} {finding.field}: {finding.message}")
    say(f"{len(lists)} lists, {len(found) + len(problems)} findings")
    return ExitCode.SOME_FAILED if errors else ExitCode.OK


def _linted(home: "Home", reading_list: "ReadingList", online: bool) -> "tuple[LintFinding, ...]":
    from kb.sources.list_lint import lint as look
    from kb.sources.list_lint import lint_answers
    from kb.sources.maps import load_agendas, load_concepts
    from kb.sources.tags import known_tags

    agendas = {*known_tags(), *(agenda.id for agenda in load_agendas(home).agendas)}
    concepts = {concept.id for concept in load_concepts(home).concepts}
    found = (*look(reading_list, agendas=agendas, concepts=concepts), *_promises(reading_list))
    if not online:
        return found
    from kb.config import machine_cache
    from kb.sources.arxiv import ArxivClient
    from kb.sources.limiter import Limiter

    client = ArxivClient(home.settings, Limiter(machine_cache(), home.settings.arxiv_delay))
    ids = {each for entry in reading_list.entries for each in (entry.arxiv_id, entry.paper_arxiv_id) if each}
    return (*found, *lint_answers(reading_list, {answer.asked: answer for answer in client.records(sorted(ids))}))


def _promises(reading_list: "ReadingList") -> "tuple[LintFinding, ...]":
    from kb.reading.primer_pdf import primer_files
    from kb.reproductions.registry import reproductions
    from kb.sources.list_rules import lint_promises

    return lint_promises(reading_list, primers=primer_files(), reproductions={one.id for one in reproductions()})


def diff(
    before: Annotated[str, typer.Argument(help="LIST@EDITION, or a list.")],
    after: Annotated[str, typer.Argument(help="LIST@EDITION, or a list.")],
    as_json: Json = False,
) -> int:
    """Say what came, went and changed from one edition, or one list, to another."""
    from kb.cli.console import put, put_json, say
    from kb.config import open_home
    from kb.sources.list_diff import diff as compare

    home = open_home()
    changes = compare(_edition(home, before), _edition(home, after))
    if as_json:
        put_json({"changes": [change.model_dump() for change in changes]})
        return 0
    for change in changes:
        detail = f" {change.field}: {change.before} → {change.after}" if change.what == "changed" else ""
        put(f"{change.what:<8} {change.entry}  {change.title}{detail}")
    counts = {what: sum(change.what == what for change in changes) for what in ("added", "removed", "changed")}
    say(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 0


def _edition(home: "Home", text: str) -> "ReadingList":
    from kb.sources.lists import find_list, in_edition

    list_id, _, edition = text.partition("@")
    return in_edition(find_list(home, list_id), edition or None)
