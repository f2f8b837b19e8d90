"""What is wrong with the concepts although they can be read: found before a reader is sent the wrong way."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from kb.insight.cited_works import CitedWorks
from kb.insight.concepts import Concepts
from kb.insight.reading_paths import reading_path
from kb.insight.study_readings import is_same_work
from kb.models.concept import Concept
from kb.models.study_source import StudySource
from kb.sources.list_lint import ALIKE, LintFinding
from kb.sources.titles import plain

Problem = tuple[str, str]
"""The field, and what is wrong with it."""


def lint_concepts(
    concepts: Concepts, *, works: Mapping[str, str], primers: Mapping[str, Collection[str]], agendas: Collection[str]
) -> tuple[LintFinding, ...]:
    """Look at the concepts alone; ``works`` are titles of known works by id, ``primers`` what each teaches."""
    names = Counter(name.casefold() for one in concepts.by_id.values() for name in one.names)
    found: list[LintFinding] = []
    for one in concepts.by_id.values():
        problems = [*_whole(one), *_canonical(one, works), *_sources(one, primers), *_edges(one, concepts)]
        problems += [("synonyms", f"{name!r} names two concepts") for name in one.names if names[name.casefold()] > 1]
        problems += [("agendas", f"no agenda is called {name}") for name in one.agendas if name not in agendas]
        found += _findings(one, problems)
    return tuple(found)


def lint_paths(concepts: Concepts, catalogue: CitedWorks) -> tuple[LintFinding, ...]:
    """Walk the way to each concept from nothing: it holds the canonical work, and nothing before what it needs."""
    found: list[LintFinding] = []
    for one in concepts.by_id.values():
        path = reading_path(concepts, one, {}, catalogue)
        problems: list[Problem] = []
        if one.canonical and not any(step.canonical for step in path.steps):
            problems.append(("canonical", f"the way to it leaves out {one.canonical.title}"))
        learned: set[str] = set()
        for step in path.steps:
            learned |= {each.id for each in step.concepts}
            early = {need for each in step.concepts for need in each.requires} - learned
            problems += [("learn_from", f"the way to it needs {need} before that is taught") for need in sorted(early)]
        found += _findings(one, problems)
    return tuple(found)


def _findings(one: Concept, problems: Iterable[Problem]) -> Iterator[LintFinding]:
    for field, message in problems:
        yield LintFinding(list="concepts", entry=one.id, field=field, level="error", message=message)


def _whole(one: Concept) -> Iterator[Problem]:
    """A concept says why, from what to learn it, and how one knows that one has it."""
    for field, held in (("why", one.why), ("learn_from", one.learn_from), ("check", one.check)):
        if not held:
            yield field, f"it has no {field}"
    if not one.exercise and not one.reproductions:
        yield "exercise", "it has neither an exercise nor a reproduction"
    if not one.canonical and not one.no_canonical:
        yield "canonical", "it names no canonical work, and no reason for that"


def _canonical(one: Concept, works: Mapping[str, str]) -> Iterator[Problem]:
    """The id of a canonical work was seen beside its title: on a list or among cited works, or where ``seen`` says."""
    from rapidfuzz import fuzz

    work = one.canonical
    if work is None:
        return
    if work.cite not in works and not work.url:
        yield "canonical", f"{work.cite!r} is no arXiv id, no listed entry and no address"
    known = works.get(work.cite)
    if known is None and not work.seen:
        yield "canonical", f"nothing says where {work.cite} was seen beside its title"
    elif known and fuzz.token_set_ratio(plain(known), plain(work.title)) < ALIKE:
        yield "canonical", f"{work.cite} is {known!r} elsewhere"


def _sources(one: Concept, primers: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """A source can be opened, says where it was seen, and is no research paper for a school-book word."""
    for source in one.learn_from:
        yield from (("learn_from", message) for message in _source(one, source, primers))
        if source.kind == "paper" and one.canonical is None:
            yield "learn_from", f"a research paper, {source.title}, stands for a school-book word"


def _source(one: Concept, source: StudySource, primers: Mapping[str, Collection[str]]) -> Iterator[str]:
    if source.primer:
        if source.primer not in primers:
            yield f"there is no primer {source.primer}"
        elif one.id not in primers[source.primer]:
            yield f"the primer {source.primer} does not say that it teaches this"
    elif not source.url.startswith(("http://", "https://")):
        yield f"{source.title} is only a title: {source.url!r} is no address"
    elif not source.seen:
        yield f"nothing says where {source.url} was seen beside its title"


def _edges(one: Concept, concepts: Concepts) -> Iterator[Problem]:
    """No prerequisite follows from another, and none is explained only by the work that it should prepare for."""
    import networkx as nx

    for need in one.requires:
        others = (other for other in one.requires if other != need)
        implied = next((other for other in others if need in nx.ancestors(concepts.graph, other)), None)
        if implied:
            yield "requires", f"{need} is needed for {implied} anyway"
        sources = concepts.by_id[need].learn_from
        if one.canonical and sources and all(is_same_work(source, one.canonical) for source in sources):
            yield "requires", f"{need} is explained only by {one.canonical.title}, which it should prepare for"
