"""The line above the keys: a notice and a place, and which of them gives way where both do not fit."""

import pytest

from tests.tui.driving import SMALL, Driver, drive
from tests.tui.sample import Sample

WIDTH = SMALL[0]
PLACE = "A paper · Section 2"


@pytest.mark.parametrize(("spare", "shown"), [(0, PLACE), (1, PLACE), (-1, "Section 2"), (-10, "Section 2")])
def test_the_section_gives_way_only_where_notice_and_place_do_not_fit(sample: Sample, spare: int, shown: str) -> None:
    async def steps(driver: Driver) -> None:
        line = driver.app.place.notices
        line.place = PLACE
        notice = "n" * (WIDTH - len(PLACE) - 4 - spare)
        line.say(notice)
        text = line.render().plain
        assert len(text) == WIDTH
        assert text.endswith(f" {shown} ")
        assert PLACE in text or shown != PLACE
        assert notice in text

    drive(sample.home, steps)


def test_a_notice_that_is_too_long_is_cut_and_a_place_without_a_section_stays(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        line = driver.app.place.notices
        line.place = "Library"
        line.say("n" * (2 * WIDTH))
        text = line.render().plain
        assert len(text) == WIDTH
        assert text.endswith("n… Library ")
        line.notice = ""
        assert line.render().plain == " Library ".rjust(WIDTH)

    drive(sample.home, steps)
