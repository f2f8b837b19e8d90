"""Small reproductions: what there is to run, the page of one, and a run while it goes on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from tui.actions import bindings
from tui.experiments import BEARS, Experiment, Line, Running, experiment
from tui.messages import Answered, RecordChanged
from tui.screens.base import ModeScreen
from tui.widgets.experiment_list import ExperimentList
from tui.widgets.line_view import LineView
from tui.widgets.page import Page

if TYPE_CHECKING:
    from tui.engine_port import EngineReply
    from tui.screens.reproduction_forms import ExperimentForm, Submit

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
    CSS_PATH = "../styles/reproductions.tcss"

    experiments = getters.query_one(ExperimentList)
    page = getters.query_one(Page)
    filter_box = getters.query_one("#experiment-filter", Input)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Experiment, ...] = ()
        self._asked: dict[str, int] = {}
        """The newest request of each kind; answers to older ones are dropped."""
        self._pages: dict[str, dict[str, Any]] = {}
        self._swept: dict[str, list[Line]] = {}
        self._shown = ""
        self._shows_result = False
        self._form: ExperimentForm | None = None
        self._waiting: Running | None = None
        self.running: Running | None = None
        self._clock: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """Filter and list; page."""
        with Horizontal(id="experiments-body"):
            with Vertical(id="experiments-left"):
                yield Input(placeholder="words of the title, a paper's number, an agenda", id="experiment-filter")
                yield ExperimentList(id="experiments")
            yield Page(id="experiment-page")

    def on_mount(self) -> None:
        """Ask for the list as soon as there is somebody to ask."""
        self.filter_box.display = False
        self.add_class("-empty")
        self.page.write(WAITING if self.view.engine else NO_ENGINE)
        self.page.focus()
        self._clock = self.set_interval(1.0, self._tick, pause=True)
        self._load()

    def record_changed(self, change: RecordChanged) -> None:
        """Agendas may name other experiments now."""
        if change.what == "beliefs":
            self._load()

    def _load(self) -> None:
        if self.view.engine is not None and not self._ask("reproductions"):
            self.set_timer(ASK_AGAIN, self._load)

    def _ask(self, kind: str, **payload: Any) -> int:
        engine = self.view.engine
        self._asked[kind] = engine.submit(kind, **payload) if engine is not None else 0
        return self._asked[kind]

    def answered(self, answer: Answered) -> None:
        """Whatever belongs to the newest request of its kind."""
        reply = answer.reply
        if not reply.id or reply.id != self._asked.get(reply.kind):
            return
        if reply.kind in ("reproduce", "sweep"):
            self._progress(reply)
        elif reply.kind == "reproductions" and reply.payload:
            self._fill(reply.payload)
        elif reply.kind == "reproduction" and reply.payload:
            self._pages[reply.payload["id"]] = reply.payload
            self._show_page()
        elif reply.kind == "attach" and reply.payload:
            self._attached(reply.payload)

    def _fill(self, payload: dict[str, Any]) -> None:
        self._rows = tuple(experiment(row) for row in payload["rows"])
        was_empty = self.has_class("-empty")
        self.remove_class("-empty")
        scored = payload["predictions"]
        record = f" · {scored['right']} of {scored['asked']} predicted right" if scored["asked"] else ""
        judged = sum(bool(row.verdict) for row in self._rows)
        self.notices.place = f"{judged} of {len(self._rows)} run{record}"
        self._narrow()
        if was_empty:
            self.experiments.focus()

    @on(Input.Changed, "#experiment-filter")
    def _narrow(self) -> None:
        words = self.filter_box.value.lower().split()
        self.experiments.fill(tuple(row for row in self._rows if all(word in row.haystack for word in words)))

    @on(LineView.Moved, "#experiments")
    def show_about(self) -> None:
        """The experiment under the cursor, from what is known at once; its page follows."""
        chosen = self.experiments.chosen
        if (chosen.id if chosen else "") != self._shown:
            self._shows_result = False
        self._shown = chosen.id if chosen else ""
        if chosen is None:
            if self._rows:
                self.page.write([("text", "No reproduction has all of these words; escape shows all.")])
            return
        if chosen.id not in self._pages:
            self._ask("reproduction", reproduction=chosen.id, width=self.page.room)
        self._show_page()

    def _show_page(self, *, keep: bool = False) -> None:
        chosen = self.experiments.chosen
        if chosen is None:
            return
        if self.running and self.running.experiment.id == chosen.id:
            self.page.write(self.running.lines(), keep=keep)
            return
        known = self._pages.get(chosen.id)
        lines = self._swept.get(chosen.id) if self._shows_result else None
        if lines is None and known is not None:
            lines = known["result"] if self._shows_result and known["result"] else known["about"]
        self.page.write([(kind, text) for kind, text in lines or [("title", chosen.title)]], keep=keep)

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
        from tui.screens.reproduction_forms import RunForm

        self._open_form(RunForm, partial(self._start, "reproduce"))

    def action_sweep(self) -> None:
        """Ask for a guess, then sweep."""
        from tui.screens.reproduction_forms import SweepForm

        self._open_form(SweepForm, partial(self._start, "sweep"))

    def _open_form(self, form: "type[ExperimentForm]", submit: "Submit") -> None:
        chosen = self.experiments.chosen
        if chosen is None:
            return
        if self.running is not None:
            self.say(f"{self.running.experiment.title} is running; x stops it", "warning")
            return
        self._form = form(chosen, submit)
        self.app.push_screen(self._form)

    def _start(self, kind: str, answers: dict[str, Any]) -> None:
        chosen = self.experiments.chosen
        if chosen is None:
            return
        guess = answers.pop("guess", "")
        request = self._ask(kind, **answers, width=self.page.room)
        self._waiting = Running(request, chosen, kind == "sweep", guess)

    def _progress(self, reply: "EngineReply") -> None:
        if reply.error:
            self._refused(str(reply.error))
        elif "planned" in reply.payload and self._waiting is not None:
            self._begin(self._waiting, reply.payload)
        elif self.running is not None and "done" in reply.payload:
            self._shows_result = True
            self._finish(told(reply.payload["done"]))
        elif self.running is not None and reply.final:
            self._end(self.running, stopped=bool(reply.payload.get("stopped")))
        elif self.running is not None:
            self.running.take(reply.payload)
            self.running.best = reply.payload.get("best", self.running.best)
            self.bar.title = self.running.news
            self._show_page(keep=True)

    def _refused(self, why: str) -> None:
        """The form says why nothing was started; a run that broke off is over."""
        if self._form is not None and self._form.is_attached:
            self._form.warn(why)
        self._stand_down()

    def _begin(self, running: Running, payload: dict[str, Any]) -> None:
        self.running, self._waiting = running, None
        running.take(payload)
        if self._form is not None and self._form.is_attached:
            self._form.dismiss(None)
        self._form = None
        if self._clock is not None:
            self._clock.resume()
        self._show_page()

    def _tick(self) -> None:
        self._show_page(keep=True)

    def _end(self, running: Running, *, stopped: bool) -> None:
        if running.is_sweep and running.plot:
            self._swept[running.experiment.id] = running.outcome()
            self._shows_result = True
            self._finish("Stopped; the values that were done are shown" if stopped else "The sweep is done")
        else:
            self._finish("Stopped; seeds that are done are kept, and the same run goes on from them")

    def _finish(self, text: str) -> None:
        """Show what there is to see now, and take up the list anew."""
        running = self.running
        self._stand_down()
        self.say(text)
        if running is not None:
            self._pages.pop(running.experiment.id, None)
            if not running.is_sweep:
                self._swept.pop(running.experiment.id, None)
            self._ask("reproduction", reproduction=running.experiment.id, width=self.page.room)
        self._load()

    def _stand_down(self) -> None:
        self.running = self._waiting = None
        self.bar.title = ""
        if self._clock is not None:
            self._clock.pause()

    def action_stop(self) -> None:
        """End the run."""
        if self.running is None:
            self.say("Nothing is running; r runs the experiment under the cursor")
        else:
            self._ask("halt")
            self.say("Stopping…")

    def action_attach(self) -> None:
        """Pick the claim that the newest verdict bears on."""
        from tui.reproduced import pick_claim

        chosen = self.experiments.chosen
        if chosen is None:
            return
        if chosen.verdict not in BEARS:
            self.say("Only a full run with a verdict says something of a claim; r runs it", "warning")
            return
        pick_claim(self.view, chosen, lambda claim: self._ask("attach", run=chosen.run, claim=claim))

    def _attached(self, payload: dict[str, Any]) -> None:
        from tui.reproduced import attached

        attached(self.view, payload)

    def action_turn(self) -> None:
        """From what is claimed to what the last run gave, and back."""
        chosen = self.experiments.chosen
        if chosen is None:
            return
        if not chosen.runs and chosen.id not in self._swept:
            self.say("Not run yet; r runs it")
            return
        self._shows_result = not self._shows_result
        self._show_page()

    def action_figure(self) -> None:
        """Open the picture of the last run in the system's own viewer."""
        from tui.handing_out import open_outside

        chosen = self.experiments.chosen
        known = self._pages.get(chosen.id) if chosen else None
        if known is not None and known["figure"]:
            self.say(open_outside(Path(known["figure"])))
        else:
            self.say("There is no figure before the first run; r runs it")

    def action_filter(self) -> None:
        """Type to filter."""
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


def told(done: dict[str, Any]) -> str:
    """A finished run in one line, with how the reader's predictions did."""
    right = sum(bool(one["right"]) for one in done["scored"])
    scored = f"; {right} of {len(done['scored'])} predictions right" if done["scored"] else ""
    if done["verdict"] == "none":
        return f"Done, no verdict: {done['why']}{scored}"
    return f"{done['verdict'].capitalize()}, at a reduced scale{scored}"
