"""Runs and sweeps of the screen of reproductions: asked for, begun, told while they go on, and ended."""

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from tui.render.experiments import Experiment, Line, RunProgress
from tui.screens.base import ModeScreen

if TYPE_CHECKING:
    from tui.dialogs.reproduction_forms import ExperimentForm, Submit
    from tui.engine_port import EngineReply


class RunningScreen(ModeScreen):
    """What goes on, apart from the list and the page that show it."""

    def __init__(self) -> None:
        super().__init__()
        self.running: RunProgress | None = None
        self._waiting: RunProgress | None = None
        self._form: ExperimentForm | None = None
        self._clock: Timer | None = None
        self._asked: dict[str, int] = {}
        """The newest request of each kind; answers to older ones are dropped."""
        self._pages: dict[str, dict[str, Any]] = {}
        self._swept: dict[str, list[Line]] = {}
        self._shows_result = False

    @property
    def chosen(self) -> Experiment | None:
        """The experiment under the cursor."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """How wide a plot may be."""
        raise NotImplementedError

    def load(self) -> None:
        """Take up the list anew."""
        raise NotImplementedError

    def show_page(self, *, keep: bool = False) -> None:
        """Show what there is to see of the experiment under the cursor."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """A clock for the time that a run takes."""
        self._clock = self.set_interval(1.0, partial(self.show_page, keep=True), pause=True)

    def ask(self, kind: str, **payload: Any) -> int:
        """Ask the engine; 0 where it is not there yet."""
        engine = self.view.engine
        self._asked[kind] = engine.submit(kind, **payload) if engine is not None else 0
        return self._asked[kind]

    def ask_page(self, name: str) -> None:
        """Ask for an experiment's page."""
        self.ask("reproduction", reproduction=name, width=self.room)

    def action_run(self) -> None:
        """Ask for a prediction, then run."""
        from tui.dialogs.reproduction_forms import RunForm

        self._open_form(RunForm, partial(self._start, "reproduce"))

    def action_sweep(self) -> None:
        """Ask for a guess, then sweep."""
        from tui.dialogs.reproduction_forms import SweepForm

        self._open_form(SweepForm, partial(self._start, "sweep"))

    def _open_form(self, form: "type[ExperimentForm]", submit: "Submit") -> None:
        chosen = self.chosen
        if chosen is None:
            return
        if self.running is not None:
            self.say(f"{self.running.experiment.title} is running; x stops it", "warning")
            return
        self._form = form(chosen, submit)
        self.app.push_screen(self._form)

    def _start(self, kind: str, answers: dict[str, Any]) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        request = self.ask(kind, **answers, width=self.room)
        self._waiting = RunProgress(request, chosen, kind == "sweep")

    def progress(self, reply: "EngineReply") -> None:
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
            self.show_page(keep=True)

    def _refused(self, why: str) -> None:
        """The form says why nothing was started; a run that broke off is over."""
        if self._form is not None and self._form.is_attached:
            self._form.warn(why)
        self._stand_down()

    def _begin(self, running: RunProgress, payload: dict[str, Any]) -> None:
        self.running, self._waiting = running, None
        running.take(payload)
        if self._form is not None and self._form.is_attached:
            self._form.dismiss(None)
        self._form = None
        if self._clock is not None:
            self._clock.resume()
        self.show_page()

    def _end(self, running: RunProgress, *, stopped: bool) -> None:
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
            self.ask_page(running.experiment.id)
        self.load()

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
            self.ask("halt")
            self.say("Stopping…")


def told(done: dict[str, Any]) -> str:
    """A finished run in one line, with how the reader's predictions did."""
    right = sum(bool(one["right"]) for one in done["scored"])
    scored = f"; {right} of {len(done['scored'])} predictions right" if done["scored"] else ""
    if done["verdict"] == "none":
        return f"Done, no verdict: {done['why']}{scored}"
    return f"{done['verdict'].capitalize()}, at a reduced scale{scored}"
