"""Where the reader stands on an agenda: each link of its chain with credence and evidence, and what it turns on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.agendas.agenda_index import AgendaIndex
from kb.insight.agenda_age import Newest, newest_of
from kb.insight.cited_works import CitedWorks, Reading
from kb.insight.evidence import Evidence, EvidenceGraph
from kb.insight.link_works import BearingView
from kb.insight.reading_minutes import ReadingMinutes
from kb.library.credences import Credences
from kb.library.record import Record
from kb.models.agenda import Agenda, ChainClaim, FormerLink, LinkBearing, Sourced, ToRead, Voice
from kb.models.credence import Credence


@dataclass(frozen=True)
class LinkView:
    """One link of the chain."""

    claim: ChainClaim
    number: int
    credence: Credence | None
    supporting: tuple[Evidence, ...]
    opposing: tuple[Evidence, ...]
    neutral: tuple[Evidence, ...]
    sources: tuple[Reading, ...]
    """Where the claim itself can be checked."""
    works_for: tuple[BearingView, ...] = ()
    """What works found that speaks for it, as the map has it."""
    works_against: tuple[BearingView, ...] = ()

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Everything that bears on it."""
        return (*self.supporting, *self.opposing, *self.neutral)

    @property
    def balance(self) -> float:
        """Strength for it less strength against it."""
        return sum(item.strength for item in self.supporting) - sum(item.strength for item in self.opposing)


@dataclass(frozen=True)
class FormerView:
    """A link that has left the chain, with what the reader made of it while it stood."""

    link: FormerLink
    credence: Credence | None
    items: tuple[Evidence, ...]


@dataclass(frozen=True)
class VoiceView:
    """A proponent or critic, and how far the reader has come with what they wrote."""

    voice: Voice
    sources: tuple[Reading, ...]

    @property
    def is_unread(self) -> bool:
        """Whether none of it has been read so far."""
        return not any(source.is_read for source in self.sources)


@dataclass(frozen=True)
class WeakestLink:
    """The link on which the chain would break first, and why it is taken for that."""

    claim: ChainClaim
    number: int
    why: str


@dataclass(frozen=True)
class AgendaView:
    """An agenda as the reader sees it now."""

    agenda: Agenda
    origin: str | None
    """None for an agenda as it came; empty for the reader's own edit; else the agenda that it was forked from."""
    credence: Credence | None
    chain: tuple[LinkView, ...]
    general: tuple[Evidence, ...]
    """Notes that bear on the agenda as a whole, or on one of its cruxes."""
    proponents: tuple[VoiceView, ...]
    critics: tuple[VoiceView, ...]
    papers: tuple[Reading, ...]
    works: tuple[Reading, ...] = ()
    """Everything that it cites or tells to read, each once: those to read first, in their order."""
    former: tuple[FormerView, ...] = ()

    @property
    def newest(self) -> Newest | None:
        """The newest work that it cites; None where none of them is dated."""
        return newest_of(self.works)

    @property
    def unread_critics(self) -> tuple[VoiceView, ...]:
        """Critics of whom nothing has been read so far."""
        return tuple(critic for critic in self.critics if critic.is_unread)

    @property
    def product(self) -> tuple[float, float] | None:
        """What the links come to if each is rated given those before it; None until all are rated."""
        low = high = 1.0
        for link in self.chain:
            if link.credence is None:
                return None
            low, high = low * link.credence.low, high * link.credence.high
        return low, high

    @property
    def weakest(self) -> WeakestLink:
        """The link rated lowest; before any is rated, the one with least evidence for it."""
        rated = [link for link in self.chain if link.credence]
        if rated:
            link = min(rated, key=lambda one: (one.credence.p if one.credence else 1, one.balance, one.number))
            left = len(self.chain) - len(rated)
            more = f"; {left} of {len(self.chain)} links are not rated yet" if left else ""
            held = link.credence.words if link.credence else ""
            rank = (
                "lower than the others that you have rated" if len(rated) > 1 else "the only link that you have rated"
            )
            why = f"you hold it at {held}, {rank}{more}"
        else:
            link = min(self.chain, key=lambda one: (one.balance, one.number))
            counts = f"{len(link.supporting)} for it, {len(link.opposing)} against"
            why = f"no link is rated yet, and this one has least evidence on its side ({counts})"
        return WeakestLink(claim=link.claim, number=link.number, why=why)


