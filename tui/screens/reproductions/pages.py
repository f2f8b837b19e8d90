"""The pages of experiments: what is claimed, or what the last run or sweep gave."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.render.experiments import Experiment, Line
    from tui.screens.reproductions.host import ReproductionsHost
    from tui.screens.reproductions.requests import EngineRequests


class ExperimentPages:
    """Both sides of each experiment's page, and which of them is turned up."""

    def __init__(self, screen: "ReproductionsHost", requests: "EngineRequests") -> None:
        self._screen = screen
        self._requests = requests
        self._pages: dict[str, dict[str, Any]] = {}
        """What the engine told of each experiment, by its id."""
        self._sweeps: dict[str, list[Line]] = {}
        """What the last sweep of each came to, where nothing was run since."""
        self.shows_result = False
        """Whether the result is turned up, rather than what is claimed."""

    def request(self, id_: str) -> None:
        """Ask for an experiment's page."""
        self._requests.submit("reproduction", reproduction=id_, width=self._screen.page.room)

    def request_missing(self, id_: str) -> None:
        """Ask for a page that is not here yet."""
        if id_ not in self._pages:
            self.request(id_)

    def put(self, payload: dict[str, Any]) -> None:
        """The engine told of an experiment."""
        self._pages[payload["id"]] = payload

    def forget(self, id_: str) -> None:
        """A page is out of date."""
        self._pages.pop(id_, None)

    def put_sweep(self, id_: str, lines: "list[Line]") -> None:
        """What a sweep came to."""
        self._sweeps[id_] = lines

    def forget_sweep(self, id_: str) -> None:
        """A run is newer than the sweep."""
        self._sweeps.pop(id_, None)

    def turn(self, experiment: "Experiment") -> bool:
        """From what is claimed to the result, and back; False where there is no result yet."""
        if not experiment.runs and experiment.id not in self._sweeps:
            return False
        self.shows_result = not self.shows_result
        return True

    def lines(self, experiment: "Experiment") -> "list[Line]":
        """The side that is turned up; the title alone until the engine has answered."""
        page = self._pages.get(experiment.id)
        lines = self._sweeps.get(experiment.id) if self.shows_result else None
        if lines is None and page is not None:
            lines = page["result"] if self.shows_result and page["result"] else page["about"]
        return [(kind, text) for kind, text in lines or [("title", experiment.title)]]

    def figure(self, experiment: "Experiment") -> Path | None:
        """The picture of the last run; None before the first one."""
        page = self._pages.get(experiment.id)
        return Path(page["figure"]) if page is not None and page["figure"] else None
