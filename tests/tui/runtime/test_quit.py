"""Leaving in the middle of something: what was asked to be saved is saved, and nothing breaks."""

import asyncio
import gc
import threading
import weakref

from textual import events

from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import NoteContent
from tests.tui.driving import Driver, drive
from tests.tui.sample import Sample
from tui.app import InsideView
from tui.data import commands
from tui.data.library_client import LibraryClient


def test_a_note_that_waits_to_be_saved_is_saved_after_the_reader_has_left(sample: Sample) -> None:
    content = NoteContent.model_validate({"kind": "claim", "fields": {"statement": "said at the last moment"}})
    is_free, dropped = threading.Event(), []

    def busy(_: LibraryClient) -> None:
        is_free.wait()

    async def run() -> None:
        app, loaded = InsideView(sample.home), asyncio.Event()
        app.on_first_data = loaded.set
        async with app.run_test() as pilot:
            await loaded.wait()
            await pilot.pause()
            work = [asyncio.ensure_future(app.library.write(busy))]
            work += [asyncio.ensure_future(app.library.write(commands.save_note, content, None, None))]
            work += [asyncio.ensure_future(app.library.write(lambda _: dropped.append("asked")))]
            await pilot.pause()
            for one in work:
                one.cancel()
            await asyncio.wait(work)
        is_free.set()
        app.library.settle()

    asyncio.run(run())
    with Record.open(sample.home) as record:
        assert [note.headline for note in Notes(record).all()] == ["said at the last moment"]
    assert dropped == ["asked"]


def test_the_tutorial_may_look_while_the_reader_leaves(sample: Sample) -> None:
    async def run() -> None:
        app, loaded = InsideView(sample.home), asyncio.Event()
        app.on_first_data = loaded.set
        async with app.run_test(size=(80, 24)) as pilot:
            await loaded.wait()
            await pilot.pause()
        assert not app.screen_stack
        assert (await app.tutorial._facts()).dialog == ""
        app.library.settle()

    asyncio.run(run())


def test_tab_in_an_empty_reader_with_every_pane_put_away_does_nothing(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("2", "tab", "t", "t", "tab", "o", "o", "tab")
        assert "No paper is open" in driver.text

    drive(sample.home, steps)


def test_what_is_typed_is_asked_about_before_the_reader_leaves(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "c")
        await driver.write("half a thought")
        await driver.press("ctrl+q")
        assert driver.app.is_running
        assert "ctrl+q again drops what you typed" in driver.text
        await driver.press("ctrl+s")
        assert "saved" in driver.text
        driver.app.post_message(events.Key("ctrl+q", None))
        await driver.pilot.pause()
        assert driver.app._exit

    drive(sample.home, steps)
    with Record.open(sample.home) as record:
        assert [note.headline for note in Notes(record).all()] == ["half a thought"]


BURST = "a claim that is typed at once, and no letter of it may be missing at the end"


def sent_at_once(driver: Driver, *keys: str) -> None:
    """Keys as a terminal hands them over that was busy: all before the first has had its effect."""
    for key in (*BURST, *keys):
        driver._send("space" if key == " " else key)


def test_a_burst_is_whole_when_the_key_that_saves_comes_with_it(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "c")
        sent_at_once(driver, "ctrl+s", "ctrl+s")
        await driver.settle()
        assert "saved" in driver.text

    drive(sample.home, steps)
    with Record.open(sample.home) as record:
        assert [note.headline for note in Notes(record).all()] == [BURST]


def test_a_burst_is_asked_about_when_the_key_that_leaves_comes_with_it(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "c")
        sent_at_once(driver, "ctrl+q")
        await driver.settle()
        assert driver.app.is_running
        assert "ctrl+q again drops what you typed" in driver.text

    drive(sample.home, steps)


def test_work_that_meets_a_screen_taken_apart_while_the_reader_leaves_breaks_nothing(sample: Sample) -> None:
    ended = []

    async def look_for_ever(app: InsideView) -> None:
        while app.is_running:
            await asyncio.sleep(0)
        try:
            app.query_one("#nothing-is-called-so")
        finally:
            ended.append("in the middle")

    async def steps(driver: Driver) -> None:
        driver.app.run_in_background(lambda: look_for_ever(driver.app), "test")

    drive(sample.home, steps)
    assert ended == ["in the middle"]


def test_nothing_holds_on_to_a_form_that_was_closed(sample: Sample) -> None:
    drawn: list[weakref.ref[object]] = []

    async def steps(driver: Driver) -> None:
        await driver.press("?")
        drawn.extend(weakref.ref(widget._styles_cache) for widget in driver.app.screen.query("*"))
        await driver.press("escape", "j", "k")
        driver.seen.clear()
        gc.collect()
        assert drawn
        assert not [one for one in drawn if one() is not None]

    drive(sample.home, steps)
