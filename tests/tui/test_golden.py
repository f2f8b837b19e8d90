"""The main screens as text, at the smallest size and at a comfortable one."""

import re

import pytest

from kb.config import Home
from tests.tui.driving import LARGE, SMALL, Driver, compare, drive
from tests.tui.sample import Sample

SCREENS: dict[str, list[str]] = {
    "library": [],
    "library_week": ["tab", "j", "j", "j"],
    "library_filter": ["slash", "m", "a", "r"],
    "state_picker": ["m"],
    "reader": ["enter", "J", "J", "J", "J"],
    "reader_selection": ["enter", "right_square_bracket", "right_square_bracket", "J", "s", "s"],
    "reader_notes": ["enter", "right_square_bracket", "J", "s", "h", "J", "J", "s", "h", "o"],
    "reader_empty": ["2"],
    "note_form": ["enter", "right_square_bracket", "J", "s", "c"],
    "note_form_method": ["enter", "right_square_bracket", "J", "s", "c", "f2", "f2"],
    "search": ["f", *"trajectory"],
    "search_empty": ["f"],
    "search_nothing": ["f", *"zebra"],
    "help_library": ["question_mark"],
    "help_reader": ["enter", "question_mark"],
    "all_notes": ["enter", "right_square_bracket", "J", "s", "h", "4"],
    "all_notes_empty": ["4"],
    "palette": ["ctrl+p", *"mark"],
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen_looks_as_agreed(sample: Sample, name: str, size: tuple[int, int], update_golden: bool) -> None:
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press(*SCREENS[name])
        shown.append(re.sub(r"\d{4}-\d\d-\d\d", "2026-01-01", driver.text))

    drive(sample.home, steps, size=size)
    compare(f"{name}_{size[0]}x{size[1]}", shown[0], update_golden)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
def test_empty_library_says_what_to_do(home: Home, size: tuple[int, int], update_golden: bool) -> None:
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        shown.append(driver.text)

    drive(home, steps, size=size)
    compare(f"library_empty_{size[0]}x{size[1]}", shown[0], update_golden)
