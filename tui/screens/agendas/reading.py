"""What is asked of an agenda without changing it, apart from the credence: timeline, moves, cruxes, audit, brief."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tui.commands import credences
from tui.render import agenda_reports
from tui.render.agenda_map import Target
from tui.screens.base import ModeScreen

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.credence_log import CredenceStep
    from kb.insight.insight import Insight
    from kb.models.credence import Subject, Trigger

MONTH = timedelta(days=30)


class AgendaReading(ModeScreen):
    """The part of the agendas that shows and rates what the cursor stands on."""

    @property
    def chart(self) -> "AgendaPage | None":
        """The agenda that is shown."""
        raise NotImplementedError

    @property
    def target(self) -> Target | None:
        """What a key acts on."""
        raise NotImplementedError

    def subject(self) -> "Subject | None":
        """The claim that the cursor stands on, or belongs to; else the agenda."""
        from kb.agendas.agenda_index import subject_of

        target, chart = self.target, self.chart
        if chart is None:
            return None
        return subject_of(target.link.claim if target and target.link else chart.view.agenda)

    def action_credence(self) -> None:
        """Rate what the cursor stands on; what was selected is what moved the reader."""
        if subject := self.subject():
            trigger, said = self._trigger()
            credences.ask_credence(self.view, subject, trigger, said)

    def _trigger(self) -> "tuple[Trigger, str]":
        from kb.models.credence import Trigger

        target = self.target
        if target is not None and target.item is not None:
            return Trigger(kind="note", ref=target.item.id), target.item.says
        if target is not None and target.reading is not None and target.reading.paper:
            return Trigger(kind="paper", ref=target.reading.paper), target.reading.title
        return Trigger(), ""

    def action_timeline(self) -> None:
        """How the credence in this moved."""
        subject, chart = self.subject(), self.chart
        if subject is not None and chart is not None:
            lines = agenda_reports.timeline(subject.statement, chart.logs.get(subject.id, ()), self._told(chart))
            self._show("How your credence moved", list(lines))

    def _told(self, chart: "AgendaPage") -> dict[str, str]:
        """Triggers in words."""
        notes = {item.id: f"“{item.says}”" for item in chart.evidence}
        return {**notes, **{paper: f"“{title}”" for paper, title in chart.titles.items()}}

    def action_moved(self) -> None:
        """What moved the reader most in the last month."""
        self.view.run_in_background(self._moved, "moved", latest=True)

    async def _moved(self) -> None:
        steps, told = await self.library.insight(_recent_moves)
        self._show("What moved you most in the last 30 days", list(agenda_reports.moves(steps, told)))

    def action_cruxes(self) -> None:
        """The agenda's cruxes in order, with the rule."""
        if (chart := self.chart) is not None:
            self.view.run_in_background(partial(self._cruxes, chart), "cruxes", latest=True)

    async def _cruxes(self, chart: "AgendaPage") -> None:
        from kb.insight.cruxes import FILE, read_rule

        weights = await self.library.insight(lambda maps: read_rule(maps.home))
        lines = agenda_reports.cruxes(chart.cruxes, weights, str(self.view.home.root / FILE))
        self._show(f"What settling would be worth most: {chart.view.agenda.title}", list(lines))

    def action_audit(self) -> None:
        """What the evidence for a claim comes to; for an agenda, for each of its claims."""
        target, chart = self.target, self.chart
        if chart is None:
            return
        chosen = [target.link] if target and target.link else list(chart.view.chain)
        parts = [agenda_reports.audit(chart.audited[link.claim.id]) for link in chosen]
        lines = [line for part in parts for line in (*part, ("plain", ""))]
        self._show("The evidence, counted", lines)

    def action_brief(self) -> None:
        """Copy the brief."""
        if (chart := self.chart) is not None:
            self.view.run_in_background(partial(self._brief, chart), "brief", latest=True)

    async def _brief(self, chart: "AgendaPage") -> None:
        text = await self.library.insight(lambda maps: maps.brief(chart.view.agenda))
        self.app.copy_to_clipboard(text)
        self.say(f"Copied the brief, {len(text.split())} words; kb agenda brief {chart.id} -o FILE writes it")

    def _show(self, title: str, lines: list[agenda_reports.Line]) -> None:
        from tui.dialogs.sheet import Sheet

        self.app.push_screen(Sheet(title, lines))


def _recent_moves(maps: "Insight") -> "tuple[tuple[CredenceStep, ...], dict[str, str]]":
    """The steps of the last month, the widest first, and the notes and papers that they were triggered by."""
    from kb.insight.credence_log import moved_most
    from kb.library.credences import Credences
    from kb.library.notes import Notes
    from kb.library.papers import Papers

    found = moved_most(Credences(maps.record).history(), datetime.now(UTC) - MONTH)
    named = {
        kind: [s.credence.trigger.ref for s in found if s.credence.trigger.kind == kind] for kind in ("note", "paper")
    }
    notes = {note.id: f"“{note.headline}”" for note in Notes(maps.record).many(named["note"]).values()}
    papers = {paper.id: f"“{paper.title}”" for paper in Papers(maps.record).many(set(named["paper"])).values()}
    return found, {**notes, **papers}
