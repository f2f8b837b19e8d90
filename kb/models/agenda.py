"""Alignment agendas: a problem, a theory of change as a chain of claims, and the cruxes on which it turns."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from kb.models.base import Value
from kb.models.note import EvidenceKind

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""``2026-12``."""
Years = Annotated[Text, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
"""``2030``, ``2027-2030``; YAML reads a bare year as a number."""


class Source(Value):
    """Where a statement can be checked: a work, and the place in it."""

    cite: Text
    """An arXiv id, the id of a list entry, or an address."""
    where: Text
    """``abstract``, ``section 3.2``, ``title``."""


class LinkBearing(Source):
    """What a work found that speaks for a link, or against it."""

    finding: Text
    kind: EvidenceKind = ""
    """On what sort of system it was seen, where that is known."""


Sources = Annotated[tuple[Source, ...], Field(min_length=1)]


class Sourced(Value):
    """A statement, never without its sources."""

    statement: Text
    sources: Sources


class ChainClaim(Sourced):
    """One link of a theory of change: if it is false, the links after it lose their support."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: Slug
    raises: tuple[Text, ...] = ()
    """What, if it were seen, should raise a credence in it."""
    lowers: tuple[Text, ...] = ()
    """What, if it were seen, should lower a credence in it."""
    bearing_for: Annotated[tuple[LinkBearing, ...], Field(alias="for")] = ()
    bearing_against: Annotated[tuple[LinkBearing, ...], Field(alias="against")] = ()
    outcome: bool = False
    """Whether it says that less harm comes of it all: the last link of a chain that arrives."""
    scale: str = ""
    """Of an outcome: how much less, and of what."""
    date: Years | None = None
    """Of an outcome: by when."""
    reproductions: tuple[Slug, ...] = ()
    """Experiments that inform this link."""

    @property
    def bearings(self) -> tuple[LinkBearing, ...]:
        """What works found on it, those for it first."""
        return (*self.bearing_for, *self.bearing_against)

    @model_validator(mode="before")
    @classmethod
    def _works_that_bear_on_it_are_sources(cls, data: Any) -> Any:
        """A link's sources are those that it names and the works for it and against it."""
        if not isinstance(data, dict):
            return data
        named, bearings = _listed(data.get("sources")), [*_listed(data.get("for")), *_listed(data.get("against"))]
        return {**data, "sources": [*named, *_not_among(named, bearings)]}

    @model_serializer(mode="wrap")
    def _without_what_follows(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Sources that the works for it and against it give anyway, and fields that say nothing, are left out."""
        data: dict[str, Any] = handler(self)
        given = {(one.cite, one.where) for one in self.bearings}
        data["sources"] = [one.model_dump() for one in self.sources if (one.cite, one.where) not in given]
        return {"id": self.id, **{name: value for name, value in data.items() if value}}


class FormerLink(Value):
    """A link that stood in the chain once: readers' credences and notes hang on its id, so it still resolves."""

    id: Slug
    statement: Text
    now: Text
    """The link that took its place, or a sentence on why none did."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """None: it is kept for what readers made of it, and claims nothing any more."""
        return ()


class Crux(Value):
    """An open question that would move a reader who changed their mind about it."""

    id: Slug
    question: Text
    bears_on: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Ids of the claims of the chain that it decides."""
    sources: Sources


class Voice(Value):
    """Somebody whose argument or result speaks for an agenda, or against it, in one sentence."""

    who: Text
    view: Text
    sources: Sources


class ToRead(Value):
    """A place in an agenda's reading order."""

    cite: Text
    """An arXiv id, the id of a list entry, or an address."""
    minutes: Annotated[int, Field(gt=0)] | None = None
    """How long a newcomer's first reading takes, where the agenda says so."""
    why: str = ""

    @model_validator(mode="before")
    @classmethod
    def _a_bare_id(cls, data: Any) -> Any:
        return {"cite": data} if isinstance(data, str) else data

    @model_serializer(mode="wrap")
    def _bare_where_nothing_is_said(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any] | str:
        data: dict[str, Any] = {name: value for name, value in handler(self).items() if value}
        return self.cite if len(data) == 1 else data


class Agenda(Value):
    """An alignment agenda as an object that notes, credences and papers can be tied to."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: Slug
    title: Text
    tags: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Tags of list entries that belong here."""
    reviewed: Month | None = None
    """When somebody last held it against what had been published."""
    know_first: tuple[Slug, ...] = ()
    """Ids of concepts that one must know first."""
    problem: Sourced
    theory_of_change: Annotated[tuple[ChainClaim, ...], Field(min_length=3, max_length=7)]
    former_links: tuple[FormerLink, ...] = ()
    cruxes: Annotated[tuple[Crux, ...], Field(min_length=1)]
    proponents: Annotated[tuple[Voice, ...], Field(min_length=1)]
    critics: tuple[Voice, ...] = ()
    no_critics: str = ""
    """That nobody was found who says that it fails, and where one looked."""
    reading_order: Annotated[tuple[ToRead, ...], Field(alias="papers", min_length=1)]
    reproductions: tuple[Slug, ...] = ()

    @property
    def papers(self) -> tuple[str, ...]:
        """arXiv ids, ids of list entries, or addresses, in reading order."""
        return tuple(one.cite for one in self.reading_order)

    @property
    def parts(self) -> dict[str, str]:
        """What the claims, cruxes and former links say, by their ids, in order."""
        claims = {claim.id: claim.statement for claim in self.theory_of_change}
        cruxes = {crux.id: crux.question for crux in self.cruxes}
        return claims | cruxes | {former.id: former.statement for former in self.former_links}

    @property
    def names(self) -> frozenset[str]:
        """Every name under which a note may bear on it: its own, its tags, its claims and its cruxes."""
        return frozenset({self.id, *self.tags, *self.parts})

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that the agenda cites, in the order of its statements, repeats included."""
        parts: tuple[Sourced | Crux | Voice, ...]
        parts = (self.problem, *self.theory_of_change, *self.cruxes, *self.proponents, *self.critics)
        return tuple(source for part in parts for source in part.sources)

    @model_validator(mode="after")
    def _cruxes_point_into_the_chain(self) -> Self:
        """A crux that bears on no claim of this agenda would silently never be shown."""
        claims = [claim.id for claim in self.theory_of_change]
        ids = [*claims, *(former.id for former in self.former_links)]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.id}: two claims have the same id")
        for crux in self.cruxes:
            if unknown := set(crux.bears_on) - set(claims):
                raise ValueError(f"{self.id}: crux {crux.id} bears on unknown claims {sorted(unknown)}")
        return self

    @model_validator(mode="after")
    def _somebody_disagrees_or_it_says_so(self) -> Self:
        if not self.critics and not self.no_critics:
            raise ValueError(f"{self.id}: it names no critics, and no_critics does not say that none was found")
        return self


class Work(Value):
    """A cited work that stands on no reading list, so that a citation always has a title."""

    id: Text
    """An arXiv id or an address."""
    title: Text
    authors: Annotated[tuple[Text, ...], Field(min_length=1)]
    year: int


class AgendaMap(Value):
    """The content of a file of agendas."""

    works: tuple[Work, ...] = ()
    agendas: tuple[Agenda, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        """Claims and cruxes are addressed by their id alone: two agendas may share one only where it says the same."""
        for ids in ([agenda.id for agenda in self.agendas], [work.id for work in self.works]):
            if twice := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(f"used twice: {', '.join(twice)}")
        said: dict[str, str] = {}
        for agenda in self.agendas:
            for part_id, text in agenda.parts.items():
                if said.setdefault(part_id, text) != text:
                    raise ValueError(f"{agenda.id}: {part_id} says something else in another agenda: give it a new id")
        if taken := sorted(said.keys() & {agenda.id for agenda in self.agendas}):
            raise ValueError(f"used for an agenda and for a part of one: {', '.join(taken)}")
        return self


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _not_among(named: Iterable[Any], bearings: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Bearings as sources, each work once, but for those that are named; what is malformed is left for validation."""
    seen = {str(one.get("cite")) for one in named if isinstance(one, dict)}
    for one in bearings:
        if isinstance(one, dict) and (cite := str(one.get("cite"))) not in seen:
            seen.add(cite)
            yield {name: one[name] for name in ("cite", "where") if name in one}
