"""All that is shown of an agenda at once: its map, the audit of each link, its cruxes in order, runs, and the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kb.insight.agenda_view import AgendaView
from kb.insight.audit import Audited, Auditor
from kb.insight.cruxes import RankedCrux, rank_cruxes, read_rule
from kb.insight.evidence import Evidence
from kb.insight.insight import Insight
from kb.insight.mind_changers import MindChanger
from kb.insight.runs import Reproduced, reproduced
from kb.library.credences import Credences
from kb.models.credence import Credence


@dataclass(frozen=True)
class AgendaPage:
    """One agenda as it stands now, whole, so that a screen needs to ask for nothing more."""

    view: AgendaView
    audited: Mapping[str, Audited]
    """By the claim's id."""
    changers: tuple[MindChanger, ...]
    cruxes: tuple[RankedCrux, ...]
    """This agenda's own, ranked among themselves."""
    runs: tuple[Reproduced, ...]
    logs: Mapping[str, tuple[Credence, ...]]
    """What was held of the agenda and of each claim, oldest first."""
    titles: Mapping[str, str]
    """Titles of the papers that evidence is from, by their ids."""

    @property
    def id(self) -> str:
        """The agenda's id."""
        return self.view.agenda.id

    @property
    def rated(self) -> int:
        """How many links are rated."""
        return sum(link.credence is not None for link in self.view.chain)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything that was noted on it, each note once."""
        items = (*self.view.general, *(item for link in self.view.chain for item in link.all))
        return tuple({item.id: item for item in items}.values())


def charts(maps: Insight, now: datetime) -> tuple[AgendaPage, ...]:
    """Every agenda of the atlas."""
    agendas = list(maps.agenda_index.agendas.values())
    web = maps.standing.web(agendas)
    views = maps.standing.all(agendas, web)
    auditor = Auditor(maps.record, maps.agenda_index, now)
    audited = {one.subject.id: one for one in auditor.agendas(maps.agenda_index.agendas, web)}
    logs: dict[str, list[Credence]] = {}
    for credence in Credences(maps.record).history():
        logs.setdefault(credence.subject.id, []).append(credence)
    rule = read_rule(maps.home)
    return tuple(_chart(maps, view, audited, logs, rule) for view in views)


def _chart(
    maps: Insight,
    view: AgendaView,
    audited: Mapping[str, Audited],
    logs: Mapping[str, list[Credence]],
    rule: Mapping[str, float],
) -> AgendaPage:
    agenda = view.agenda
    claims = {claim.id: audited[claim.id] for claim in agenda.theory_of_change}
    items = (*view.general, *(item for link in view.chain for item in link.all))
    readings = (
        (paper, maps.standing.catalogue.of_paper(paper)) for paper in {item.note.paper for item in items} if paper
    )
    return AgendaPage(
        view=view,
        audited=claims,
        changers=maps.changers(view),
        cruxes=rank_cruxes([agenda], list(claims.values()), rule),
        runs=reproduced(maps.home, agenda.reproductions),
        logs={name: tuple(logs.get(name, ())) for name in (agenda.id, *claims)},
        titles={paper: reading.title for paper, reading in readings if reading},
    )
