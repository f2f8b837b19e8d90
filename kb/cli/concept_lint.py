"""``kb concept lint``: whether every concept says why, can be learned from what it names, and is reached in order."""

from typing import TYPE_CHECKING

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.sources.list_lint import LintFinding
    from kb.workspace import Workspace


def register(group: typer.Typer) -> None:
    """Add this module's command to the group of concepts."""
    group.command()(lint)


def lint(as_json: Json = False) -> int:
    """Look for concepts without a reason, a source or a question, for ids never seen, and for ways that go wrong."""
    from kb.cli.console import put, put_json, say
    from kb.errors import ExitCode

    with workspace() as opened:
        found, count = _linted(opened)
    if as_json:
        put_json({"findings": [finding.model_dump() for finding in found]})
    else:
        for finding in found:
            put(f"{finding.level:<8} {finding.entry} {finding.field}: {finding.message}")
        say(f"{count} concepts, {len(found)} findings")
    return ExitCode.SOME_FAILED if found else ExitCode.OK


def _linted(opened: "Workspace") -> "tuple[tuple[LintFinding, ...], int]":
    """All findings, and how many concepts were looked at."""
    from kb.cli.concept_map import opened_concepts
    from kb.insight.concept_lint import lint_concepts, lint_paths
    from kb.reading.primer_pdf import primer_concepts
    from kb.sources.lists import load_lists
    from kb.sources.maps import load_agendas

    concepts, catalogue, _ = opened_concepts(opened)
    agendas = load_agendas(opened.home)
    works = {work.id: work.title for work in agendas.works}
    for entry in (entry for one in load_lists(opened.home) for entry in one.entries):
        works |= {name: entry.title for name in (entry.id, entry.arxiv_id, entry.url) if name}
    ids = {agenda.id for agenda in agendas.agendas}
    found = lint_concepts(concepts, works=works, primers=primer_concepts(), agendas=ids)
    return (*found, *lint_paths(concepts, catalogue)), len(concepts.by_id)
