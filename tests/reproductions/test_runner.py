"""Runs in real children: what is stored, what a crash leaves, and what a second run takes up again."""

import gc
import json
import signal
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.config import Home
from kb.reproductions.predictions import read_predictions
from kb.reproductions.runner import plan, run
from kb.reproductions.seeds import SeedLimits, SeedStep, run_seeds
from kb.reproductions.store import find_run, past_runs, runs_folder
from tests.reproductions.made_up import REPRODUCTION


def knobs(**changed: Any) -> dict[str, Any]:
    return {**REPRODUCTION.knobs(quick=False), **changed}


def finished(home: Home, **options: Any) -> dict[str, Any]:
    wanted = options.pop("knobs", knobs())
    *_, last = run(home, plan(REPRODUCTION, wanted, **options))
    assert isinstance(last, dict)
    return last


def test_a_run_is_judged_and_stored_whole(home: Home) -> None:
    done = finished(home)
    assert done["verdict"] == "reproduced"
    assert [seed["seed"] for seed in done["seeds"]] == [1, 2, 3]
    assert done["sabotage"][0]["status"] == "fail"
    assert done["environment"]["python"]
    folder = runs_folder(home, "made-up") / done["run"]
    stored = json.loads((folder / "run.json").read_text())
    assert {**stored, "figure_file": str(folder / "figure.png")} == done
    assert (folder / "figure.png").read_bytes().startswith(b"\x89PNG")
    assert find_run(home, done["run"][:15])["run"] == done["run"]


def test_nothing_but_the_run_is_left(home: Home) -> None:
    done = finished(home)
    left = [path.name for path in runs_folder(home, "made-up").rglob("*") if path.is_file()]
    assert sorted(left) == ["figure.png", "run.json"]
    assert [one["run"] for one in past_runs(home, "made-up")] == [done["run"]]


def test_the_same_seeds_give_the_same_numbers_in_fresh_processes(home: Home) -> None:
    first, second = finished(home), finished(home, at_once=1)
    assert [seed["metrics"] for seed in first["seeds"]] == [seed["metrics"] for seed in second["seeds"]]


def test_quick_mode_gives_no_verdict(home: Home) -> None:
    done = finished(home, quick=True)
    assert (done["mode"], done["verdict"], len(done["seeds"])) == ("quick", "none", 1)
    assert done["checks"][0]["lo"] is None


def test_changed_knobs_give_no_verdict(home: Home) -> None:
    done = finished(home, knobs=knobs(size=2.0))
    assert (done["mode"], done["verdict"]) == ("exploration", "none")


def test_a_single_seed_gives_no_verdict(home: Home) -> None:
    assert finished(home, seeds=[4])["verdict"] == "none"


@pytest.mark.parametrize(
    ("trouble", "why"),
    [("raise", "ValueError: told to"), ("die", "ended with 7"), ("memory", "needs more memory")],
)
def test_a_crash_could_not_run_whatever_the_other_seeds_say(home: Home, trouble: str, why: str) -> None:
    done = finished(home, knobs=knobs(trouble=trouble))
    assert done["verdict"] == "could not run"
    assert why in done["why"]


def test_one_crashed_seed_is_told_and_the_others_are_kept(home: Home) -> None:
    done = finished(home, knobs=knobs(trouble="raise on 2"))
    assert [sorted(seed)[0] for seed in done["seeds"]] != []
    assert ["failed" in seed for seed in done["seeds"]] == [False, True, False]
    assert done["verdict"] == "could not run"


def test_a_number_that_is_not_one_is_stored_as_none(home: Home) -> None:
    done = finished(home, knobs=knobs(trouble="nan"))
    assert done["seeds"][0]["metrics"]["effect"] is None
    assert done["checks"][0]["status"] == "unclear"


def test_a_seed_that_hangs_is_ended(home: Home) -> None:
    limits = SeedLimits(wall_s=1.0, cpu_s=10)
    steps = list(run_seeds(REPRODUCTION, [1], knobs(trouble="hang"), limits, at_once=1))
    assert steps[-1].overrun
    assert "time" in steps[-1].failed


def test_a_stopped_run_stores_nothing_and_the_next_one_goes_on_from_its_seeds(home: Home) -> None:
    events = run(home, plan(REPRODUCTION, knobs(), at_once=1))
    for event in events:
        if isinstance(event, SeedStep) and event.result is not None:
            break
    events.close()  # type: ignore[attr-defined]
    assert past_runs(home, "made-up") == []
    messages = [event.message for event in run(home, plan(REPRODUCTION, knobs())) if isinstance(event, SeedStep)]
    assert messages.count("kept from before") == 1
    assert past_runs(home, "made-up")[0]["verdict"] == "reproduced"


def test_predictions_are_kept_before_and_scored_after(home: Home) -> None:
    said = read_predictions(REPRODUCTION, ["1=0.9..1.1", "2=no"])
    events = run(home, plan(REPRODUCTION, knobs(), predictions=said))
    next(events)
    events.close()  # type: ignore[attr-defined]
    done = finished(home)
    assert [one["answer"] for one in done["predictions"]] == ["0.9..1.1", "no"]
    assert [one["right"] for one in done["scored"]] == [True, False]


def test_a_half_written_run_is_not_a_run(home: Home) -> None:
    part = runs_folder(home, "made-up") / "20260101-000000-aaaaaa"
    part.mkdir(parents=True)
    (part / "run.json").write_text('{"run": "2026')
    assert past_runs(home, "made-up") == []


_KILLED = """
import sys
from dataclasses import replace
from pathlib import Path
from kb.config import Home
from kb.reproductions.runner import plan, run
from tests.reproductions.made_up import REPRODUCTION

knobs = {**REPRODUCTION.knobs(quick=False), "trouble": "hang on 2"}
for event in run(Home(Path(sys.argv[1])), plan(REPRODUCTION, knobs, at_once=1)):
    if event.result is not None:
        print("seed kept", flush=True)
"""


def test_a_kill_in_the_middle_leaves_whole_seeds_and_no_run(home: Home) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(home.root)], cwd=root, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "seed kept\n"
        process.send_signal(signal.SIGKILL)
    left = [path for path in runs_folder(home, "made-up").rglob("*") if path.is_file()]
    assert [path.name for path in left] == ["seed-1.json"]
    assert json.loads(left[0].read_text())["seed"] == 1
    assert past_runs(home, "made-up") == []


def test_the_time_is_told_as_it_was_here_once_it_has_run_here(home: Home) -> None:
    planned = plan(REPRODUCTION, REPRODUCTION.knobs(quick=False), at_once=2)
    assert planned.expected_s(()) == (pytest.approx(0.2), REPRODUCTION.expected.measured_on)
    *_, done = run(home, planned)
    assert isinstance(done, dict)
    took = sum(seed["seconds"] for seed in done["seeds"]) / 3
    assert planned.expected_s(past_runs(home, REPRODUCTION.id)) == (
        pytest.approx(2 * took),
        "measured here, in your last run",
    )
    newer = replace(planned, reproduction=replace(REPRODUCTION, version=2))
    assert newer.expected_s(past_runs(home, REPRODUCTION.id))[1] == REPRODUCTION.expected.measured_on


def test_a_seed_leaves_no_pipe_to_be_found_by_the_collector() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", ResourceWarning)
        steps = list(run_seeds(REPRODUCTION, [1], knobs(), SeedLimits(wall_s=60.0, cpu_s=60), at_once=1))
        gc.collect()
    assert steps[-1].ended
    assert [one for one in said if issubclass(one.category, ResourceWarning)] == []
