"""Looking elsewhere while reading on: the portal, bookmarks, progress, the time that it took, and pictures."""

from pathlib import Path

import pytest
from PIL import Image

from kb.library.reading_sessions import ReadingSessions
from kb.library.record import Record
from tests.tui.driving import LARGE, SMALL, Driver, drive
from tests.tui.sample import Sample
from tests.tui.screens.test_reader import reader
from tests.tui.standin import Answer, StandIn
from tui.dialogs.bookmark_list import BookmarkList
from tui.dialogs.picture import PictureScreen
from tui.runtime import terminal_images
from tui.text.reflow import TextPosition
from tui.widgets.fine_picture import FinePicture
from tui.widgets.half_blocks import HalfBlocks

TO_INTRODUCTION = ("enter", "right_square_bracket", "right_square_bracket", "J")


def readings(sample: Sample) -> ReadingSessions:
    """What was kept of reading."""
    return ReadingSessions(Record.open(sample.home))


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_portal_shows_a_reference_and_closes_with_the_same_key(sample: Sample, size: tuple[int, int]) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_INTRODUCTION, "i")
        place = reader(driver)
        assert place.portal_pane.display
        assert "Human-level control through deep reinforcement" in driver.text
        assert place.text.cursor.block == 5
        await driver.press("w", "w")
        assert place.portal_pane.display, "reading goes on beside it"
        await driver.press("i")
        assert not place.portal_pane.display

    drive(sample.home, steps, size=size)


def test_what_the_portal_shows_can_be_gone_to_and_come_back_from(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_INTRODUCTION, "i", "I")
        text = reader(driver).text
        assert text.page.kinds[text.cursor.block] == "reference"
        await driver.press("backspace")
        assert text.cursor.block == 5
        await driver.press("I")
        assert "The portal is closed" in driver.text

    drive(sample.home, steps)


def test_escape_closes_the_portal_before_it_leaves_the_paper(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_INTRODUCTION, "i", "escape")
        assert not reader(driver).portal_pane.display

    drive(sample.home, steps)


def test_where_nothing_is_named_the_portal_stays_closed_and_says_so(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "i")
        assert not reader(driver).portal_pane.display
        assert "Nothing here points elsewhere" in driver.text

    drive(sample.home, steps, size=LARGE)


def test_bookmarks_are_kept_listed_and_gone_to(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_INTRODUCTION, "B")
        assert "Bookmark put here" in driver.text
        assert "» " in driver.text
        await driver.press("g", "apostrophe")
        assert isinstance(driver.app.screen, BookmarkList)
        assert "p. 1   Recent success in scaling" in driver.text
        await driver.press("enter")
        assert reader(driver).text.cursor == TextPosition(5, 0)

    async def later(driver: Driver) -> None:
        await driver.press("c", "apostrophe", "enter", "B")
        assert "Bookmark taken away" in driver.text
        await driver.press("apostrophe")
        assert "No bookmarks" in driver.text

    drive(sample.home, steps)
    drive(sample.home, later)
    assert readings(sample).bookmarks(sample.christiano) == ()


def test_what_was_gone_over_is_kept_and_jumps_do_not_count(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "G")
        assert reader(driver).position.share_read == 0
        await driver.press("g", *["J"] * 5)
        share = reader(driver).position.share_read
        assert 0.2 < share < 0.7
        await driver.press("escape")

    drive(sample.home, steps, size=LARGE)
    seen = readings(sample).seen(sample.christiano)
    assert seen[0][0] == 0
    assert 200 < seen[0][1] < 700


