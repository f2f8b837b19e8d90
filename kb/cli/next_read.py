"""``kb next`` and ``kb terms``: what to read next and why, and what words mean where."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from collections import Counter

    from kb.insight.next_read import Suggestion
    from kb.insight.terms import Term, TermMeaning
    from kb.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("next")(next_read)
    app.command()(terms)


def next_read(
    minutes: Annotated[int | None, typer.Option(min=1, help="The time that you have.")] = None,
    in_list: Annotated[str | None, typer.Option("--list", help="Only from this reading list.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 3,
    as_json: Json = False,
) -> int:
    """Say what to read next, always with the reasons."""
    from kb.cli.console import put_json, say
    from kb.errors import ExitCode
    from kb.sources.lists import find_list

    with workspace() as opened:
        wanted = find_list(opened.home, in_list).id if in_list else None
        found = _suggested(opened, minutes, wanted)[:limit]
    if as_json:
        put_json({"minutes": minutes, "next": [_data(one) for one in found]})
    for number, one in enumerate(() if as_json else found, 1):
        _print(number, one)
    if not found:
        say("nothing unread fits. Next: kb lists, or give more --minutes")
    return ExitCode.OK if found else ExitCode.NOTHING_FOUND


def _suggested(opened: "Workspace", minutes: int | None, list_id: str | None) -> "tuple[Suggestion, ...]":
    from datetime import UTC, datetime

    from kb.cli.agenda import insight
    from kb.insight.audit import Auditor
    from kb.insight.concepts import Concepts
    from kb.insight.cruxes import rank_cruxes, read_rule
    from kb.insight.next_read import NextRead
    from kb.library.known_concepts import KnownConcepts
    from kb.sources.maps import load_concepts

    maps = insight(opened)
    agendas = list(maps.agenda_index.agendas.values())
    audited = Auditor(opened.record, maps.agenda_index, datetime.now(UTC)).agendas(maps.agenda_index.agendas)
    concepts = Concepts(load_concepts(opened.home))
    catalogue = maps.standing.catalogue
    known = concepts.known(KnownConcepts(opened.record).standing(), catalogue)
    views = maps.standing.all(agendas)
    cruxes = rank_cruxes(agendas, audited, read_rule(opened.home))
    return NextRead(catalogue, concepts, known, views, cruxes, *_citations(opened)).suggest(minutes, list_id)


def _citations(opened: "Workspace") -> "tuple[Counter[str], Counter[str]]":
    """How many of the library's papers name each work, and how many of those that were read."""
    from collections import Counter

    from kb.insight.citations import times_cited
    from kb.models.reading_state import WAS_READ

    if not opened.home.texts.exists():
        return Counter(), Counter()
    read = {paper.id for paper in opened.papers.all() if paper.state in WAS_READ}
    counted: Counter[str] = Counter()
    by_read: Counter[str] = Counter()
    for paper_id, sha256 in sorted({(version.paper, version.sha256) for version in opened.papers.all_versions()}):
        found = times_cited(opened.texts.references(sha256))
        counted.update(found)
        if paper_id in read:
            by_read.update(found)
    return counted, by_read


def _data(one: "Suggestion") -> dict[str, Any]:
    from kb.insight.as_data import reading_data

    parts = {name: round(value, 3) for name, value in one.parts.items()}
    return {**reading_data(one.reading), "score": round(one.score, 3), "parts": parts, "reasons": list(one.reasons)}


def _print(number: int, one: "Suggestion") -> None:
    from kb.cli.console import put, wrapped

    reading = one.reading
    by = f"{reading.authors[0]}{' et al.' if len(reading.authors) > 1 else ''}, " if reading.authors else ""
    put(f"{number}. {reading.title}")
    put(f"   {by}{reading.year or 'no year'} · {reading.length.told} · {reading.get}")
    for reason in one.reasons:
        put(wrapped(f"because {reason}", indent="   "))


def terms(
    term: Annotated[str | None, typer.Argument(help="One term, or a part of it.")] = None,
    as_json: Json = False,
) -> int:
    """Show what a term means in each paper, side by side."""
    from kb.cli.console import put_json, say
    from kb.errors import ExitCode
    from kb.insight.terms import term_ledger

    with workspace() as opened:
        found = term_ledger(opened.record, term or "")
    if as_json:
        put_json({"terms": [_term_data(one) for one in found]})
    for one in () if as_json else found:
        _print_term(one)
    if not found:
        say("no such term. Next: kb note add PAPER --kind term --text TERM --field definition=… --quote …")
    return ExitCode.OK if found or term is None else ExitCode.NOTHING_FOUND


def _term_data(one: "Term") -> dict[str, Any]:
    meanings = [
        {
            "note": meaning.note,
            "term": meaning.term,
            "definition": meaning.definition,
            "paper": meaning.paper.id if meaning.paper else None,
            "title": meaning.paper.title if meaning.paper else None,
            "year": meaning.paper.year if meaning.paper else None,
            "page": meaning.anchor.page if meaning.anchor else None,
            "quote": meaning.anchor.quote if meaning.anchor else None,
            "state": meaning.anchor.state.value if meaning.anchor else None,
        }
        for meaning in one.meanings
    ]
    return {"term": one.term, "papers": one.papers, "meanings": meanings}


def _print_term(one: "Term") -> None:
    from kb.cli.console import put

    put(one.term)
    for meaning in one.meanings:
        _print_meaning(meaning)
    put()


def _print_meaning(meaning: "TermMeaning") -> None:
    from kb.cli.console import put, wrapped

    where = f"{meaning.paper.title} ({meaning.paper.year or 'no year'})" if meaning.paper else "in my own words"
    put(wrapped(meaning.definition, indent="  "))
    if meaning.anchor and meaning.anchor.quote != meaning.definition:
        put(wrapped(f"“{meaning.anchor.quote}”", indent="    > "))
    page = f", p. {meaning.anchor.page}" if meaning.anchor and meaning.anchor.page else ""
    state = f" ({meaning.anchor.state.value})" if meaning.anchor else ""
    put(f"    — {where}{page}{state}  {meaning.note}")
