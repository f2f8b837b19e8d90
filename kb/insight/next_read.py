"""What to read next, with the reasons: list order, prerequisites, cruxes, citations, and the time at hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, NamedTuple

from kb.insight.agenda_view import AgendaView
from kb.insight.citations import cited
from kb.insight.cited_works import CitedWorks, Reading
from kb.insight.concepts import Concepts
from kb.insight.cruxes import RankedCrux
from kb.models.natural import natural
from kb.models.reading_state import WAS_SEEN, ReadingState

WEIGHTS: dict[str, float] = {
    "list": 3.0,
    "crux": 2.0,
    "critic": 2.0,
    "prerequisites": 1.5,
    "begun": 1.0,
    "citations": 1.0,
}
"""How much each reason counts; each gives between 0 and 1, prerequisites that are missing take away."""
_TOP_CRUXES = 5
"""Cruxes whose works are suggested: what a reader can hold in mind; a judgement."""
_MANY_CITATIONS = 15
"""Papers of the library that cite a work from which it counts in full; few libraries have more that do."""
FIRST_LIST = "spine-10h"
"""With this one a reader begins who has begun none: it asks for nothing that is not in it."""


class ListPlace(NamedTuple):
    """Where an unread work stands in a list."""

    list: str
    ahead: int
    """How many unread entries of the list come before it."""
    turn: float
    """1 for a list whose turn it is, less for one that is not begun."""
    told: str
    """Why it has its turn, or not."""
    level: str


@dataclass(frozen=True)
class Suggestion:
    """Something to read, and why."""

    reading: Reading
    parts: Mapping[str, float]
    reasons: tuple[str, ...]

    @property
    def score(self) -> float:
        """What the reasons come to."""
        return sum(WEIGHTS[name] * value for name, value in self.parts.items())


class NextRead:
    """Weighs everything that is not read yet."""

    def __init__(
        self,
        catalogue: CitedWorks,
        concepts: Concepts,
        known: Mapping[str, str],
        views: Sequence[AgendaView],
        cruxes: Sequence[RankedCrux],
        citations: Mapping[str, int],
        citations_by_read: Mapping[str, int] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._concepts = concepts
        self._known = known
        self._citations = citations
        self._citations_by_read = citations_by_read or {}
        self._teaches = _by_title(catalogue, ((cite, one.id) for one in concepts.by_id.values() for cite in one.papers))
        pairs = ((source.cite, one) for one in cruxes[:_TOP_CRUXES] for source in one.crux.sources)
        self._cruxes = _by_title(catalogue, pairs)
        held = [view for view in views if _is_held(view)]
        self._critics = {
            source.title: (view, critic) for view in held for critic in view.unread_critics for source in critic.sources
        }
        self._places = dict(_places(catalogue))

    def suggest(self, minutes: int | None = None, list_id: str | None = None) -> tuple[Suggestion, ...]:
        """What is unread and fits the time at hand, best first; each work once."""
        found: dict[str, Suggestion] = {}
        places = self._places if list_id is None else dict(_places(self._catalogue, list_id))
        for reading in self._candidates(list_id):
            if reading.is_read or (minutes is not None and reading.minutes > minutes):
                continue
            place = places.get(reading.title)
            if reading.title not in found or (place and place.list == reading.list):
                found[reading.title] = self._weighed(reading, minutes, places)
        return tuple(sorted(found.values(), key=lambda one: (-one.score, one.reading.minutes, one.reading.title)))

    def _candidates(self, list_id: str | None) -> Iterator[Reading]:
        for data, reading in self._catalogue.listed:
            if list_id in (None, reading.list) and not data.get("duplicate_of"):
                yield reading
        if list_id is None:
            for title, (_, critic) in self._critics.items():
                yield next(source for source in critic.sources if source.title == title)

    def _weighed(self, reading: Reading, minutes: int | None, places: Mapping[str, ListPlace]) -> Suggestion:
        told = [*_of_lists(reading, places), *self._of_cruxes(reading), *self._of_prerequisites(reading)]
        told += [*self._of_citations(reading), *_of_state(reading)]
        reasons = [reason for _, _, reason in told]
        if minutes is not None:
            reasons.append(f"it takes {reading.time} of the {minutes} min that you have")
        return Suggestion(reading, {name: value for name, value, _ in told}, tuple(reasons))

    def _of_cruxes(self, reading: Reading) -> Iterator[tuple[str, float, str]]:
        for one in self._cruxes.get(reading.title, ())[:1]:
            value = 1 / (1 + (one.best - 1) / 3)
            yield "crux", value, f"it bears on a crux of {one.agenda.id} (rank {one.rank}): {one.crux.question}"
        if held := self._critics.get(reading.title):
            yield "critic", 1.0, f"an unread critic of {held[0].agenda.id}, on which you hold a view"

    def _of_prerequisites(self, reading: Reading) -> Iterator[tuple[str, float, str]]:
        taught = [one for one in self._teaches.get(reading.title, ()) if one not in self._known]
        if not taught:
            return
        inside = set(taught)
        lacking = {need for one in taught for need in self._concepts.missing(one, self._known)} - inside
        if lacking:
            value, reason = -min(1.0, len(lacking) / 3), f"it needs {_listed(lacking)} first"
            yield "prerequisites", value, f"{reason}: kb concept path {taught[0]}"
        else:
            yield "prerequisites", 1.0, f"it needs nothing that you do not know, and it uses {_listed(taught)}"

    def _of_citations(self, reading: Reading) -> Iterator[tuple[str, float, str]]:
        count = cited(self._citations, reading.cite, reading.title)
        if count:
            by_read = cited(self._citations_by_read, reading.cite, reading.title)
            value = min(1.0, log2(1 + count + by_read) / log2(1 + _MANY_CITATIONS))
            told = f"{count} papers in your library cite it" if count > 1 else "1 paper in your library cites it"
            yield "citations", value, f"already cited by {by_read} that you read; {told}" if by_read else told


def _of_lists(reading: Reading, places: Mapping[str, ListPlace]) -> Iterator[tuple[str, float, str]]:
    place = places.get(reading.title)
    if place:
        value = place.turn / (1 + place.ahead / 3) * (1.0 if place.level == "core" else 0.5)
        before = "1 unread entry comes" if place.ahead == 1 else f"{place.ahead} unread entries come"
        order = f"{before} before it" if place.ahead else "the next unread entry"
        yield "list", value, f"{order} of {place.list}, {place.told}"


def _of_state(reading: Reading) -> Iterator[tuple[str, float, str]]:
    if reading.state is ReadingState.SKIMMED:
        yield "begun", 1.0, "you have skimmed it"
    elif reading.state is ReadingState.QUEUED:
        yield "begun", 1.0, "you have queued it"
    elif reading.paper:
        yield "begun", 0.3, "it is in your library"


def _places(catalogue: CitedWorks, list_id: str | None = None) -> Iterator[tuple[str, ListPlace]]:
    """Where each unread work stands among what is unread of the first list that has it, or of the one asked for."""
    begun = {reading.list for _, reading in catalogue.listed if reading.state in WAS_SEEN}
    turns = dict.fromkeys(begun, (1.0, "which you have begun")) or {FIRST_LIST: (1.0, "the one to begin with")}
    ahead: dict[str, int] = {}
    seen: set[str] = set()
    asked = [one for one in catalogue.listed if list_id in (None, one[1].list)]
    ordered = sorted(asked, key=lambda one: (one[1].list not in turns, natural(one[1].list)))
    for data, reading in ordered:
        if reading.is_read or reading.title in seen:
            continue
        seen.add(reading.title)
        turn, told = turns.get(reading.list, (0.4, "not begun yet"))
        yield reading.title, ListPlace(reading.list, ahead.get(reading.list, 0), turn, told, data.get("level", "core"))
        ahead[reading.list] = ahead.get(reading.list, 0) + 1


def _by_title(catalogue: CitedWorks, pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    """Values by the title of what a citation stands for, since a work may be cited by several ids."""
    found: dict[str, list[Any]] = {}
    for cite, value in pairs:
        found.setdefault(catalogue.reading(cite).title, []).append(value)
    return found


def _is_held(view: AgendaView) -> bool:
    """Whether the reader has rated the agenda or a link of it, or noted something on it."""
    return bool(view.credence or view.general or any(link.credence or link.all for link in view.chain))


def _listed(names: Iterable[str], most: int = 4) -> str:
    ordered = sorted(names)
    return ", ".join(ordered[:most]) + (f" and {len(ordered) - most} more" if len(ordered) > most else "")
