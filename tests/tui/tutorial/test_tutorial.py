"""The tutorial watches what is done and goes on by itself; it can be left, resumed, and put away."""

from pathlib import Path

import pytest

from kb.config import Home
from kb.onboarding.tutorial_home import forget, prepare, tutorial_home
from kb.workspace import Workspace
from tests.tui.driving import LARGE, SMALL, Driver, drive
from tests.tui.sample import Sample
from tests.tui.standin import Answer, StandIn
from tui.tutorial.steps import STEPS


async def looked(driver: Driver) -> None:
    """Let the coach look, as it does twice a second."""
    driver.app.tutorial.look()
    await driver.settle()
    if driver.app.tutorial.step is not None:
        driver.app.tutorial.look()
        await driver.settle()


async def done(driver: Driver, *keys: str) -> int | None:
    """Press keys and let the coach look; the step after that."""
    await driver.press(*keys)
    await looked(driver)
    return driver.app.tutorial.step


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_every_step_is_noticed_when_it_is_done(sample: Sample, size: tuple[int, int]) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        assert await done(driver, "f9") == 0
        assert "Tutorial 1 of" in driver.text
        assert await done(driver, "j", "k") == 0, "moving about is not opening"
        assert await done(driver, "enter") == 1
        assert "Read on" in driver.text
        assert await done(driver, "J", "J", "J", "J", "J") == 2
        assert await done(driver, "s", "h") == 3
        assert await done(driver, "s", "c") == 3
        await driver.write("what is claimed")
        assert await done(driver, "ctrl+s") == 4
        driver.app.tutorial.skip()
        await looked(driver)
        await driver.press("f")
        await driver.write("trajectory")
        assert await done(driver, "enter") == 6
        assert await done(driver, "5") == 7
        await driver.press("2", "E")
        assert engine.asked[-1][1] == "export"
        sample.home.exports.mkdir()
        (sample.home.exports / "summary.md").write_text("# A summary\n", "utf-8")
        engine.answer(Answer(engine.asked[-1][0], "export", {"path": "summary.md", "outcome": "created"}, final=False))
        await driver.settle()
        assert "Summary created: summary.md" in driver.text
        assert await done(driver) == 8
        assert await done(driver, "question_mark") is None
        await driver.press("escape")
        assert "Tutorial" not in driver.text.replace("That was the tutorial", "")

    drive(sample.home, steps, size=size, engine=engine)


def test_left_and_resumed_where_it_was(sample: Sample) -> None:
    async def begin(driver: Driver) -> None:
        await done(driver, "f9")
        assert await done(driver, "enter") == 1
        await driver.press("f9")
        assert "The tutorial waits" in driver.text
        assert driver.app.tutorial.step is None

    async def later(driver: Driver) -> None:
        assert await done(driver, "f9") == 1
        await driver.press("f8")
        assert driver.app.tutorial.step == 2

    drive(sample.home, begin)
    drive(sample.home, later)


def test_after_the_last_step_it_begins_anew(sample: Sample) -> None:
    (sample.home.root / "tutorial.json").write_text(f'{{"step": {len(STEPS)}}}', "utf-8")

    async def steps(driver: Driver) -> None:
        assert await done(driver, "f9") == 0

    drive(sample.home, steps)


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"step": "x"}', "null"])
def test_a_broken_memory_of_it_begins_anew(sample: Sample, broken: str) -> None:
    (sample.home.root / "tutorial.json").write_text(broken, "utf-8")

    async def steps(driver: Driver) -> None:
        await driver.press("f8")
        assert "No tutorial is running" in driver.text
        assert await done(driver, "f9") == 0

    drive(sample.home, steps)


@pytest.mark.slow
@pytest.mark.model
def test_its_library_is_made_of_the_primers_and_kept(tmp_path: Path, model_cache: Path) -> None:
    home = tutorial_home(Home(tmp_path / "own"))
    made = [event.title for event in prepare(home) if event.what == "done"]
    assert len(made) == 5
    assert list(prepare(home)) == []
    with Workspace(home) as workspace:
        assert len(workspace.papers.all()) == 5
    assert not (tmp_path / "own" / "library.db").exists(), "the reader's own library is left alone"
    forget(home)
    assert not home.root.exists()
