"""``kb concept``: why learn this, what to know first, and the shortest way there."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.insight.concepts import Concepts, Use, Why
    from kb.insight.reading_paths import ReadingPath
    from kb.workspace import Workspace

group = typer.Typer(no_args_is_help=True, help="Concepts: why learn them, and in which order.")
ConceptName = Annotated[str, typer.Argument(metavar="CONCEPT", help="An id, a title, or its beginning.")]
Several = Annotated[list[str], typer.Argument(metavar="CONCEPT…", help="Ids, titles, or their beginnings.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="concept")


def _opened(opened: "Workspace") -> "tuple[Concepts, Any, dict[str, str]]":
    """The concepts, the catalogue, and what is known."""
    from kb.cli.agenda import insight
    from kb.insight.concepts import Concepts
    from kb.library.known_concepts import KnownConcepts
    from kb.sources.maps import load_concepts

    catalogue = insight(opened).standing.catalogue
    concepts = Concepts(load_concepts(opened.home))
    return concepts, catalogue, concepts.known(KnownConcepts(opened.record).standing(), catalogue)


@group.command("list")
def list_concepts(
    unknown: Annotated[bool, typer.Option("--unknown", help="Only what you do not know yet.")] = False,
    lessons: Annotated[bool, typer.Option("--lessons", help="The lessons that tie concepts to alignment.")] = False,
    as_json: Json = False,
) -> int:
    """Name the concepts; a star stands before those that you know."""
    from kb.cli.console import put, put_json, wrapped

    with workspace() as opened:
        concepts, _, known = _opened(opened)
    shown = [one for one in concepts.by_id.values() if not (unknown and one.id in known)]
    if as_json:
        rows = [{"concept": one.id, **one.model_dump(exclude={"id"}), "known": known.get(one.id)} for one in shown]
        put_json({"concepts": rows, "lessons": [lesson.model_dump() for lesson in concepts.lessons]})
    elif lessons:
        for lesson in concepts.lessons:
            put(wrapped(lesson.fact))
            put(wrapped(f"→ {lesson.relevant_for}", indent="    "))
            put(f"    concepts: {', '.join(lesson.concepts)}\n")
    else:
        for one in shown:
            put(f"{'*' if one.id in known else ' '} {one.id:<30} {one.title}")
    return 0


@group.command()
def show(concept: ConceptName, as_json: Json = False) -> int:
    """Say what a concept is, and which agendas, papers and reproductions need it."""
    from kb.cli.console import put_json
    from kb.insight.as_data import reading_data
    from kb.library.bearings import Bearings

    with workspace() as opened:
        concepts, catalogue, known = _opened(opened)
        found = concepts.why(concepts.find(concept), known, catalogue)
        noted = Bearings(opened.record).about_concept(found.concept.id)
    if not as_json:
        _print(found, [f"{row.id}  {row.headline}" for row in noted])
        return 0
    value = found.model_dump(mode="json")
    for name in ("requires", "leads_to"):
        value[name] = [one["id"] for one in value[name]]
    value["papers"] = [reading_data(reading) for reading in found.papers]
    notes = [{"note": row.id, "kind": row.kind.value, "headline": row.headline} for row in noted]
    put_json({**value["concept"], **value, "concept": found.concept.id, "notes": notes})
    return 0


def _print(found: "Why", notes: list[str]) -> None:
    from kb.cli.console import put, wrapped

    put(f"{found.concept.title}  ·  {found.concept.id}" + (f"  ·  known: {found.known}" if found.known else ""))
    put(wrapped(found.concept.definition, indent="  "))
    put("\nWhy learn this")
    for lesson in found.lessons:
        put(wrapped(f"{lesson.fact} → {lesson.relevant_for}", indent="  "))
    _print_uses("agendas", found.agendas)
    _print_uses("reproductions", found.reproductions)
    for reading in found.papers:
        put(f"  paper {reading.title} · {reading.time} · {reading.state.value if reading.state else reading.get}")
    if not (found.lessons or found.agendas or found.reproductions or found.papers):
        put("  nothing on the maps needs it")
    for title, ones in (("Know first", found.requires), ("Leads to", found.leads_to)):
        if ones:
            put(f"\n{title}\n  {', '.join(one.id for one in ones)}")
    if notes:
        put("\nMy notes")
        for note in notes:
            put(f"  {note}")


def _print_uses(name: str, uses: "tuple[Use, ...]") -> None:
    from kb.cli.console import put, wrapped

    by_way: dict[str, list[str]] = {}
    for use in uses:
        by_way.setdefault(use.through, []).append(use.name)
    for through, named in by_way.items():
        put(wrapped(f"{name}{f' through {through}' if through else ''}: {', '.join(named)}", indent="  "))


@group.command()
def path(concept: ConceptName, as_json: Json = False) -> int:
    """The shortest reading path to a concept from what you know, with minutes."""
    from kb.cli.console import put_json
    from kb.insight.as_data import reading_data
    from kb.insight.reading_paths import reading_path

    with workspace() as opened:
        concepts, catalogue, known = _opened(opened)
        found = reading_path(concepts, concepts.find(concept), known, catalogue)
    if not as_json:
        _print_path(found, len(known))
        return 0
    steps = [
        {
            "concepts": [one.id for one in step.concepts],
            "minutes": step.minutes,
            "estimated": step.estimated,
            "reading": reading_data(step.reading) if step.reading else None,
        }
        for step in found.steps
    ]
    put_json({"concept": found.target.id, "minutes": found.minutes, "estimated": found.estimated, "steps": steps})
    return 0


def _print_path(found: "ReadingPath", known: int) -> None:
    from kb.cli.console import put, say, wrapped

    if not found.steps:
        put(f"You know {found.target.id} already.")
        return
    for number, step in enumerate(found.steps, 1):
        about = ", ".join(one.id for one in step.concepts)
        if step.reading:
            put(f"{number:>2}. {step.reading.title}  ·  {step.reading.time}")
            put(wrapped(f"for {about}", indent="    "))
            put(f"    {step.reading.state.value + ': ' if step.reading.state else ''}{step.reading.get}")
        else:
            put(f"{number:>2}. {about}  ·  ~{step.minutes} min")
            put(wrapped(step.concepts[0].definition, indent="    "))
    put(f"In all {'~' if found.estimated else ''}{found.minutes} min to {found.target.id}.")
    if not known:
        say("Nothing counts as known yet. Next: kb concept know CONCEPT… shortens the path")


@group.command()
def know(concept: Several, as_json: Json = False) -> int:
    """Say that you know some concepts, and what they build on."""
    return _declare(concept, True, as_json)


@group.command()
def forget(concept: Several, as_json: Json = False) -> int:
    """Say that you do not know some concepts after all, whatever you have read."""
    return _declare(concept, False, as_json)


def _declare(named: list[str], known: bool, as_json: bool) -> int:
    from kb.cli.console import put_json, say
    from kb.library.known_concepts import KnownConcepts

    with workspace() as opened:
        concepts, _, _ = _opened(opened)
        found = [concepts.find(name).id for name in named]
        KnownConcepts(opened.record).declare(found, known)
        _, _, now = _opened(opened)
    if as_json:
        put_json({"declared": found, "known": now})
    else:
        say(
            f"{', '.join(found)}: {'known' if known else 'not known'}; {len(now)} of {len(concepts.by_id)} known in all"
        )
    return 0
