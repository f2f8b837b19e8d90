"""The command palette finds actions, papers, lists, agendas and notes, and goes to them."""

from collections.abc import Callable

import pytest

from tests.tui.driving import LARGE, Driver, drive
from tests.tui.sample import AMODEI, Sample
from tests.tui.screens.test_reader import reader
from tui.dialogs.state_picker import StatePicker
from tui.screens.agendas.screen import AgendasScreen
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen


def in_reader(driver: Driver) -> bool:
    """Whether the note's paper is open at its words."""
    return isinstance(driver.app.place, ReaderScreen) and reader(driver).text.cursor.block == 3


def on_week_four(driver: Driver) -> bool:
    """Whether the library shows the week."""
    place = driver.app.place
    return isinstance(place, LibraryScreen) and place.bar.title == "Week 4"


def on_oversight(driver: Driver) -> bool:
    """Whether the agenda's map is shown."""
    place = driver.app.place
    return isinstance(place, AgendasScreen) and place.page is not None and "oversight" in place.page.view.agenda.title


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("mark as", lambda driver: isinstance(driver.app.screen, StatePicker)),
        ("course week 4", on_week_four),
        ("scalable oversight", on_oversight),
        ("comparisons beat scores", in_reader),
    ],
)
def test_what_is_named_is_gone_to(sample: Sample, typed: str, there: Callable[[Driver], bool]) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s", "c")
        await driver.write("comparisons beat scores")
        await driver.press("ctrl+s", "1", "ctrl+p")
        await driver.write(typed)
        await driver.press("enter")
        assert there(driver)

    drive(sample.home, steps, size=LARGE)


def test_markup_in_titles_is_shown_in_the_palette(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("ctrl+p")
        await driver.write("concrete")
        assert AMODEI in driver.text

    drive(sample.home, steps, size=LARGE)
