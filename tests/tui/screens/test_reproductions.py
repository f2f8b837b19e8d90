"""Reproductions on the screen: predicted first, run with progress, stopped, swept, attached; the engine is played."""

from collections.abc import Callable
from typing import Any

import pytest

from kb.config import Home
from kb.engine import jobs
from kb.engine.protocol import Request
from kb.engine.side_jobs import SideJobs
from kb.library.credences import Credences
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import ClaimFields, NoteContent
from kb.models.note_kind import NoteKind
from kb.reproductions.store import past_runs
from tests.tui import told
from tests.tui.driving import LARGE, SMALL, Driver, compare, drive
from tests.tui.sample import Sample
from tests.tui.standin import Answer, StandIn
from tui.dialogs.credence_form import CredenceForm
from tui.dialogs.note_picker import NotePicker
from tui.dialogs.reproduction_forms import RunForm, SweepForm
from tui.screens.library import LibraryScreen
from tui.screens.reproductions.screen import ReproductionsScreen


class Played(StandIn):
    """Answers questions at once, as the engine would; runs are told step by step by the test."""

    def submit(self, kind: str, **payload: Any) -> int:
        """Keep a request, and answer where nothing has to be computed."""
        number = super().submit(kind, **payload)
        if kind == "reproductions":
            self.answer(Answer(number, kind, told.catalogue(), final=False))
        elif kind == "reproduction":
            self.answer(Answer(number, kind, told.page(payload["reproduction"]), final=False))
        return number

    def last(self, kind: str) -> tuple[int, dict[str, Any]]:
        """The newest request of a kind."""
        return next((number, payload) for number, asked, payload in reversed(self.asked) if asked == kind)

    def tell(self, kind: str, payload: dict[str, Any] | None = None, *, error: str | None = None) -> None:
        """Something about the newest run."""
        final = payload is None or "stopped" in payload
        self.answer(Answer(self.last(kind)[0], kind, payload or {}, error=error, final=final))


