"""The tutorial while it runs: it watches what the reader did, goes on by itself, and remembers where it stopped."""

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.data import library_overview
from tui.tutorial.steps import LAST, STEPS, TutorialState

if TYPE_CHECKING:
    from tui.host import Host

LOOKS = 0.5
"""Seconds between two looks at what was done; only while the tutorial is shown."""
FILE = "tutorial.json"


class Tutorial:
    """Shows one step after another in the line of every screen."""

    def __init__(self, app: "Host", *, begin: bool) -> None:
        self._app = app
        self._begin = begin
        self.step: int | None = None
        """The step that is shown; None while the tutorial is put away."""
        self._before: TutorialState | None = None
        self._is_looking = False

    def resume(self) -> None:
        """Begin where the reader stopped, where the tutorial was asked for."""
        if self._begin and self.step is None:
            self._begin = False
            self.toggle()

    def toggle(self) -> None:
        """Show the tutorial, or put it away until later."""
        if self.step is None:
            kept = self._kept()
            self.step = kept if kept < len(STEPS) else 0
            self._before = None
            self._timer = self._app.set_interval(LOOKS, self.look)
            self.look()
        else:
            self._end("The tutorial waits: f9 goes on with it")
        self._show()

    def skip(self) -> None:
        """Leave a step out."""
        if self.step is None:
            self._app.say("No tutorial is running: f9 begins it")
        else:
            self._go_on()

    def look(self) -> None:
        """See whether the step is done, unless that is being looked at."""
        if not self._is_looking:
            self._is_looking = True
            self._app.run_in_background(self._look, "tutorial")

    async def _look(self) -> None:
        try:
            now = await self._facts()
        finally:
            self._is_looking = False
        if self.step is None:
            return
        if self._before is None:
            self._before = now
        elif STEPS[self.step].done(self._before, now):
            self._go_on()

    def _go_on(self) -> None:
        assert self.step is not None
        self.step, self._before = self.step + 1, None
        self._keep(self.step)
        if self.step >= len(STEPS):
            self._end(LAST)
        else:
            self.look()
        self._show()

    def _end(self, words: str) -> None:
        self.step = None
        self._timer.stop()
        self._app.say(words)

    def _show(self) -> None:
        for place in self._app.places:
            place.show_tutorial_step(self.step)

    async def _facts(self) -> TutorialState:
        from tui.screens.reader.screen import ReaderScreen

        kinds, credences = await self._app.library.read(library_overview.tally)
        place = self._app.place
        reader = next((one for one in self._app.places if isinstance(one, ReaderScreen)), None)
        opened = reader.opened if reader else None
        exports = self._app.home.exports
        shown: list[object] = [*self._app.screen_stack[-1:]]  # none when the reader leaves meanwhile
        return TutorialState(
            mode=place.MODE if place else "",
            opened=opened.paper.id if opened and opened.blocks else "",
            block=reader.text.cursor.block if reader else 0,
            came_from=reader.came_from if reader else "",
            kinds=kinds,
            credences=credences,
            exports=sum(file.stat().st_mtime_ns for file in exports.glob("*.md")) if exports.exists() else 0,
            dialog="" if shown in ([], [place]) else type(shown[0]).__name__,
        )

    def _kept(self) -> int:
        with suppress(OSError, ValueError, TypeError, KeyError):
            return int(json.loads((self._app.home.root / FILE).read_text("utf-8"))["step"])
        return 0

    def _keep(self, step: int) -> None:
        with suppress(OSError):  # a home that cannot be written can still be looked at
            (self._app.home.root / FILE).write_text(json.dumps({"step": step}) + "\n", "utf-8")
