"""Three screens with their colours: a dark theme, a light one, and one of the others, as SVG to look at."""

import pytest

from tests.tui.driving import GOLDEN, Driver, drive
from tests.tui.sample import Sample

SCREENS: dict[str, list[str]] = {
    "library textual-dark": ["x"],
    "reader textual-light": [
        "enter", "right_square_bracket", "J", "s", "h", "right_square_bracket", "J", "s", "c", *"rewards",
        "ctrl+s", "J", "s",
    ],
    "search gruvbox": ["f", *"trajectory"],
}  # fmt: skip
SIZE = (110, 30)


@pytest.mark.parametrize("name", SCREENS)
def test_colours_are_as_agreed(sample: Sample, name: str, update_golden: bool) -> None:
    shown: list[str] = []
    place, theme = name.split()

    async def steps(driver: Driver) -> None:
        driver.app.theme = theme
        await driver.settle()
        await driver.press(*SCREENS[name])
        shown.append(driver.app.export_screenshot(title="Inside View", simplify=True))

    drive(sample.home, steps, size=SIZE)
    file = GOLDEN / f"{place}_{theme}.svg"
    if update_golden:
        file.write_text(shown[0], "utf-8")
        pytest.skip(f"wrote {file.name}")
    assert shown[0] == file.read_text("utf-8"), f"the colours differ from {file}; look at it, then KB_GOLDEN=write"
