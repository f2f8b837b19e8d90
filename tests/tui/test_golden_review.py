"""The reviews at the smallest size and at a comfortable one."""

import re

import pytest

from tests.tui.driving import LARGE, SMALL, Driver, compare, drive
from tests.tui.review_sample import choose
from tests.tui.sample import Sample

SCREENS: dict[str, list[str]] = {
    "review": ["7"],
    "review_question": ["7", "j", "enter"],
    "review_rating": ["7", "enter", *"60"],
    "review_compared": ["7", "enter", *"60", "enter"],
    "review_so_far": ["7", "t"],
    "review_asks": ["7", "a", *"annotators", "enter"],
    "help_review": ["7", "question_mark"],
}


OVER = ("review_so_far", "review_asks", "help_review")
"""What stands over the screen; when what is behind it is drawn is not ours to say."""


def steady(text: str) -> str:
    """The screen without its dates."""
    return re.sub(r"\d{4}-\d\d-\d\d", "2026-01-01", text)


def box(text: str) -> str:
    """What stands in the outermost frame, with the frame."""
    lines = text.split("\n")
    top = next(at for at, line in enumerate(lines) if "╭" in line)
    left, right = lines[top].index("╭"), lines[top].rindex("╮") + 1
    bottom = max(at for at, line in enumerate(lines) if line[left : left + 1] == "╰")
    return "\n".join(line[left:right].rstrip() for line in lines[top : bottom + 1]) + "\n"


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen_looks_as_agreed(sample: Sample, name: str, size: tuple[int, int], update_golden: bool) -> None:
    choose(sample)
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press(*SCREENS[name])
        shown.append(steady(box(driver.text) if name in OVER else driver.text))

    drive(sample.home, steps, size=size)
    compare(f"{name}_{size[0]}x{size[1]}", shown[0], update_golden)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
def test_no_cards_look_as_agreed(sample: Sample, size: tuple[int, int], update_golden: bool) -> None:
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press("7")
        shown.append(driver.text)

    drive(sample.home, steps, size=size)
    compare(f"review_empty_{size[0]}x{size[1]}", shown[0], update_golden)
