"""How a concept and the way to it are shown: as text for people, as plain data for programs."""

from typing import TYPE_CHECKING, Any

from kb.cli.console import put, say, wrapped
from kb.insight.as_data import reading_data

if TYPE_CHECKING:
    from kb.insight.cited_works import Reading
    from kb.insight.concepts import Use, Why
    from kb.insight.reading_paths import PathStep, ReadingPath
    from kb.models.concept import Concept


def concept_data(found: "Why") -> dict[str, Any]:
    """A concept's card, with what it leads to and what uses it."""
    value = found.model_dump(mode="json", exclude={"concept", "learn_from", "canonical"})
    for name in ("requires", "leads_to"):
        value[name] = [one["id"] for one in value[name]]
    value["papers"] = [reading_data(reading) for reading in found.papers]
    card = found.concept.model_dump(mode="json")
    sources = zip(found.concept.learn_from, found.learn_from, strict=True)
    card["learn_from"] = [
        {**source.model_dump(mode="json"), "paper": reading.paper, "state": reading.state, "get": reading.get}
        for source, reading in sources
    ]
    if found.canonical and card["canonical"]:
        card["canonical"] |= {"url": found.canonical.url, "paper": found.canonical.paper, "get": found.canonical.get}
    return {**card, **value, "concept": found.concept.id}


def path_data(found: "ReadingPath") -> dict[str, Any]:
    """A way to a concept, step by step."""
    return {
        "concept": found.target.id,
        "minutes": found.minutes,
        "estimated": found.estimated,
        "canonical": _named(found.target),
        "steps": [_step_data(step) for step in found.steps],
    }


def _named(concept: "Concept") -> str:
    """Its canonical work, or the sentence that it has none."""
    return concept.canonical.title if concept.canonical else concept.no_canonical


def _step_data(step: "PathStep") -> dict[str, Any]:
    reading = reading_data(step.reading) | {"section": step.section, "open": step.open} if step.reading else None
    return {
        "concepts": [one.id for one in step.concepts],
        "why": step.why,
        "minutes": step.minutes,
        "estimated": step.estimated,
        "canonical": step.canonical,
        "again": step.again,
        "skip_if": [one.check.model_dump() for one in step.concepts if one.check],
        "reading": reading,
    }


def put_concept(found: "Why", notes: list[str]) -> None:
    """The card, for a person."""
    one = found.concept
    put(f"{one.title}  ·  {one.id}" + (f"  ·  known: {found.known}" if found.known else ""))
    put(wrapped(one.definition, indent="  "))
    if one.synonyms:
        put(wrapped(f"also: {', '.join(one.synonyms)}", indent="  "))
    for name, text in (("Formula", one.formula), ("Example", one.example)):
        if text:
            put(f"\n{name}\n{wrapped(text, indent='  ')}")
    _put_why(found)
    _put_learning(found)
    _put_questions(one)
    for title, near in (("Know first", found.requires), ("Leads to", found.leads_to)):
        if near:
            put(f"\n{title}\n  {', '.join(each.id for each in near)}")
    if notes:
        put("\nMy notes")
        for note in notes:
            put(f"  {note}")


def _put_why(found: "Why") -> None:
    put("\nWhy learn this")
    if found.concept.why:
        put(wrapped(found.concept.why, indent="  "))
    for lesson in found.lessons:
        put(wrapped(f"{lesson.fact} → {lesson.relevant_for}", indent="  "))
    _put_uses("agendas", found.agendas)
    _put_uses("reproductions", found.reproductions)
    for reading in found.papers:
        put(f"  used in {reading.title} · {reading.time} · {_state(reading)}")
    if not (found.concept.why or found.lessons or found.agendas or found.reproductions or found.papers):
        put("  nothing on the maps needs it")


def _put_learning(found: "Why") -> None:
    """What explains it, and the work that it comes from."""
    one = found.concept
    if one.learn_from:
        put("\nLearn it from")
    for source, reading in zip(one.learn_from, found.learn_from, strict=True):
        part = f", {source.section}" if source.section else ""
        free = "" if source.open else " · not free"
        put(wrapped(f"{source.title}{part} · {reading.time} · {source.kind}{free}", indent="  "))
        put(f"    {_state(reading)}")
    if found.canonical and one.canonical:
        where = f", {one.canonical.where}" if one.canonical.where else ""
        by = ", ".join(one.canonical.authors)
        put("\nCanonical work")
        put(wrapped(f"{one.canonical.title}{where} · {by}, {one.canonical.year} · {found.canonical.time}", indent="  "))
        put(f"    {_state(found.canonical)}")
    elif one.no_canonical:
        put(f"\nCanonical work\n{wrapped(one.no_canonical, indent='  ')}")


def _put_questions(one: "Concept") -> None:
    for name, asked in (("Skip it if you can answer", one.check), ("Exercise", one.exercise)):
        if asked:
            put(f"\n{name}\n{wrapped(asked.question, indent='  ')}\n{wrapped(f'→ {asked.answer}', indent='    ')}")


def _put_uses(name: str, uses: "tuple[Use, ...]") -> None:
    by_way: dict[str, list[str]] = {}
    for use in uses:
        by_way.setdefault(use.through, []).append(use.name)
    for through, named in by_way.items():
        put(wrapped(f"{name}{f' through {through}' if through else ''}: {', '.join(named)}", indent="  "))


def _state(reading: "Reading") -> str:
    """How far one has come with it, or how to get it."""
    return reading.state.value if reading.state else reading.get


def put_path(found: "ReadingPath", known: int) -> None:
    """The steps in order, for a person."""
    if not found.steps:
        put(f"You know {found.target.id} already.")
        return
    for number, step in enumerate(found.steps, 1):
        _put_step(number, step)
    put(f"In all {'~' if found.estimated else ''}{found.minutes} min to {found.target.id}.")
    if found.target.no_canonical:
        put(wrapped(f"No canonical work: {found.target.no_canonical}"))
    if not known:
        say("Nothing counts as known yet. Next: kb concept know CONCEPT… shortens the path")


def _put_step(number: int, step: "PathStep") -> None:
    about = ", ".join(one.id for one in step.concepts)
    if step.reading is None:
        put(f"{number:>2}. {about}  ·  ~{step.minutes} min")
        put(wrapped(step.concepts[0].definition, indent="    "))
        return
    part = f", {step.section}" if step.section else ""
    time = "as before" if step.again else step.reading.time
    marks = ["canonical work"] * step.canonical + ["not free"] * (not step.open)
    put(wrapped("  ·  ".join((f"{number:>2}. {step.reading.title}{part}", time, step.reading.kind, *marks))))
    put(wrapped(f"for {about}" + (f": {step.why}" if step.why else ""), indent="    "))
    put(f"    {step.reading.state.value + ': ' if step.reading.state else ''}{step.reading.get}")
