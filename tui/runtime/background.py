"""Work away from the screen: what goes wrong with it is shown, and none of it keeps the reader from leaving."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches

from tui.messages import Failed

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import WorkType


class Background:
    """Runs coroutines beside the screen, each in a named group, and tells what went wrong."""

    def __init__(self, app: "App[Any]") -> None:
        self._app = app

    def run(self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, latest: bool = False) -> None:
        """Do something away from the screen; a failure is shown. ``latest`` gives up what this group did before."""
        guarded: WorkType[None] = partial(self._guarded, work)
        self._app.run_worker(guarded, group=group, exclusive=latest)

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        from kb.errors import KbError

        try:
            await work()
        except KbError as error:
            self._app.post_message(Failed(error))
        except NoMatches:  # while the reader leaves, screens are taken apart under work that goes on
            if self._app.is_running:
                raise