class Real(StandIn):
    """Answers and runs as the engine's process does, on threads of this one."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self._aside = SideJobs(lambda reply: self.answer(reply))  # type: ignore[arg-type]

    def submit(self, kind: str, **payload: Any) -> int:
        """Do what the engine does aside, and keep the rest."""
        number = super().submit(kind, **payload)
        request = Request.model_validate({"id": number, "kind": kind, "payload": payload})
        if kind == "halt":
            self._aside.stop()
        elif kind in jobs.ASIDE:
            self._aside.begin(request, lambda stop: jobs.ASIDE[kind](self._home, payload, stop))
        elif kind in jobs.AT_ONCE:
            self._aside.ask(request, lambda: jobs.AT_ONCE[kind](self._home, payload))
        return number


def screen(driver: Driver) -> ReproductionsScreen:
    """The screen, which must be shown."""
    assert isinstance(driver.app.place, ReproductionsScreen)
    return driver.app.place


async def started(driver: Driver, engine: Played) -> None:
    """A run that has begun."""
    await driver.press("6", "r")
    assert isinstance(driver.app.screen, RunForm)
    await driver.write("no")
    await driver.press("enter")
    await driver.write("0.5..0.9")
    await driver.press("ctrl+s")
    engine.tell("reproduce", told.PLANNED)
    engine.tell("reproduce", told.STEP)
    await driver.settle()


def test_the_list_is_there_and_narrows(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("6")
        assert screen(driver).experiments.row_count == 2
        assert "1 of 2 run · 1 of 2 predicted right" in driver.text
        await driver.press("slash")
        await driver.write("basics")
        assert [screen(driver).experiments.row_count, "Double descent" in driver.text] == [1, True]
        await driver.press("enter", "enter", "escape", "escape")
        assert screen(driver).experiments.row_count == 2
        await driver.press("escape")
        assert isinstance(driver.app.place, LibraryScreen)

    drive(sample.home, steps, engine=Played())


def test_an_engine_that_is_not_there_yet_is_asked_again(sample: Sample) -> None:
    engine = Played()
    refused: list[str] = []
    real = engine.submit

    def late(kind: str, **payload: Any) -> int:
        if kind == "reproductions" and not refused:
            refused.append(kind)
            return 0
        return real(kind, **payload)

    engine.submit = late  # type: ignore[method-assign]

    async def steps(driver: Driver) -> None:
        await driver.press("6")
        while not screen(driver).experiments.row_count:
            await driver.pilot.pause(0.05)
        assert refused

    drive(sample.home, steps, engine=engine)


def test_without_an_engine_the_screen_says_so(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("6")
        assert "kb reproduce list" in driver.text
        await driver.press("r", "s", "a", "v", "o", "x")
        assert driver.app.screen is driver.app.place

    drive(sample.home, steps)


def test_a_run_is_predicted_told_and_shown(sample: Sample) -> None:
    engine = Played()

    async def steps(driver: Driver) -> None:
        await started(driver, engine)
        _, asked = engine.last("reproduce")
        assert (asked["reproduction"], asked["quick"]) == ("coin", False)
        assert asked["predictions"] == ["1=no", "2=0.5..0.9"]
        assert asked["settings"] == []
        assert "seed 1" in driver.text
        assert "50 %" in driver.text
        assert screen(driver).runs.current is not None
        engine.tell("reproduce", told.DONE)
        await driver.settle()
        assert screen(driver).runs.current is None
        assert "Reproduced, at a reduced scale; 1 of 1 predictions right" in driver.text

    drive(sample.home, steps, size=LARGE, engine=engine)


def test_other_knobs_and_quick_mode_are_handed_on(sample: Sample) -> None:
    engine = Played()

    async def steps(driver: Driver) -> None:
        await driver.press("6", "r", "f2")
        assert "gives no verdict" in driver.text
        await driver.press("tab", "tab", "end", "backspace", "5", "ctrl+s")
        _, asked = engine.last("reproduce")
        assert (asked["quick"], asked["settings"]) == (True, ["share=0.5"])
        await driver.press("escape")
        assert isinstance(driver.app.screen, ReproductionsScreen)

    drive(sample.home, steps, engine=engine)


def test_what_the_engine_refuses_is_said_in_the_form(sample: Sample) -> None:
    engine = Played()

    async def steps(driver: Driver) -> None:
        await driver.press("6", "r", "ctrl+s")
        engine.tell("reproduce", error="share=7 does not fit: share lies between 0 and 1")
        await driver.settle()
        assert isinstance(driver.app.screen, RunForm)
        assert "share lies between 0 and 1" in driver.text

    drive(sample.home, steps, engine=engine)


def test_a_run_is_stopped_and_a_second_one_waits(sample: Sample) -> None:
    engine = Played()

    async def steps(driver: Driver) -> None:
        await started(driver, engine)
        await driver.press("r")
        assert driver.app.screen is driver.app.place
        assert "is running" in driver.text
        await driver.press("x")
        assert engine.last("halt")
        engine.tell("reproduce", {"stopped": True})
        await driver.settle()
        assert screen(driver).runs.current is None
        assert "Stopped" in driver.text

    drive(sample.home, steps, engine=engine)


def test_a_run_goes_on_while_the_reader_is_elsewhere(sample: Sample) -> None:
    engine = Played()

    async def steps(driver: Driver) -> None:
        await started(driver, engine)
        await driver.press("1")
        engine.tell("reproduce", told.STEP | {"share": 1.0, "ended": True})
        await driver.settle()
        await driver.press("6")
        assert "100 %" in driver.text

    drive(sample.home, steps, engine=engine)


def test_a_sweep_wants_a_guess_and_says_how_far_it_was_off(sample: Sample, update_golden: bool) -> None:
    engine = Played()
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press("6", "s")
        assert isinstance(driver.app.screen, SweepForm)
        await driver.write("0.1,0.5")
        await driver.press("ctrl+s")
        assert "Guess first" in driver.text
        await driver.write("0.1")
        await driver.press("enter")
        await driver.write("0.2..0.4")
        await driver.press("ctrl+s")
        _, asked = engine.last("sweep")
        assert (asked["values"], asked["metric"]) == ("share=0.1,0.5", "corner first")
        assert (asked["guess"], asked["how_large"]) == ("0.1", "0.2..0.4")
        engine.tell("sweep", told.SWEEP)
        engine.tell("sweep", told.SWEPT)
        engine.tell("sweep", told.SCORED)
        engine.tell("sweep")
        await driver.settle()
        assert "✗ Where? You said 0.1; it is 0.5." in driver.text
        assert "● dose" in driver.text
        shown.append(driver.text)

    drive(sample.home, steps, engine=engine)
    compare("reproductions_swept_80x24", shown[0], update_golden)


def test_a_verdict_becomes_evidence_and_the_credence_is_asked_for(sample: Sample) -> None:
    with Record.open(sample.home) as record:
        claim = Notes(record).create(NoteContent(kind=NoteKind.CLAIM, fields=ClaimFields(statement="It peaks")))
    engine = Played()

    async def steps(driver: Driver) -> None:
        await driver.press("6", "a")
        assert "Only a full run" in driver.text
        await driver.press("j", "a")
        assert isinstance(driver.app.screen, NotePicker)
        await driver.press("enter")
        number, asked = engine.last("attach")
        assert asked == {"run": "20260101-000000-abcdef", "claim": claim.id}
        said = {"claim": claim.id, "statement": "It peaks", "run": asked["run"], "verdict": "reproduced",
                "evidence": "n1", "said": "Double descent: reproduced (reduced scale)"}  # fmt: skip
        engine.answer(Answer(number, "attach", said, final=False))
        await driver.settle()
        assert isinstance(driver.app.screen, CredenceForm)
        await driver.write("70")
        await driver.press("enter", "enter")

    drive(sample.home, steps, engine=engine)
    with Record.open(sample.home) as record:
        (kept,) = Credences(record).history(claim.id)
    assert (kept.words, kept.trigger.kind, kept.trigger.ref) == ("70 %", "run", "20260101-000000-abcdef")


def test_without_a_claim_the_screen_says_how_to_write_one(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("6", "j", "a")
        assert "There is no claim" in driver.text

    drive(sample.home, steps, engine=Played())


def test_the_page_turns_and_scrolls(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("6", "v")
        assert "Not run yet; r runs it" in driver.text
        await driver.press("j", "v")
        assert "a plot" in driver.text
        await driver.press("v", "o")
        assert "The claim" in driver.text
        assert "no figure" in driver.text
        await driver.press("tab", "G", "g", "j", "k", "tab")
        assert screen(driver).experiments.has_focus

    drive(sample.home, steps, engine=Played())


async def until(driver: Driver, there: Callable[[], object]) -> None:
    """Wait for something that another thread brings."""
    while not there():
        await driver.pilot.pause(0.05)
    await driver.settle()


def test_real_runs_come_through_whole_and_can_be_stopped(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("6")
        await until(driver, lambda: screen(driver).experiments.row_count > 20)
        await driver.press("slash")
        await driver.write("switch")
        await driver.press("enter", "r", "f2")
        await driver.write("0.5..0.7")
        await driver.press("ctrl+s")
        await until(driver, lambda: screen(driver).runs.current)
        await until(driver, lambda: not screen(driver).runs.current and "predictions right" in driver.text)
        await until(driver, lambda: "What came out" in driver.text)
        await driver.press("r", "ctrl+s")
        await until(driver, lambda: screen(driver).runs.current)
        await driver.press("x")
        await until(driver, lambda: not screen(driver).runs.current)

    drive(sample.home, steps, size=LARGE, engine=Real(sample.home))
    assert [run["mode"] for run in past_runs(sample.home, "off-switch-game")][:1] == ["quick"]


SCREENS: dict[str, list[str]] = {
    "reproductions": ["6"],
    "reproductions_result": ["6", "j", "v", "enter"],
    "reproductions_form": ["6", "r"],
    "reproductions_sweep": ["6", "s"],
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen_looks_as_agreed(sample: Sample, name: str, size: tuple[int, int], update_golden: bool) -> None:
    shown: list[str] = []

    async def steps(driver: Driver) -> None:
        await driver.press(*SCREENS[name])
        screen(driver).refresh(layout=True)  # what lies behind a form is drawn anew
        await driver.settle()
        shown.append(driver.text)

    drive(sample.home, steps, size=size, engine=Played())
    compare(f"{name}_{size[0]}x{size[1]}", shown[0], update_golden)


def test_after_a_run_the_list_and_its_page_are_asked_for_anew(sample: Sample) -> None:
    engine = Played()

    async def steps(driver: Driver) -> None:
        await started(driver, engine)
        begun = engine.last("reproduce")[0]
        engine.tell("reproduce", {"stopped": True})
        await driver.settle()
        number, asked = engine.last("reproduction")
        assert (number > begun, asked["reproduction"]) == (True, "coin")
        assert engine.last("reproductions")[0] > begun

    drive(sample.home, steps, engine=engine)


def test_a_page_scrolls_by_lines_by_screenfuls_and_to_its_ends(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("6", "tab")
        page = screen(driver).page
        page.write([("text", f"line {number}") for number in range(100)])
        await driver.settle()
        room = page.size.height
        seen = []
        for key in ("j", "j", "k", "pagedown", "pageup", "G", "g"):
            await driver.press(key)
            seen.append(page.scroll_offset.y)
        assert seen == [1, 2, 1, room - 1, 1, 100 - room, 0]

    drive(sample.home, steps, engine=Played())
