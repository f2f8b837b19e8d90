"""Runs and sweeps: asked for with a form, begun, followed while they go on, and ended."""

from functools import partial
from typing import TYPE_CHECKING, Any

from tui.render.experiments import RunProgress

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.dialogs.reproduction_forms import ExperimentForm, Submit
    from tui.engine_port import EngineReply
    from tui.screens.reproductions.host import ReproductionsHost
    from tui.screens.reproductions.pages import ExperimentPages
    from tui.screens.reproductions.requests import EngineRequests


class ExperimentRuns:
    """The run or sweep that goes on, one at a time, also while another screen is shown."""

    def __init__(self, screen: "ReproductionsHost", requests: "EngineRequests", pages: "ExperimentPages") -> None:
        self._screen = screen
        self._requests = requests
        self._pages = pages
        self.current: RunProgress | None = None
        """What goes on; None while nothing is run."""
        self._pending: RunProgress | None = None
        """What was asked for and has not begun."""
        self._form: ExperimentForm | None = None
        self._clock: Timer | None = None

    def create_clock(self) -> None:
        """A clock for the time that a run takes; it stands until there is one."""
        self._clock = self._screen.set_interval(1.0, partial(self._screen.show_page, keep=True), pause=True)

    def ask_run(self) -> None:
        """Ask for a prediction, then run."""
        from tui.dialogs.reproduction_forms import RunForm

        self._open_form(RunForm, partial(self._submit, "reproduce"))

    def ask_sweep(self) -> None:
        """Ask for a guess, then sweep."""
        from tui.dialogs.reproduction_forms import SweepForm

        self._open_form(SweepForm, partial(self._submit, "sweep"))

    def _open_form(self, form: "type[ExperimentForm]", submit: "Submit") -> None:
        chosen = self._screen.chosen
        if chosen is None:
            return
        if self.current is not None:
            self._screen.say(f"{self.current.experiment.title} is running; x stops it", "warning")
            return
        self._form = form(chosen, submit)
        self._screen.view.push_screen(self._form)

    def _submit(self, kind: str, answers: dict[str, Any]) -> None:
        chosen = self._screen.chosen
        if chosen is None:
            return
        request = self._requests.submit(kind, **answers, width=self._screen.page.room)
        self._pending = RunProgress(request, chosen, kind == "sweep")

    def answered(self, reply: "EngineReply") -> None:
        """The engine told of the run: it is refused, begins, goes on, or has ended."""
        if reply.error:
            self._refuse(str(reply.error))
        elif "planned" in reply.payload and self._pending is not None:
            self._begin(self._pending, reply.payload)
        elif self.current is not None and "done" in reply.payload:
            self._pages.shows_result = True
            self._finish(outcome_of(reply.payload["done"]))
        elif self.current is not None and reply.final:
            self._end(self.current, stopped=bool(reply.payload.get("stopped")))
        elif self.current is not None:
            self.current.update(reply.payload)
            self.current.best = reply.payload.get("best", self.current.best)
            self._screen.bar.title = self.current.summary
            self._screen.show_page(keep=True)

    def _refuse(self, why: str) -> None:
        """The form says why nothing was started; a run that broke off is over."""
        if self._form is not None and self._form.is_attached:
            self._form.warn(why)
        self._clear()

    def _begin(self, run: RunProgress, payload: dict[str, Any]) -> None:
        self.current, self._pending = run, None
        run.update(payload)
        if self._form is not None and self._form.is_attached:
            self._form.dismiss(None)
        self._form = None
        if self._clock is not None:
            self._clock.resume()
        self._screen.show_page()

    def _end(self, run: RunProgress, *, stopped: bool) -> None:
        if run.is_sweep and run.plot:
            self._pages.put_sweep(run.experiment.id, run.outcome())
            self._pages.shows_result = True
            self._finish("Stopped; the values that were done are shown" if stopped else "The sweep is done")
        else:
            self._finish("Stopped; seeds that are done are kept, and the same run goes on from them")

    def _finish(self, text: str) -> None:
        """Show what there is to see now, and ask for the list anew."""
        run = self.current
        self._clear()
        self._screen.say(text)
        if run is not None:
            self._pages.forget(run.experiment.id)
            if not run.is_sweep:
                self._pages.forget_sweep(run.experiment.id)
            self._pages.request(run.experiment.id)
        self._screen.load()

    def _clear(self) -> None:
        self.current = self._pending = None
        self._screen.bar.title = ""
        if self._clock is not None:
            self._clock.pause()

    def stop(self) -> None:
        """End the run."""
        if self.current is None:
            self._screen.say("Nothing is running; r runs the experiment under the cursor")
        else:
            self._requests.submit("halt")
            self._screen.say("Stopping…")


def outcome_of(done: dict[str, Any]) -> str:
    """A finished run in one line, with how the reader's predictions did."""
    right = sum(bool(one["right"]) for one in done["scored"])
    scored = f"; {right} of {len(done['scored'])} predictions right" if done["scored"] else ""
    if done["verdict"] == "none":
        return f"Done, no verdict: {done['why']}{scored}"
    return f"{done['verdict'].capitalize()}, at a reduced scale{scored}"