class AgendaStandings:
    """Reads what the reader holds; one object serves many agendas."""

    def __init__(self, record: Record, agenda_index: AgendaIndex, minutes: ReadingMinutes | None = None) -> None:
        """``minutes`` say how long works take this reader; the rule alone where there are none."""
        self._record = record
        self.agenda_index = agenda_index
        self.catalogue = CitedWorks(record, agenda_index.works, minutes)
        self.credences: Mapping[str, Credence] = Credences(record).standing()

    def agenda(self, agenda: Agenda) -> AgendaView:
        """The whole map of one agenda."""
        return self.all([agenda])[0]

    def all(self, agendas: Sequence[Agenda], web: EvidenceGraph | None = None) -> tuple[AgendaView, ...]:
        """The maps of many agendas, for which notes and links are read once; ``web`` is what was read already."""
        read = web or self.web(agendas)
        return tuple(self._view(agenda, read) for agenda in agendas)

    def web(self, agendas: Sequence[Agenda]) -> EvidenceGraph:
        """All notes and links around these agendas."""
        return EvidenceGraph(self._record, {name for agenda in agendas for name in agenda.names})

    def _view(self, agenda: Agenda, web: EvidenceGraph) -> AgendaView:
        cruxes = [crux.id for crux in agenda.cruxes]
        return AgendaView(
            agenda=agenda,
            origin=self.agenda_index.origins.get(agenda.id),
            credence=self.credences.get(agenda.id),
            chain=tuple(self._link(claim, number, web) for number, claim in enumerate(agenda.theory_of_change, 1)),
            general=web.on(agenda.id, *agenda.tags, *cruxes),
            proponents=tuple(self._voice(voice) for voice in agenda.proponents),
            critics=tuple(self._voice(voice) for voice in agenda.critics),
            papers=tuple(self._to_read(one) for one in agenda.reading_order),
            works=self._works(agenda),
            former=tuple(self._former(link, web) for link in agenda.former_links),
        )

    def link(self, claim: ChainClaim, number: int) -> LinkView:
        """One link alone."""
        return self._link(claim, number, EvidenceGraph(self._record, [claim.id]))

    def _link(self, claim: ChainClaim, number: int, web: EvidenceGraph) -> LinkView:
        items = web.on(claim.id)
        return LinkView(
            claim=claim,
            number=number,
            credence=self.credences.get(claim.id),
            supporting=tuple(item for item in items if item.sign > 0),
            opposing=tuple(item for item in items if item.sign < 0),
            neutral=tuple(item for item in items if not item.sign),
            sources=self._sources(claim),
            works_for=self._bearings(claim.bearing_for),
            works_against=self._bearings(claim.bearing_against),
        )

    def _bearings(self, bearings: Sequence[LinkBearing]) -> tuple[BearingView, ...]:
        return tuple(BearingView(one, self.catalogue.reading(one.cite)) for one in bearings)

    def _former(self, link: FormerLink, web: EvidenceGraph) -> FormerView:
        return FormerView(link=link, credence=self.credences.get(link.id), items=web.on(link.id))

    def _to_read(self, place: ToRead) -> Reading:
        """Where no list says how long it takes, what the agenda guesses."""
        reading = self.catalogue.reading(place.cite)
        if place.minutes is None or not reading.estimated:
            return reading
        return reading.model_copy(update={"minutes": place.minutes, "minutes_error": None, "own_pace": False})

    def _works(self, agenda: Agenda) -> tuple[Reading, ...]:
        cited = (*agenda.papers, *(source.cite for source in agenda.sources))
        return tuple(self.catalogue.reading(cite) for cite in dict.fromkeys(cited) if cite != "me")

    def _voice(self, voice: Voice) -> VoiceView:
        return VoiceView(voice=voice, sources=self._sources(voice))

    def _sources(self, part: Sourced | Voice) -> tuple[Reading, ...]:
        return tuple(self.catalogue.reading(cite) for cite in dict.fromkeys(source.cite for source in part.sources))
