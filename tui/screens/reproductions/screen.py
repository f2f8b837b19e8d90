"""Small reproductions: what there is to run, the page of one, and a run while it goes on."""

from typing import Any, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.actions import bindings
from tui.data.paper_filter import has_all
from tui.messages import Answered, RecordChanged
from tui.render.experiments import BEARS, Experiment, Line, experiment
from tui.screens.base import ModeScreen
from tui.screens.reproductions.pages import ExperimentPages
from tui.screens.reproductions.requests import EngineRequests
from tui.screens.reproductions.runs import ExperimentRuns
from tui.widgets.experiment_list import ExperimentList
from tui.widgets.line_view import LineView
from tui.widgets.page import ReportView

WAITING: list[Line] = [
    ("title", "Reproductions"),
    ("text", "Small experiments that test what papers claim, on this machine. They are being gathered…"),
]
NO_ENGINE: list[Line] = [
    ("title", "Reproductions"),
    ("text", "The process that runs them is not there: this library cannot be written, or it has ended."),
    ("text", "From a shell:  kb reproduce list"),
]
ASK_AGAIN = 0.3
"""Seconds until an engine that is not there yet is asked again."""


class ReproductionsScreen(ModeScreen):
    """The list, and a page beside it: about the experiment, its last run, or the run that goes on."""

    MODE = "reproductions"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reproductions")]
    CSS_PATH = "../../styles/reproductions.tcss"

    experiments = getters.query_one(ExperimentList)
    page = getters.query_one(ReportView)
    filter_box = getters.query_one("#experiment-filter", Input)

    def __init__(self) -> None:
        super().__init__()
        self.requests = EngineRequests(self)
        self.pages = ExperimentPages(self, self.requests)
        self.runs = ExperimentRuns(self, self.requests, self.pages)
        self._rows: tuple[Experiment, ...] = ()
        """All experiments; the list shows those that the filter lets through."""
        self._shown = ""
        """The experiment whose page is shown."""

    @property
    def chosen(self) -> Experiment | None:
        """The experiment under the cursor."""
        return self.experiments.chosen

    def compose_body(self) -> ComposeResult:
        """Filter and list; page."""
        with Horizontal(id="experiments-body"):
            with Vertical(id="experiments-left"):
                yield Input(placeholder="words of the title, a paper's number, an agenda", id="experiment-filter")
                yield ExperimentList(id="experiments")
            yield ReportView(id="experiment-page")

    def on_mount(self) -> None:
        """Ask for the list as soon as there is somebody to ask."""
        self.filter_box.display = False
        self.add_class("-empty")
        self.page.write(WAITING if self.view.engine else NO_ENGINE)
        self.page.focus()
        self.runs.create_clock()
        self.load()

    def on_screen_resume(self) -> None:
        """Runs may have been made from a shell meanwhile."""
        if self._rows:
            self.load()

    def record_changed(self, change: RecordChanged) -> None:
        """Agendas may name other experiments now."""
        if change.what == "beliefs":
            self.load()

    def load(self) -> None:
        """Ask for the list anew."""
        if self.view.engine is not None and not self.requests.submit("reproductions"):
            self.set_timer(ASK_AGAIN, self.load)

    def answered(self, answer: Answered) -> None:
        """Whatever belongs to the newest request of its kind."""
        reply = answer.reply
        if reply.kind == "reproduction" and reply.payload:
            self.pages.put(reply.payload)
            self.show_page()
        if not self.requests.is_awaited(reply):
            return
        if reply.kind in ("reproduce", "sweep"):
            self.runs.answered(reply)
        elif reply.kind == "reproductions" and reply.payload:
            self._fill(reply.payload)
        elif reply.kind == "attach" and reply.payload:
            self._attached(reply.payload)

    def _fill(self, payload: dict[str, Any]) -> None:
        before = {row.id: row.runs for row in self._rows}
        self._rows = tuple(experiment(row) for row in payload["rows"])
        for row in self._rows:
            if before.get(row.id) != row.runs:
                self.pages.forget(row.id)
        was_empty = self.has_class("-empty")
        self.remove_class("-empty")
        scored = payload["predictions"]
        record = f" · {scored['right']} of {scored['asked']} predicted right" if scored["asked"] else ""
        judged = sum(bool(row.verdict) for row in self._rows)
        self.notices.place = f"{judged} of {len(self._rows)} run{record}"
        self.apply_filter()
        if was_empty:
            self.experiments.focus()

    @on(Input.Changed, "#experiment-filter")
    def apply_filter(self) -> None:
        """Show the experiments that have all words of the filter."""
        words = self.filter_box.value.lower().split()
        self.experiments.fill(tuple(row for row in self._rows if has_all(row.search_text, words)))

    @on(LineView.Moved, "#experiments")
    def show_about(self) -> None:
        """The experiment under the cursor, from what is known at once; its page follows."""
        chosen = self.experiments.chosen
        if (chosen.id if chosen else "") != self._shown:
            self.pages.shows_result = False
        self._shown = chosen.id if chosen else ""
        if chosen is None:
            if self._rows:
                self.page.write([("text", "No reproduction has all of these words; escape shows all.")])
            return
        self.pages.request_missing(chosen.id)
        self.show_page()

    def show_page(self, *, keep: bool = False) -> None:
        """The run that goes on, the last result, or what is claimed."""
        chosen = self.experiments.chosen
        if chosen is None:
            return
        run = self.runs.current
        lines = run.lines() if run is not None and run.experiment.id == chosen.id else self.pages.lines(chosen)
        self.page.write(lines, keep=keep)

    @on(LineView.Chosen, "#experiments")
    @on(Input.Submitted, "#experiment-filter")
    def go_to_page(self) -> None:
        """From the list, or the filter, to what is to be read."""
        if self.filter_box.has_focus:
            self.experiments.focus()
        else:
            self.add_class("-reading")
            self.page.focus()

    def action_run(self) -> None:
        """Ask for a prediction, then run."""
        self.runs.ask_run()

    def action_sweep(self) -> None:
        """Ask for a guess, then sweep."""
        self.runs.ask_sweep()

    def action_stop(self) -> None:
        """End the run."""
        self.runs.stop()

    def action_attach(self) -> None:
        """Pick the claim that the newest verdict bears on."""
        from tui.commands.run_evidence import pick_claim

        chosen = self.experiments.chosen
        if chosen is None:
            return
        if chosen.verdict not in BEARS:
            self.say("Only a full run with a verdict says something of a claim; r runs it", "warning")
            return
        pick_claim(self.view, chosen, lambda claim: self.requests.submit("attach", run=chosen.run, claim=claim))

    def _attached(self, payload: dict[str, Any]) -> None:
        from tui.commands.run_evidence import attached

        attached(self.view, payload)

    def action_turn(self) -> None:
        """From what is claimed to what the last run gave, and back."""
        chosen = self.experiments.chosen
        if chosen is None:
            return
        if self.pages.turn(chosen):
            self.show_page()
        else:
            self.say("Not run yet; r runs it")

    def action_figure(self) -> None:
        """Open the picture of the last run in the system's own viewer."""
        from tui.commands.clipboard import open_outside

        chosen = self.experiments.chosen
        figure = self.pages.figure(chosen) if chosen is not None else None
        if figure is not None:
            self.say(open_outside(figure))
        else:
            self.say("There is no figure before the first run; r runs it")

    def action_filter(self) -> None:
        """Type to filter."""
        if not self._rows:
            return
        self.remove_class("-reading")
        self.filter_box.display = True
        self.filter_box.focus()

    def action_next_pane(self) -> None:
        """From the list to the page and back."""
        (self.experiments if self.page.has_focus else self.page).focus()

    async def action_back(self) -> None:
        """Back to the list, then all of it, then the library."""
        if self.page.has_focus and self._rows:
            self.remove_class("-reading")
            self.experiments.focus()
        elif self.filter_box.display:
            self.filter_box.value = ""
            self.filter_box.display = False
            self.experiments.focus()
        else:
            await self.app.switch_mode("library")
