"""All agendas as the reader has them: those from files, with the reader's own edits, forks and additions over them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.models.agenda import Agenda, AgendaMap, ChainClaim, Crux, FormerLink, Work
from kb.models.credence import Subject, SubjectKind
from kb.sources.maps import load_agendas

if TYPE_CHECKING:
    from kb.library.record import Record

_NEAR = 4
"""Names that fit into one line of an error."""
_CLOSE = 60
"""Likeness (rapidfuzz's WRatio, of 100) from which a name is offered, as in ``kb.search.did_you_mean``."""


@dataclass(frozen=True)
class AgendaPlace:
    """A claim or a crux, and the agenda that it is part of."""

    agenda: Agenda
    part: ChainClaim | FormerLink | Crux
    number: int
    """From 1, in the chain, or among the cruxes; 0 for a link that has left the chain."""


class AgendaIndex:
    """Finds agendas, claims and cruxes by whatever a reader calls them."""

    def __init__(
        self, agendas: Iterable[Agenda], works: Iterable[Work] = (), origins: dict[str, str] | None = None
    ) -> None:
        self.agendas = {agenda.id: agenda for agenda in agendas}
        self.works = tuple(works)
        self.origins = origins or {}
        """Forks, by the agenda that they were made from; the reader's edits and additions by an empty string."""
        self._tags: dict[str, Agenda] = {}
        self.claims: dict[str, AgendaPlace] = {}
        self.cruxes: dict[str, AgendaPlace] = {}
        for agenda in self.agendas.values():
            for tag in agenda.tags:
                self._tags.setdefault(tag, agenda)
            for number, claim in enumerate(agenda.theory_of_change, 1):
                self.claims.setdefault(claim.id, AgendaPlace(agenda, claim, number))
            for number, crux in enumerate(agenda.cruxes, 1):
                self.cruxes.setdefault(crux.id, AgendaPlace(agenda, crux, number))
        for agenda in self.agendas.values():
            for former in agenda.former_links:
                self.claims.setdefault(former.id, AgendaPlace(agenda, former, 0))

    @classmethod
    def open(cls, home: Home, record: "Record") -> "AgendaIndex":
        """The agendas of one library."""
        from kb.library.agendas import Agendas

        loaded = load_agendas(home)
        agendas = {agenda.id: agenda for agenda in loaded.agendas}
        origins = {}
        for revision in Agendas(record).standing().values():
            if revision.content:
                agendas[revision.agenda] = revision.content
                origins[revision.agenda] = revision.origin
        return cls(agendas.values(), loaded.works, origins)

    def agenda(self, text: str) -> Agenda:
        """The agenda with this id or tag, the only one that begins so, or the one that a claim of it names."""
        wanted = plain_name(text)
        found = self.agendas.get(wanted) or self._tags.get(wanted)
        if found:
            return found
        place = self.claims.get(wanted) or self.cruxes.get(wanted)
        if place:
            return place.agenda
        named = [agenda for agenda in self.agendas.values() if wanted and agenda.id.startswith(wanted)]
        begun = {agenda.id: agenda for name, agenda in self._by_name().items() if wanted and name.startswith(wanted)}
        if len(named) == 1 or len(begun) == 1:
            return (named or [*begun.values()])[0]
        raise self._unknown("agenda", text, [*begun], self._by_name())

    def claim(self, text: str) -> AgendaPlace:
        """The link of a chain with this id, the only one that begins so, or ``AGENDA/NUMBER``."""
        wanted = plain_name(text)
        if wanted in self.claims:
            return self.claims[wanted]
        if numbered := self._numbered(text):
            return numbered
        begun = [name for name in self.claims if wanted and name.startswith(wanted)]
        if len(begun) == 1:
            return self.claims[begun[0]]
        raise self._unknown("claim", text, begun, self.claims)

    def name(self, text: str) -> str:
        """What a note can bear on, by its own name: an agenda, a tag of the lists, a claim or a crux."""
        wanted = plain_name(text)
        known = {**self._by_name(), **self.claims, **self.cruxes}
        if wanted in known:
            return wanted
        if numbered := self._numbered(text):
            return numbered.part.id
        begun = [name for name in known if wanted and name.startswith(wanted)]
        agendas = [name for name in begun if name in self.agendas]
        if len(begun) == 1 or len(agendas) == 1:
            return (agendas or begun)[0]
        raise self._unknown("agenda, claim or crux", text, begun, known)

    def subject(self, text: str) -> Subject:
        """An agenda or a claim as something to believe; raises NotFoundError."""
        wanted = plain_name(text)
        if wanted in self.agendas or wanted in self._tags:
            return subject_of(self.agenda(wanted))
        if wanted in self.cruxes:
            raise UsageError(
                f"{wanted} is a crux, a question",
                "what is believed more or less is a claim or an agenda",
                f"kb credence {self.cruxes[wanted].part.bears_on[0]}",  # type: ignore[union-attr]  # it is a crux
            )
        try:
            return subject_of(self.claim(text).part)
        except NotFoundError as error:
            try:
                return subject_of(self.agenda(text))
            except NotFoundError:
                raise self._unknown("agenda or claim", text, [], [*self._by_name(), *self.claims]) from error

    def checked(self, agenda: Agenda) -> Agenda:
        """The agenda, if it can stand among the others; raises UsageError where an id would name two things."""
        others = [other for other in self.agendas.values() if other.id != agenda.id]
        try:
            AgendaMap(works=self.works, agendas=(*others, agenda))
        except ValidationError as error:
            why = error.errors()[0]["msg"].removeprefix("Value error, ")
            raise UsageError(f"the agenda {agenda.id} does not fit beside the others", why) from error
        return agenda

    def _by_name(self) -> dict[str, Agenda]:
        return {**self._tags, **self.agendas}

    def _numbered(self, text: str) -> AgendaPlace | None:
        """``debate/2``: the second link of that agenda's chain."""
        name, slash, number = text.strip().rpartition("/")
        if not slash or not number.isdigit():
            return None
        agenda = self.agenda(name)
        if not 1 <= int(number) <= len(agenda.theory_of_change):
            most = len(agenda.theory_of_change)
            raise NotFoundError(
                f"{agenda.id} has no claim {number}", f"its chain has {most}", f"kb agenda show {agenda.id}"
            )
        return AgendaPlace(agenda, agenda.theory_of_change[int(number) - 1], int(number))

    def _unknown(self, what: str, text: str, begun: list[str], names: Iterable[str]) -> NotFoundError:
        """With the names that begin so, else those that are spelled nearly so, else the agendas."""
        from rapidfuzz import fuzz, process

        said = text.strip()
        if len(begun) > 1:
            few = ", ".join(begun[: 2 * _NEAR]) + (" and more" if len(begun) > 2 * _NEAR else "")
            return NotFoundError(f"more than one {what} begins with {said!r}", few, "type more of the name")
        close = process.extract(plain_name(text), list(names), scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=_CLOSE)
        near = ", ".join(match[0] for match in close)
        why = f"the nearest are {near}" if near else f"the agendas are {', '.join(self.agendas)}"
        return NotFoundError(f"no {what} is called {said!r}", why, "kb agenda list")


def subject_of(part: "Agenda | ChainClaim | FormerLink | Crux") -> Subject:
    """An agenda or a claim with its words."""
    if isinstance(part, Agenda):
        return Subject(kind=SubjectKind.AGENDA, id=part.id, statement=part.title)
    assert isinstance(part, ChainClaim | FormerLink)
    return Subject(kind=SubjectKind.CLAIM, id=part.id, statement=part.statement)


def plain_name(text: str) -> str:
    """A name as ids are written: lower case, with dashes."""
    return re.sub(r"[\s_]+", "-", text.strip().lower())
