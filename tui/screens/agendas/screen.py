"""The agendas: on the left where the reader stands on each, on the right the map of the one under the cursor."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from tui.actions import bindings
from tui.commands import credences, review
from tui.messages import OpenPaper, RecordChanged
from tui.render.agenda_map import Target
from tui.screens.agendas.reading import AgendaReading
from tui.screens.search.open_sides import suggest_sides
from tui.widgets.agenda_list import AgendaList
from tui.widgets.agenda_map import AgendaMapView
from tui.widgets.evidence_list import EvidenceList
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.agenda_view import LinkView
    from kb.insight.cited_works import Reading
    from kb.models.note import NoteContent
    from tui.data.view_models import NoteListRow

WIDE = 140
"""Columns from which the two sides stand below the map unless they were put away."""


class AgendasScreen(AgendaReading):
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
        self._wants_sides: bool | None = None
        """Whether the reader asked for both sides, or put them away; None while the width decides."""
        self._link: LinkView | None = None

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
        self._arrange()
        self.view.run_in_background(self._load, "agendas", latest=True)

    def on_resize(self, event: events.Resize) -> None:
        """Both sides where there is room for them."""
        self._arrange()

    def record_changed(self, change: RecordChanged) -> None:
        """Read the maps again."""
        self.reload_when_shown(lambda: self.view.run_in_background(self._load, "agendas", latest=True))

    async def _load(self) -> None:
        charts = await credences.charts(self.view)
        with self.app.batch_update():
            self.agendas.fill(charts)

    @on(LineView.Moved, "#agendas")
    def show_agenda(self) -> None:
        """The map of the agenda under the cursor."""
        chart = self.agendas.chosen
        if chart is None:
            return
        before = self.chart
        self.map.fill(chart, again=before is not None and before.id == chart.id)
        if before is None or before.id != chart.id:
            self._link = chart.view.chain[0]
        self._show_sides()
        rated = sum(one.rated > 0 or one.view.credence is not None for one in self.agendas.charts)
        self.notices.place = f"{rated} of {len(self.agendas.charts)} agendas rated"

    @property
    def chart(self) -> "AgendaPage | None":
        """The agenda that is shown."""
        return self.map.chart

    @property
    def target(self) -> Target | None:
        """What a key acts on: the item of a side, a line of the map, or the agenda as a whole."""
        for side in (self.supporting, self.opposing):
            if side.has_focus and side.chosen is not None:
                return Target("evidence", self._link, side.chosen)
        return Target("agenda") if self.agendas.has_focus else self.map.chosen

    @on(LineView.Moved, "#agenda-map")
    def follow(self) -> None:
        """Both sides of the link that the cursor stands on."""
        target = self.map.chosen
        if target is not None and target.link is not None:
            self._link = target.link
            self._show_sides()

    def _show_sides(self) -> None:
        chart = self.chart
        if chart is None or self._link is None:
            return
        self._link = next(
            (link for link in chart.view.chain if link.claim.id == self._link.claim.id), chart.view.chain[0]
        )
        link = self._link
        self.supporting.fill(link.supporting, chart)
        self.opposing.fill((*link.opposing, *link.neutral), chart)
        self.supporting.border_title = f"For link {link.number}: {len(link.supporting)}"
        self.opposing.border_title = f"Against it: {len(link.opposing)}"

    def _arrange(self) -> None:
        shown = self.size.width >= WIDE if self._wants_sides is None else self._wants_sides
        self.set_class(shown, "-sides")
        if self.map.with_evidence == shown:
            self.map.with_evidence = not shown
            self.map.rows_changed()

    def action_sides(self) -> None:
        """Show both sides, or put them away."""
        self._wants_sides = not self.has_class("-sides")
        self._arrange()
        if not self._wants_sides and not self.agendas.has_focus:
            self.map.focus()

    def action_suggest(self) -> None:
        """Passages that may speak for the link, beside those that may speak against it."""
        if self._link is not None:
            suggest_sides(self.view, self._link.claim)

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
            self._open_link(target.link)
        elif target.kind == "crux":
            self.action_cruxes()
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

    def _open_link(self, link: "LinkView") -> None:
        if self.has_class("-sides") and link.all:
            (self.supporting if link.supporting else self.opposing).focus()
        else:
            self.say("c says how probable you hold it, n writes a claim for it, l picks a note of yours")

    def action_claim(self) -> None:
        """Write a claim that bears on what the cursor stands on."""
        from kb.models.note import AgendaBearing, Bearing
        from tui.commands.notes_and_states import save_note
        from tui.dialogs.note_form import NoteForm

        def written(content: "NoteContent | None") -> None:
            if content is not None:
                self.view.run_in_background(lambda: save_note(self.view, content, None), "write")

        if name := self._bears_on():
            bears_on = (AgendaBearing(agenda=name, bearing=Bearing.SUPPORTS),)
            self.app.push_screen(NoteForm("claim", None, quote="", library=self.library, bears_on=bears_on), written)

    def action_review(self) -> None:
        """Let what the cursor stands on come back as a card."""
        if name := self._bears_on():
            self.view.run_in_background(partial(review.add_belief, self.view, name), "write")

    def action_link(self) -> None:
        """Pick a note, and say how it bears on what the cursor stands on."""
        if name := self._bears_on():
            credences.pick_note(self.view, f"Which note bears on {name}?", partial(self._ask_bearing, name))

    def _ask_bearing(self, name: str, row: "NoteListRow") -> None:
        from tui.dialogs.choice_picker import BEARINGS, ChoicePicker

        def answered(bearing: str | None) -> None:
            if bearing is not None:
                self.view.run_in_background(partial(credences.bear_on, self.view, row.note.id, name, bearing), "write")

        self.app.push_screen(ChoicePicker(f"“{row.note.headline[:120]}” and {name}", BEARINGS), answered)

    def _bears_on(self) -> str:
        """The claim that the cursor stands on, or belongs to; else the agenda."""
        target, chart = self.target, self.chart
        if chart is None:
            return ""
        return target.link.claim.id if target is not None and target.link is not None else chart.id

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
        panes = list(self._panes())
        at = next((at for at, pane in enumerate(panes) if pane.has_focus), -1)
        following = panes[(at + 1) % len(panes)]
        self.set_class(following is not self.agendas, "-map")
        following.focus()

    def _panes(self) -> Iterable[LineView]:
        yield from (self.agendas, self.map)
        if self.has_class("-sides"):
            yield from (side for side in (self.supporting, self.opposing) if not side.is_empty)

    async def action_back(self) -> None:
        """Back to the list; then to the library."""
        if self.agendas.has_focus:
            await self.app.switch_mode("library")
        else:
            self.remove_class("-map")
            self.agendas.focus()
