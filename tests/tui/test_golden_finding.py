"""The screens of finding as text, at the smallest size and at a comfortable one."""

import re
from typing import Any

import pytest

from kb.library.notes import Notes
from kb.library.record import Record
from kb.library.saved_searches import SavedSearch, save_search
from kb.library.search_history import remember_query
from kb.models.note import NoteContent
from tests.tui.driving import LARGE, SMALL, Driver, compare, drive
from tests.tui.sample import Sample
from tests.tui.screens.test_search import found, hit, sides
from tests.tui.standin import Answer, StandIn

SCREENS: dict[str, list[str]] = {
    "finding_recent": ["f"],
    "finding_chips": ["f", *"author:leike kind:clam reward"],
    "finding_notes": ["f", *"comparisons"],
    "finding_flat": ["f", "f5", *"reward complex"],
    "finding_kept": ["f", "f6"],
    "finding_name": ["f", *"reward", "ctrl+s"],
    "finding_like": ["f", *"reward", "f4"],
    "finding_sides": ["4", "S"],
}
ANSWERS = {"finding_like": "like", "finding_sides": "sides", "finding_kept": "saved"}


def fill(sample: Sample) -> None:
    """Searches that are kept and were made, and a claim."""
    save_search(sample.home, SavedSearch(name="hacking", query="reward hacking agenda:rlhf"))
    save_search(sample.home, SavedSearch(name="my claims on debate", query="kind:claim agenda:debate"))
    remember_query(sample.home, "two agents argue")
    remember_query(sample.home, "agenda:rlhf reward [bold]")
    with Record.open(sample.home) as record:
        fields = {"statement": "Comparisons of behaviour are enough to learn a reward"}
        agendas = [{"agenda": "rlhf", "bearing": "supports"}]
        Notes(record).create(NoteContent.model_validate({"kind": "claim", "fields": fields, "agendas": agendas}))


def answer(sample: Sample, kind: str) -> dict[str, Any]:
    """What the engine says."""
    if kind == "saved":
        return {"news": {"hacking": 3, "my claims on debate": None}}
    return sides(sample) if kind == "sides" else found(hit(sample), hit(sample, "Another passage.", section="2 Method"))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen_looks_as_agreed(sample: Sample, name: str, size: tuple[int, int], update_golden: bool) -> None:
    fill(sample)
    engine = StandIn()
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press(*SCREENS[name])
        if kind := ANSWERS.get(name):
            number = next(number for number, each, _ in reversed(engine.asked) if each == kind)
            engine.answer(Answer(number, kind, answer(sample, kind)))
            await driver.settle()
        shown.append(re.sub(r"\d{4}-\d\d-\d\d", "2026-01-01", driver.text))

    drive(sample.home, steps, size=size, engine=engine)
    compare(f"{name}_{size[0]}x{size[1]}", shown[0], update_golden)
