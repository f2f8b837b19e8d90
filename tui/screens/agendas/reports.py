"""What can be read of an agenda beside its map: timeline, moves, cruxes, audit, brief."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tui.render import agenda_reports

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.credence_log import CredenceStep
    from kb.insight.insight import Insight
    from tui.screens.agendas.host import AgendasHost

MONTH = timedelta(days=30)


class AgendaReports:
    """What is read over the map: each report is on what the cursor stands on, or on the agenda that is shown."""

    def __init__(self, screen: "AgendasHost") -> None:
        self._screen = screen

    def timeline(self) -> None:
        """How the credence in this moved."""
        if (selection := self._screen.selection) is not None:
            page, subject = selection.page, selection.subject
            lines = agenda_reports.timeline(subject.statement, page.logs.get(subject.id, ()), trigger_names(page))
            self._show("How your credence moved", list(lines))

    def recent_moves(self) -> None:
        """What moved the reader most in the last month."""
        self._screen.view.run_in_background(self._recent_moves, "moved", latest=True)

    async def _recent_moves(self) -> None:
        steps, names = await self._screen.view.library.insight(recent_moves)
        self._show("What moved you most in the last 30 days", list(agenda_reports.moves(steps, names)))

    def cruxes(self) -> None:
        """The agenda's cruxes in order, with the rule."""
        if (selection := self._screen.selection) is not None:
            self._screen.view.run_in_background(partial(self._cruxes, selection.page), "cruxes", latest=True)

    async def _cruxes(self, page: "AgendaPage") -> None:
        from kb.insight.cruxes import FILE, read_rule

        view = self._screen.view
        weights = await view.library.insight(lambda maps: read_rule(maps.home))
        lines = agenda_reports.cruxes(page.cruxes, weights, str(view.home.root / FILE))
        self._show(f"What settling would be worth most: {page.view.agenda.title}", list(lines))

    def audit(self) -> None:
        """What the evidence for a claim comes to; for an agenda, for each of its claims."""
        selection = self._screen.selection
        if selection is None:
            return
        links = [selection.link] if selection.link is not None else list(selection.page.view.chain)
        parts = [agenda_reports.audit(selection.page.audited[link.claim.id]) for link in links]
        self._show("The evidence, counted", [line for part in parts for line in (*part, ("plain", ""))])

    def copy_brief(self) -> None:
        """Copy the brief."""
        if (selection := self._screen.selection) is not None:
            self._screen.view.run_in_background(partial(self._copy_brief, selection.page), "brief", latest=True)

    async def _copy_brief(self, page: "AgendaPage") -> None:
        view = self._screen.view
        text = await view.library.insight(lambda maps: maps.brief(page.view.agenda))
        view.copy_to_clipboard(text)
        words = len(text.split())
        self._screen.say(f"Copied the brief, {words} words; kb agenda brief {page.id} -o FILE writes it")

    def _show(self, title: str, lines: list[agenda_reports.Line]) -> None:
        from tui.dialogs.sheet import Sheet

        self._screen.view.push_screen(Sheet(title, lines))


def trigger_names(page: "AgendaPage") -> dict[str, str]:
    """The notes and papers that may have moved the reader, in words."""
    notes = {item.id: f"“{item.says}”" for item in page.evidence}
    return {**notes, **{paper: f"“{title}”" for paper, title in page.titles.items()}}


def recent_moves(maps: "Insight") -> "tuple[tuple[CredenceStep, ...], dict[str, str]]":
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
