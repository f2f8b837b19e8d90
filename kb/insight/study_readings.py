"""What explains a concept, and its canonical work, as readings: in the library or not, read or not."""

from collections.abc import Mapping

from kb.insight.cited_works import CitedWorks, Reading
from kb.models.concept import Concept
from kb.models.minutes import Basis
from kb.models.study_source import GUESSES, CanonicalWork, StudySource


def source_reading(source: StudySource, catalogue: CitedWorks) -> Reading:
    """A source with its own minutes, and with what the library knows of the work that it is or is part of."""
    known = catalogue.of_paper(source.cite) or catalogue.of_paper(source.url)
    if source.primer:
        known = catalogue.titled(source.title)
    own = {"cite": source.cite, "title": source.title, "kind": source.kind, "url": source.url}
    return _reading(own, source.minutes, source.minutes_from in GUESSES, known)


def canonical_reading(work: CanonicalWork, catalogue: CitedWorks) -> Reading:
    """A canonical work with the minutes of the portion that is meant."""
    own = {"cite": work.cite, "title": work.title, "authors": work.authors, "year": work.year, "url": work.url}
    return _reading(own, work.minutes, work.minutes_from in GUESSES, catalogue.of_paper(work.cite))


def teachers(concept: Concept, catalogue: CitedWorks) -> tuple[Reading, ...]:
    """Whatever teaches a concept: its sources, then its canonical work."""
    found = tuple(source_reading(source, catalogue) for source in concept.learn_from)
    return (*found, canonical_reading(concept.canonical, catalogue)) if concept.canonical else found


def is_same_work(source: StudySource, work: CanonicalWork) -> bool:
    """Whether reading the canonical work, as far as it is meant, is reading the source."""
    return work.cite in (source.url, source.cite) and work.where in ("", source.section)


def _reading(own: Mapping[str, object], minutes: int, guessed: bool, known: Reading | None) -> Reading:
    facts = known.model_dump(include={"paper", "state", "list", "entry", "url"}) if known else {}
    told = {name: value for name, value in {**facts, **own}.items() if value or name not in facts}
    takes = {"minutes": minutes, "estimated": guessed, "minutes_by": Basis.KIND if guessed else Basis.LIST}
    return Reading.model_validate({**facts, **told, **takes})
