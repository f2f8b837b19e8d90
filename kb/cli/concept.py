"""``kb concept``: why learn this, what to know first, and the shortest way there."""

from typing import Annotated

import typer

from kb.cli.options import Json, workspace

group = typer.Typer(no_args_is_help=True, help="Concepts: why learn them, and in which order.")
ConceptName = Annotated[str, typer.Argument(metavar="CONCEPT", help="An id, a title, a synonym, or a beginning.")]
Several = Annotated[list[str], typer.Argument(metavar="CONCEPT…", help="Ids, titles, or their beginnings.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    from kb.cli import concept_lint

    concept_lint.register(group)
    app.add_typer(group, name="concept")


@group.command("list")
def list_concepts(
    unknown: Annotated[bool, typer.Option("--unknown", help="Only what you do not know yet.")] = False,
    lessons: Annotated[bool, typer.Option("--lessons", help="The lessons that tie concepts to alignment.")] = False,
    as_json: Json = False,
) -> int:
    """Name the concepts; a star stands before those that you know."""
    from kb.cli.concept_map import opened_concepts
    from kb.cli.console import put, put_json, wrapped

    with workspace() as opened:
        concepts, _, known = opened_concepts(opened)
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
    """Say what a concept is, why and from what to learn it, and which agendas and reproductions need it."""
    from kb.cli.concept_map import opened_concepts
    from kb.cli.concept_text import concept_data, put_concept
    from kb.cli.console import put_json
    from kb.library.bearings import Bearings

    with workspace() as opened:
        concepts, catalogue, known = opened_concepts(opened)
        found = concepts.why(concepts.find(concept), known, catalogue)
        noted = Bearings(opened.record).about_concept(found.concept.id)
    if as_json:
        notes = [{"note": row.id, "kind": row.kind.value, "headline": row.headline} for row in noted]
        put_json({**concept_data(found), "notes": notes})
    else:
        put_concept(found, [f"{row.id}  {row.headline}" for row in noted])
    return 0


@group.command()
def path(concept: ConceptName, as_json: Json = False) -> int:
    """The shortest way to a concept from what you know, its canonical work included, with reasons and minutes."""
    from kb.cli.concept_map import opened_concepts
    from kb.cli.concept_text import path_data, put_path
    from kb.cli.console import put_json
    from kb.insight.reading_paths import reading_path

    with workspace() as opened:
        concepts, catalogue, known = opened_concepts(opened)
        found = reading_path(concepts, concepts.find(concept), known, catalogue)
    if as_json:
        put_json(path_data(found))
    else:
        put_path(found, len(known))
    return 0


@group.command()
def know(concept: Several, as_json: Json = False) -> int:
    """Say that you know some concepts, and what they build on."""
    return _declare(concept, True, as_json)


@group.command()
def forget(concept: Several, as_json: Json = False) -> int:
    """Say that you do not know some concepts after all, whatever you have read."""
    return _declare(concept, False, as_json)


def _declare(named: list[str], known: bool, as_json: bool) -> int:
    from kb.cli.concept_map import opened_concepts
    from kb.cli.console import put_json, say
    from kb.library.known_concepts import KnownConcepts

    with workspace() as opened:
        concepts, _, _ = opened_concepts(opened)
        found = [concepts.find(name).id for name in named]
        KnownConcepts(opened.record).declare(found, known)
        _, _, now = opened_concepts(opened)
    if as_json:
        put_json({"declared": found, "known": now})
    else:
        say(
            f"{', '.join(found)}: {'known' if known else 'not known'}; {len(now)} of {len(concepts.by_id)} known in all"
        )
    return 0
