"""Random keys over every screen: nothing breaks, no note is lost, and memory stays flat.

``KB_SOAK=4000`` presses that many; fewer are pressed by `make test-all`.
"""

import gc
import os
import random
import tracemalloc
from collections import Counter

import pytest

from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import NoteContent
from tests.tui.driving import Driver, drive
from tests.tui.sample import Sample
from tests.tui.standin import StandIn
from tui.actions import ACTIONS
from tui.modes import MODES

LEFT_OUT = {"app.quit", "library.quit", "form.editor", "reader.outside", "library.outside"}
"""Actions that end the session or start another program."""
DIALOGS = {"y", "a", "r", "s", "0", "1", "space", "tab", "shift+tab", "enter", "escape", "backspace", "plus", "minus"}
KEYS = sorted(
    {key for action in ACTIONS if action.id not in LEFT_OUT for key in action.key.split(",") if key != "q"} | DIALOGS
)
SIZES = [(80, 24), (160, 48), (40, 10), (220, 60)]
PRESSES = int(os.environ.get("KB_SOAK", "150"))
OFTEN = 25
"""Presses after which another place is gone to, so that each of them gets its share."""
LONG = 4000
"""Presses from which growth says something: the toolkit's caches of drawn lines fill up during the first 2,000."""
GROWTH = 4 * 1024 * 1024
"""Bytes that the last quarter may hold above the third: caches have their limits, leaks do not."""


def write_notes(sample: Sample) -> set[str]:
    """Notes that were there before; their ids."""
    with Record.open(sample.home) as record:
        notes = Notes(record)
        return {
            notes.create(
                NoteContent.model_validate(
                    {"kind": "claim", "paper": sample.christiano, "fields": {"statement": f"Claim {number} [bold]"}}
                )
            ).id
            for number in range(5)
        }


def keys_for(chance: random.Random) -> list[str]:
    """Random keys, with every place gone to in turn."""
    places = [key for action in ACTIONS if action.mode for key in action.key.split(",")[:1]]
    keys = chance.choices(KEYS, k=PRESSES)
    for number, at in enumerate(range(0, PRESSES, OFTEN)):
        keys[at : at + 3] = ["escape", "escape", places[number % len(places)].replace("f", "ctrl+f")]
    return keys[:PRESSES]


def test_every_place_is_gone_to() -> None:
    assert sum(action.mode for action in ACTIONS) == len(MODES)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_keys_break_nothing_and_lose_no_note(sample: Sample, seed: int) -> None:
    chance = random.Random(seed)
    keys, before = keys_for(chance), write_notes(sample)
    shown: Counter[str] = Counter()
    held: list[int] = []

    async def steps(driver: Driver) -> None:
        tracemalloc.start()
        for number, key in enumerate(keys):
            if number % 100 == 50:
                await driver.pilot.resize_terminal(*chance.choice(SIZES))
            await driver.pilot.press(key)
            driver.seen.clear()  # what the test itself remembers must not count
            shown[driver.app.place.MODE if driver.app.place else ""] += 1
            if number % 50 == 49:
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        await driver.press("escape", "escape", "escape", "escape", "ctrl+l")

    drive(sample.home, steps, engine=StandIn())
    with Record.open(sample.home) as record:
        notes = Notes(record)
        kept = notes.all() + notes.all(trashed=True)
        assert before <= {note.id for note in kept}
        assert all(notes.history(note.id)[0].action == "create" for note in kept)
    if PRESSES >= LONG:
        assert set(shown) >= set(MODES), "some place was never shown"
        quarter = len(held) // 4
        third, last = held[2 * quarter : 3 * quarter], held[-quarter:]
        assert sum(last) / quarter - sum(third) / quarter < GROWTH, [size // 1024 for size in held]