def test_time_is_counted_between_keys(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter")
        place = reader(driver)
        place.position.clock.press(1000)
        place.position.clock.press(1030)
        place.position.clock.leave()
        await driver.press("escape")

    drive(sample.home, steps)
    assert readings(sample).seconds()[sample.christiano] >= 30


def test_next_figure_and_back(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "x")
        text = reader(driver).text
        assert text.page.kinds[text.cursor.block] == "caption"
        await driver.press("x")
        assert "No more figures" in driver.text
        await driver.press("backspace")
        assert text.cursor.block == 0

    drive(sample.home, steps)


def test_the_picture_of_a_page_is_asked_for_and_shown_in_half_blocks(sample: Sample, tmp_path: Path) -> None:
    engine, file = StandIn(), tmp_path / "page.png"
    Image.effect_noise((400, 560), 80).save(file)

    async def steps(driver: Driver) -> None:
        await driver.press("enter", "P")
        number, kind, asked = engine.asked[-1]
        assert (kind, asked["page"], asked["box"]) == ("crop", 1, None)
        engine.answer(Answer(number, "crop", {"path": str(file)}, final=False))
        await driver.settle()
        screen = driver.app.screen
        assert isinstance(screen, PictureScreen)
        assert driver.text.count("▀") > 1000
        assert screen.shown is not None
        before = screen.shown.virtual_size
        await driver.press("+", "+", "down", "right", "-")
        assert screen.shown.virtual_size.width > before.width
        await driver.press("escape")
        assert reader(driver).text.has_focus

    drive(sample.home, steps, engine=engine)


def test_a_picture_in_fine_pixels_is_zoomed_and_given_up_for_half_blocks(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widgets = pytest.importorskip("textual_image.widget", reason="the extra images is not installed")
    monkeypatch.setattr(terminal_images, "FINE", widgets.HalfcellImage)
    engine, file = StandIn(), tmp_path / "page.png"
    Image.effect_noise((400, 560), 80).save(file)

    async def steps(driver: Driver) -> None:
        await driver.press("enter", "P")
        engine.answer(Answer(engine.asked[-1][0], "crop", {"path": str(file)}, final=False))
        await driver.settle()
        screen = driver.app.screen
        assert isinstance(screen, PictureScreen)
        shown = screen.shown
        assert isinstance(shown, FinePicture)
        assert shown.part == (0, 0, 400, 560)
        await driver.press("+", "+", "up", "up", "up", "up", "right")
        left, top, right, bottom = shown.part
        assert top == 0 < bottom < 560
        assert (left, right) == (0, 400)
        await driver.press("down", "+", "+", "right")
        assert 0 < shown.part[0] < shown.part[2] <= 400
        await driver.press("b", "+")
        assert isinstance(screen.shown, HalfBlocks)
        assert screen.shown.has_focus
        assert terminal_images.FINE is None

    drive(sample.home, steps, engine=engine)


def test_an_answer_that_nobody_waits_for_opens_no_picture(sample: Sample, tmp_path: Path) -> None:
    engine, file = StandIn(), tmp_path / "page.png"
    Image.new("RGB", (40, 56)).save(file)

    async def steps(driver: Driver) -> None:
        await driver.press("enter", "P", "1")
        engine.answer(Answer(engine.asked[-1][0], "crop", {"path": str(file)}, final=False))
        await driver.settle()
        assert not isinstance(driver.app.screen, PictureScreen)

    drive(sample.home, steps, engine=engine)


def test_an_engine_that_has_ended_promises_nothing(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        engine.answer(Answer(0, "engine", error="the engine has ended", final=True))
        await driver.settle()
        assert "words only" in driver.text
        await driver.press("enter", "P")
        assert "so there are no pictures" in driver.text
        await driver.press("E")
        assert "kb export summary" in driver.text
        assert not any(kind in ("crop", "export") for _, kind, _ in engine.asked)

    drive(sample.home, steps, engine=engine, size=LARGE)


def test_without_an_engine_no_picture_is_promised(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "P")
        assert "so there are no pictures" in driver.text

    drive(sample.home, steps)


@pytest.mark.parametrize(
    ("names", "can"),
    [({"TERM": "xterm-kitty"}, True), ({"TERM_PROGRAM": "WezTerm"}, True), ({"TERM": "xterm-256color"}, False),
     ({"TERM": "xterm-kitty", "TMUX": "/tmp/x,1,0"}, False), ({}, False)],
)  # fmt: skip
def test_fine_pictures_only_where_the_terminal_says_that_it_can(
    names: dict[str, str], can: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", "TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    assert terminal_images.can_draw() is can


def test_in_the_notes_beside_the_text_a_key_does_one_thing(sample: Sample) -> None:
    from tui.dialogs.credence_form import CredenceForm
    from tui.dialogs.note_form import NoteForm

    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s", "c")
        await driver.write("what is claimed")
        await driver.press("ctrl+s", "o", "c")
        assert isinstance(driver.app.screen, CredenceForm)
        assert not any(isinstance(one, NoteForm) for one in driver.app.screen_stack)
        await driver.press("escape", "d")
        assert driver.app.screen is reader(driver)
        assert reader(driver).notes.chosen is None

    drive(sample.home, steps)
