"""The agendas and what is read over them, at the smallest size and at a comfortable one."""

import re

import pytest

from tests.tui.credences_sample import believe, lose
from tests.tui.driving import LARGE, SMALL, Driver, compare, drive
from tests.tui.sample import Sample

LINK = ["5", "j", "enter", "right_square_bracket"]
SCREENS: dict[str, list[str]] = {
    "agendas": ["5", "j"],
    "agendas_map": LINK,
    "agendas_sides": [*LINK, "b"],
    "credence_form": [*LINK, "c"],
    "credence_timeline": [*LINK, "t"],
    "cruxes": [*LINK, "r"],
    "audit": [*LINK, "a"],
    "note_picker": [*LINK, "l"],
    "notes_believed": ["4"],
    "link_kinds": ["4", "x", "j", "l"],
    "link_form": ["4", "x", "j", "l", "s"],
    "pass_form": ["enter", "r"],
}


def steady(text: str) -> str:
    """The screen without what is another at each run: times, ids, and the home's folder."""
    text = re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", lambda found: "2026-01-01" + (" 00:00" if found[1] else ""), text)
    return re.sub(r"edit /\S+", "edit FILE", text)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen_looks_as_agreed(sample: Sample, name: str, size: tuple[int, int], update_golden: bool) -> None:
    believe(sample)
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press(*SCREENS[name])
        shown.append(steady(driver.text))

    drive(sample.home, steps, size=size)
    compare(f"{name}_{size[0]}x{size[1]}", shown[0], update_golden)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
def test_mending_looks_as_agreed(sample: Sample, size: tuple[int, int], update_golden: bool) -> None:
    lose(sample, believe(sample)["for"], "We show that this method effectively solves hard tasks without the reward.")
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press("4", "R")
        shown.append(driver.text)

    drive(sample.home, steps, size=size)
    compare(f"anchor_repair_{size[0]}x{size[1]}", shown[0], update_golden)
