"""The screen's one way to the record and the texts: every call runs on one thread of its own, never on the screen's."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from tui.data.library_files import LibraryFiles

if TYPE_CHECKING:
    from kb.config import Home
    from kb.insight.insight import Insight

Result = TypeVar("Result")
Given = ParamSpec("Given")


class LibraryClient:
    """The library, asked from coroutines by the functions of the modules beside this one.

    Heavy imports happen at the first question, on the client's own thread.
    """

    def __init__(self, home: "Home") -> None:
        self.home = home
        self._files = LibraryFiles(home)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")

    async def read(
        self, query: "Callable[Concatenate[LibraryFiles, Given], Result]", *given: Given.args, **named: Given.kwargs
    ) -> Result:
        """What a query answers; nobody needs it any more where the reader leaves before its turn comes."""
        question = partial(query, self._files, *given, **named)
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    async def write(
        self, command: "Callable[Concatenate[LibraryFiles, Given], Result]", *given: Given.args, **named: Given.kwargs
    ) -> Result:
        """What was asked is done, also where the reader leaves before its turn comes: it may be a note to be saved."""
        return await self._done(partial(command, self._files, *given, **named))

    async def insight(self, question: "Callable[[Insight], Result]") -> Result:
        """Anything that is asked of agendas, credences, evidence and notes, or changed in them."""

        def asked() -> Result:
            from kb.insight.insight import Insight

            return question(Insight(self.home, self._files.record()))

        return await self._done(asked)

    def write_at_the_end(
        self, command: "Callable[Concatenate[LibraryFiles, Given], Any]", *given: Given.args, **named: Given.kwargs
    ) -> None:
        """A last command when the application ends, and nobody can wait: ``settle`` does."""
        self._thread.submit(partial(command, self._files, *given, **named))

    def settle(self) -> None:
        """Finish what was asked, the last writes above all, and let go of the files."""
        self._thread.submit(self._files.close)
        self._thread.shutdown(wait=True)

    async def _done(self, question: Callable[[], Result]) -> Result:
        asked = self._thread.submit(question)
        try:
            return await asyncio.wrap_future(asked)
        except asyncio.CancelledError:
            if asked.cancelled():
                self._thread.submit(question)
            raise
