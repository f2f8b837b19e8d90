"""The agendas: on the left where the reader stands on each, on the right the map of the one under the cursor."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from tui.actions import bindings
from tui.commands import credences
from tui.messages import OpenPaper, RecordChanged
from tui.render.agenda_map import Target
from tui.screens.agendas.beliefs import Beliefs
from tui.screens.agendas.evidence import EvidencePanes
from tui.screens.agendas.reports import AgendaReports
from tui.screens.agendas.selection import Selection
from tui.screens.base import ModeScreen
from tui.screens.search.open_sides import suggest_sides
from tui.widgets.agenda_list import AgendaList
from tui.widgets.agenda_map import AgendaMapView
from tui.widgets.evidence_list import EvidenceList
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.agenda_view import LinkView
    from kb.insight.cited_works import Reading


class AgendasScreen(ModeScreen):
    """Where beliefs are looked at, rated, and tied to what was read."""

    MODE = "agendas"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("agendas")]
    CSS_PATH = "../../styles/agendas.tcss"

    agendas = getters.query_one(AgendaList)
    map = getters.query_one(AgendaMapView)
    supporting = getters.query_one("#side-for", EvidenceList)
    opposing = getters.query_one("#side-against", EvidenceList)

    def __init__(self) -> None:
        super().__init__()
        self.evidence = EvidencePanes(self)
        self.beliefs = Beliefs(self)
        self.reports = AgendaReports(self)

    def compose_body(self) -> ComposeResult:
        """Agendas; the map, and below it both sides."""
        with Horizontal(id="agendas-body"):
            yield AgendaList(id="agendas")
            with Vertical(id="agenda-right"):
                yield AgendaMapView(id="agenda-map")
                with Horizontal(id="sides"):
                    yield EvidenceList("Nothing yet. l picks a note of yours, n writes one", id="side-for")
                    yield EvidenceList("Nothing yet. Who would say that it is false?", id="side-against")

    def on_mount(self) -> None:
        """The agendas follow the frame."""
        self.agendas.focus()
        self.evidence.arrange()
        self.view.run_in_background(self._load, "agendas", latest=True)

    def on_resize(self, event: events.Resize) -> None:
        """Both sides where there is room for them."""
        self.evidence.arrange()

    def record_changed(self, change: RecordChanged) -> None:
        """Read the maps again."""
        self.reload_when_shown(lambda: self.view.run_in_background(self._load, "agendas", latest=True))

    async def _load(self) -> None:
        pages = await credences.agenda_pages(self.view)
        with self.app.batch_update():
            self.agendas.fill(pages)

    @property
    def page(self) -> "AgendaPage | None":
        """The agenda that is shown."""
        return self.map.page

    @property
    def target(self) -> Target | None:
        """What a key acts on: the item of a side, a line of the map, or the agenda as a whole."""
        return self.evidence.target or (Target("agenda") if self.agendas.has_focus else self.map.chosen)

    @property
    def selection(self) -> Selection | None:
        """The same with the agenda that it belongs to; None until there are agendas."""
        return Selection(self.page, self.target) if self.page is not None else None

    @on(LineView.Moved, "#agendas")
    def show_agenda(self) -> None:
        """The map of the agenda under the cursor."""
        page, before = self.agendas.chosen, self.page
        if page is None:
            return
        is_same = before is not None and before.id == page.id
        self.map.fill(page, again=is_same)
        self.evidence.show(page, self.evidence.link if is_same else None)
        rated = sum(one.rated > 0 or one.view.credence is not None for one in self.agendas.pages)
        self.notices.place = f"{rated} of {len(self.agendas.pages)} agendas rated"

    @on(LineView.Moved, "#agenda-map")
    def follow(self) -> None:
        """Both sides of the link that the cursor stands on."""
        target = self.map.chosen
        if self.page is not None and target is not None and target.link is not None:
            self.evidence.show(self.page, target.link)

    @on(LineView.Chosen, "#agendas")
    def go_to_map(self) -> None:
        """From the list into the map."""
        self.add_class("-map")
        self.map.focus()

    @on(LineView.Chosen, "#agenda-map")
    @on(LineView.Chosen, "#side-for")
    @on(LineView.Chosen, "#side-against")
    async def open_chosen(self) -> None:
        """Open what the cursor stands on, at its place."""
        target = self.target
        if target is None:
            return
        if target.item is not None:
            bears_on = target.link.claim.id if target.link else ""
            opening = partial(credences.open_note, self.view, target.item.id, "agendas", bears_on)
            self.view.run_in_background(opening, "open", latest=True)
        elif target.reading is not None:
            self._open_reading(target.reading, target.link)
        elif target.kind == "link" and target.link is not None:
            if not self.evidence.focus():
                self.say("c says how probable you hold it, n writes a claim for it, l picks a note of yours")
        elif target.kind == "crux":
            self.reports.cruxes()
        elif target.kind == "run":
            await self.app.switch_mode("reproductions")
        else:
            self.say(f"In a shell: {target.next}" if target.next else "c says how probable you hold it")

    def _open_reading(self, reading: "Reading", link: "LinkView | None") -> None:
        if reading.paper is not None:
            bears_on = link.claim.id if link else ""
            self.app.post_message(OpenPaper(reading.paper, back="agendas", bears_on=bears_on))
            if bears_on:
                self.app.call_later(self.view.say, f"What you note here bears on {bears_on}, unless you change that")
        else:
            self.say(f"Not here yet. In a shell: {reading.get}", "warning")

    def action_sides(self) -> None:
        """Show both sides, or put them away."""
        self.evidence.toggle()

    def action_suggest(self) -> None:
        """Passages that may speak for the link, beside those that may speak against it."""
        if self.evidence.link is not None:
            suggest_sides(self.view, self.evidence.link.claim)

    def action_credence(self) -> None:
        """Rate what the cursor stands on; what was selected is what moved the reader."""
        self.beliefs.rate()

    def action_claim(self) -> None:
        """Write a claim that bears on what the cursor stands on."""
        self.beliefs.write_claim()

    def action_link(self) -> None:
        """Pick a note, and say how it bears on what the cursor stands on."""
        self.beliefs.link_note()

    def action_review(self) -> None:
        """Let what the cursor stands on come back as a card."""
        self.beliefs.add_to_review()

    def action_timeline(self) -> None:
        """How the credence in this moved."""
        self.reports.timeline()

    def action_moved(self) -> None:
        """What moved the reader most in the last month."""
        self.reports.recent_moves()

    def action_cruxes(self) -> None:
        """The agenda's cruxes in order, with the rule."""
        self.reports.cruxes()

    def action_audit(self) -> None:
        """What the evidence for a claim comes to; for an agenda, for each of its claims."""
        self.reports.audit()

    def action_brief(self) -> None:
        """Copy the brief."""
        self.reports.copy_brief()

    def action_next_link(self) -> None:
        """To the next link of the chain."""
        self.go_to_map()
        self.map.to_link(1)

    def action_previous_link(self) -> None:
        """To the link before."""
        self.go_to_map()
        self.map.to_link(-1)

    def action_next_pane(self) -> None:
        """From the agendas to the map, to both sides, and back."""
        panes: list[LineView] = [self.agendas, self.map, *self.evidence.to_visit]
        at = next((at for at, pane in enumerate(panes) if pane.has_focus), -1)
        following = panes[(at + 1) % len(panes)]
        self.set_class(following is not self.agendas, "-map")
        following.focus()

    async def action_back(self) -> None:
        """Back to the list; then to the library."""
        if self.agendas.has_focus:
            await self.app.switch_mode("library")
        else:
            self.remove_class("-map")
            self.agendas.focus()
