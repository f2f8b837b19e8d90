"""Work away from the screen: what goes wrong with it is shown, and none of it keeps the reader from leaving."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.css.query import NoMatches
from textual.worker import WorkType

from tui.messages import Failed
from tui.runtime.quit import Leaving


class Telling(Leaving):
    """An application that does work in the background and tells what went wrong."""

    def run_in_background(
        self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, latest: bool = False
    ) -> None:
        """Do something away from the screen; a failure is shown. ``latest`` gives up what this group did before."""
        run: WorkType[None] = partial(self._told, work)
        self.run_worker(run, group=group, exclusive=latest)

    async def _told(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        from kb.errors import KbError

        try:
            await work()
        except KbError as error:
            self.post_message(Failed(error))
        except NoMatches:  # while the reader leaves, screens are taken apart under work that goes on
            if self.is_running:
                raise
