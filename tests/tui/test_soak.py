"""Random keys over every screen: nothing breaks, and no note is lost. ``KB_SOAK=2000`` presses that many."""

import os
import random

import pytest

from kb.library.notes import Notes
from kb.library.record import Record
from tests.tui.driving import Driver, drive
from tests.tui.sample import Sample
from tui.actions import ACTIONS

LEFT_OUT = {"app.quit", "library.quit", "form.editor", "reader.outside"}
"""Actions that end the session or start another program."""
KEYS = sorted(
    {key for action in ACTIONS if action.id not in LEFT_OUT for key in action.key.split(",") if key != "q"}
    | {"a", "r", "0", "space", "shift+tab", "enter", "escape", "backspace"}
)
SIZES = [(80, 24), (160, 48), (40, 10), (220, 60)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_random_keys_break_nothing_and_lose_no_note(sample: Sample, seed: int) -> None:
    chance = random.Random(seed)
    keys = chance.choices(KEYS, k=int(os.environ.get("KB_SOAK", "300")))

    async def steps(driver: Driver) -> None:
        for number, key in enumerate(keys):
            if number % 100 == 50:
                await driver.pilot.resize_terminal(*chance.choice(SIZES))
            await driver.pilot.press(key)
        await driver.settle()

    drive(sample.home, steps)
    with Record.open(sample.home) as record:
        notes = Notes(record)
        kept = notes.all() + notes.all(trashed=True)
        assert all(notes.history(note.id)[0].action == "create" for note in kept)
        assert record.engine is not None
