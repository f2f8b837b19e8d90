"""Driving the application without a terminal: keys in, text and messages out."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual._context import visible_screen_stack
from textual.keys import _character_to_key, key_to_character
from textual.message import Message
from textual.pilot import Pilot

from kb.config import Home
from tui.app import InsideView
from tui.engine_port import Engine

PATIENCE = 30
"""Seconds after which a library that shows nothing counts as hanging."""
SMALL, LARGE = (80, 24), (160, 48)
GOLDEN = Path(__file__).parents[1] / "golden"


class Driver:
    """An application that is running; every step waits until all work that it started is done."""

    def __init__(self, app: InsideView, pilot: Pilot[Any], seen: list[Message]) -> None:
        self.app = app
        self.pilot = pilot
        self.seen = seen

    async def settle(self) -> None:
        """Wait until messages and workers, and those that they start, change nothing any more that could be seen."""
        before = None
        while before != (before := (self.app.screen, self.text)):
            await self._round()

    async def _round(self) -> None:
        await self.pilot.pause()
        await self._messages_done()
        while pending := [worker for worker in self.app.workers if not worker.is_finished]:
            await self.app.workers.wait_for_complete(pending)
            await self._messages_done()
        drawn = asyncio.Event()
        if self.app.screen.call_after_refresh(drawn.set):
            await asyncio.wait_for(drawn.wait(), PATIENCE)

    async def _messages_done(self) -> None:
        """Every part of the application has gone through its queue, several times, for messages that make others."""
        for _ in range(4):
            passed = asyncio.Semaphore(0)

            def one_passed(passed: asyncio.Semaphore = passed) -> None:
                passed.release()

            parts = (self.app, *self.app.screen_stack, *self.app.screen.walk_children())
            async with asyncio.timeout(PATIENCE):
                for _ in [part for part in parts if part.call_later(one_passed)]:
                    await passed.acquire()

    async def press(self, *keys: str) -> None:
        """Press keys, each after the one before has had its effect."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type text into what has the focus."""
        for letter in text:
            self._send("space" if letter == " " else letter)
        await self.settle()

    def _send(self, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 else key
        self.app.post_message(events.Key(name, key_to_character(name)))

    def messages(self, kind: type[Message]) -> list[Any]:
        """The messages of this kind so far."""
        return [message for message in self.seen if isinstance(message, kind)]

    @property
    def text(self) -> str:
        """The screen as lines of text, with what stands behind a form."""
        visible_screen_stack.set(self.app._background_screens)
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


def drive(
    home: Home,
    steps: Callable[[Driver], Awaitable[None]],
    *,
    size: tuple[int, int] = SMALL,
    engine: Engine | None = None,
    paper: str | None = None,
) -> None:
    """Run the application for as long as the steps take."""

    async def run() -> None:
        app = InsideView(home, engine=engine, paper=paper)
        app.animation_level = "none"  # what the environment says is read when Textual is imported, which was earlier
        seen: list[Message] = []
        loaded = asyncio.Event()
        app.on_first_data = loaded.set
        async with app.run_test(size=size, message_hook=seen.append, notifications=True) as pilot:
            driver = Driver(app, pilot, seen)
            await asyncio.wait_for(loaded.wait(), PATIENCE)
            await driver.settle()
            await steps(driver)
        app.library.settle()

    asyncio.run(run())


def compare(name: str, text: str, update: bool) -> None:
    """Hold a screen against its golden file; ``KB_GOLDEN=write`` writes the file instead."""
    file = GOLDEN / f"{name}.txt"
    if update:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        pytest.skip(f"wrote {file.name}")
    assert text == file.read_text("utf-8"), f"the screen differs from {file}; look at it, then run with KB_GOLDEN=write"
