"""What a run's code is known by: the same for renamed modules and new words, another for another computation."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from kb.config import Home
from kb.reproductions import environment
from kb.reproductions.code_hash import code_hash, present_hash, tree_text
from kb.reproductions.environment import result_keys
from kb.reproductions.registry import find_reproduction, reproductions
from kb.reproductions.run_history import repeats
from kb.reproductions.runner import plan, run
from kb.reproductions.store import past_runs

BEFORE = Path(__file__).parent / "home_of_0_1_0"
SOURCE = '"""What it is."""\n\nfrom a import b\n\n\ndef f(x: int) -> int:\n    """Twice."""\n    return b(x) * 2\n'


@pytest.fixture
def old_home(home: Home) -> Home:
    """A home in which version 0.1.0 kept a quick run and one seed of a run that was stopped."""
    shutil.copytree(BEFORE, home.root)
    return home


@pytest.fixture
def its_machine(old_home: Home, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """As if this were the machine that it was made on."""
    made_on: dict[str, str] = past_runs(old_home, "causal-incentives")[0]["environment"]
    monkeypatch.setattr(environment, "environment", lambda: made_on)
    monkeypatch.setattr("kb.reproductions.runner.environment", lambda: made_on)
    return made_on


@pytest.mark.parametrize(
    "other",
    [
        SOURCE.replace("from a import b", "from c.d import b"),
        SOURCE.replace("Twice.", "Two times."),
        SOURCE.replace("What it is.", "What it may be."),
        SOURCE.replace("b(x) * 2", "(b(x)\n            * 2)  # doubled"),
    ],
)
def test_words_layout_and_imports_do_not_matter(other: str) -> None:
    assert other != SOURCE
    assert tree_text(other) == tree_text(SOURCE)


@pytest.mark.parametrize(
    "other",
    [
        SOURCE.replace("* 2", "* 3"),
        SOURCE.replace("* 2", "+ 2"),
        SOURCE.replace("b(x)", "b(-x)"),
        SOURCE.replace("return b(x) * 2", "return b(x) * '2'"),
        SOURCE + "\n\nf(1)\n",
    ],
)
def test_what_is_computed_does(other: str) -> None:
    assert tree_text(other) != tree_text(SOURCE)


def test_every_experiment_has_a_hash_of_its_own() -> None:
    assert len({code_hash(one) for one in reproductions()}) == len(reproductions())


def test_a_run_of_before_is_comparable_with_one_of_now(old_home: Home, its_machine: dict[str, str]) -> None:
    found = find_reproduction("causal-incentives")
    earlier = past_runs(old_home, found.id)
    assert present_hash(found.id, earlier[0]["code"]) == code_hash(found) != earlier[0]["code"]
    changed: dict[str, Any] = json.loads(json.dumps({**earlier[0], "run": "now", "code": code_hash(found)}))
    assert repeats(changed, earlier) == []
    metric = next(iter(changed["seeds"][0]["metrics"]))
    changed["seeds"][0]["metrics"][metric] += 1
    assert repeats(changed, earlier) == [metric]
    assert repeats({**changed, "code": "0" * 16}, earlier) == []


def test_a_run_that_was_stopped_before_goes_on(old_home: Home, its_machine: dict[str, str]) -> None:
    found = find_reproduction("causal-incentives")
    knobs = found.knobs(quick=False)
    waiting = [path.name for path in (old_home.root / "runs" / found.id / "unfinished").iterdir()]
    assert waiting == [result_keys(found, knobs)[1]]
    steps = list(run(old_home, plan(found, knobs, seeds=found.seeds[:2])))
    kept = [step.seed for step in steps if not isinstance(step, dict) and step.message == "kept from before"]
    assert kept == [found.seeds[0]]
    assert not list((old_home.root / "runs" / found.id / "unfinished").iterdir())
