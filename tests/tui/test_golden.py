"""The main screens as text at the smallest size and at a comfortable one, the four main ones also on a large window."""

import re

import pytest

from kb.config import Home
from tests.tui.driving import LARGE, SMALL, Driver, compare, drive
from tests.tui.sample import Sample

HUGE = (220, 60)
TO_TEXT = ("enter", "right_square_bracket", "J")
TO_INTRODUCTION = ("enter", "right_square_bracket", "right_square_bracket", "J")
SCREENS: dict[str, list[str]] = {
    "library": [],
    "library_week": ["tab", "j", "j", "j"],
    "library_filter": ["slash", "m", "a", "r"],
    "library_facets": ["v"],
    "library_narrowed": ["v", "G", "k", "enter"],
    "library_sorted": ["s", "s"],
    "library_marked": ["x"],
    "state_picker": ["m"],
    "reader": ["enter", "J", "J", "J", "J"],
    "reader_selection": [*TO_INTRODUCTION, "s", "s"],
    "reader_notes": [*TO_TEXT, "s", "h", "J", "J", "s", "h", "o"],
    "reader_sections": ["enter", "J", "J", "J", "J", "J", "t"],
    "reader_portal": [*TO_INTRODUCTION, "i"],
    "reader_bookmark": [*TO_INTRODUCTION, "B"],
    "reader_bookmarks": [*TO_INTRODUCTION, "B", "apostrophe"],
    "reader_find": ["enter", "slash", *"reward"],
    "reader_empty": ["2"],
    "reader_no_text": ["G", "enter"],
    "note_form": [*TO_TEXT, "s", "c"],
    "note_form_method": [*TO_TEXT, "s", "c", "f2", "f2"],
    "search": ["f", *"trajectory"],
    "search_empty": ["f"],
    "search_nothing": ["f", *"zebra"],
    "help_library": ["question_mark"],
    "help_reader": ["enter", "question_mark"],
    "all_notes": [*TO_TEXT, "s", "h", "4"],
    "all_notes_empty": ["4"],
    "palette": ["ctrl+p", *"mark"],
    "tutorial": ["f9"],
}
MAIN = ("library", "reader_notes", "search", "all_notes")
CASES = [(name, size) for name in SCREENS for size in (SMALL, LARGE)] + [(name, HUGE) for name in MAIN]


@pytest.mark.parametrize(("name", "size"), CASES, ids=[f"{name}-{wide}x{high}" for name, (wide, high) in CASES])
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
