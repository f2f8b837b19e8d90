"""Alignment agendas: a problem, a theory of change as a chain of claims, and the cruxes on which it turns."""

from typing import Annotated

from pydantic import Field, model_validator

from kb.models.base import Value

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


class Source(Value):
    """Where a statement can be checked: a work, and the place in it."""

    cite: Text
    """An arXiv id, the id of a list entry, or an address."""
    where: Text
    """``abstract``, ``section 3.2``, ``title``."""


Sources = Annotated[tuple[Source, ...], Field(min_length=1)]


class Sourced(Value):
    """A statement, never without its sources."""

    statement: Text
    sources: Sources


class ChainClaim(Sourced):
    """One link of a theory of change: if it is false, the links after it lose their support."""

    id: Slug


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


class Agenda(Value):
    """An alignment agenda as an object that notes, credences and papers can be tied to."""

    id: Slug
    title: Text
    tags: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Tags of list entries that belong here."""
    problem: Sourced
    theory_of_change: Annotated[tuple[ChainClaim, ...], Field(min_length=3, max_length=6)]
    cruxes: Annotated[tuple[Crux, ...], Field(min_length=1)]
    proponents: Annotated[tuple[Voice, ...], Field(min_length=1)]
    critics: Annotated[tuple[Voice, ...], Field(min_length=1)]
    papers: Annotated[tuple[Text, ...], Field(min_length=1)]
    """arXiv ids, or ids of list entries, in reading order."""
    reproductions: tuple[Slug, ...] = ()

    @property
    def parts(self) -> dict[str, str]:
        """What the claims and cruxes say, by their ids, in order."""
        claims = {claim.id: claim.statement for claim in self.theory_of_change}
        return claims | {crux.id: crux.question for crux in self.cruxes}

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
    def _cruxes_point_into_the_chain(self) -> "Agenda":
        """A crux that bears on no claim of this agenda would silently never be shown."""
        claims = [claim.id for claim in self.theory_of_change]
        if len(set(claims)) != len(claims):
            raise ValueError(f"{self.id}: two claims have the same id")
        for crux in self.cruxes:
            if unknown := set(crux.bears_on) - set(claims):
                raise ValueError(f"{self.id}: crux {crux.id} bears on unknown claims {sorted(unknown)}")
        return self


class Work(Value):
    """A cited work that stands on no reading list, so that a citation always has a title."""

    id: Text
    """An arXiv id or an address."""
    title: Text
    authors: Annotated[tuple[Text, ...], Field(min_length=1)]
    year: int


class AgendaMap(Value):
    """The content of ``agendas.yaml``."""

    works: tuple[Work, ...] = ()
    agendas: tuple[Agenda, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "AgendaMap":
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
