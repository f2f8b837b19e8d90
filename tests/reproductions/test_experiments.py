"""Every experiment there is: its declaration holds together, and its quick form runs, measures and draws."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.config import Home
from kb.reproductions.figure import draw
from kb.reproductions.model import Reproduction
from kb.reproductions.plot_text import as_text
from kb.reproductions.registry import reproductions
from kb.reproductions.runner import plan, run
from kb.sources.agenda_files import packaged_agendas
from kb.sources.concept_files import packaged_concepts

ALL = reproductions()
LONG = {"myopia-precaching", "iterated-amplification", "cot-parity", "induction-heads", "goal-misgeneralisation"}
"""Those whose quick form takes longest."""
every = pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
by_length = pytest.mark.parametrize(
    "one", [pytest.param(one, marks=[pytest.mark.long] if one.id in LONG else [], id=one.id) for one in ALL]
)


@every
def test_it_says_what_it_claims_and_what_it_does_not_show(one: Reproduction) -> None:
    for text in (one.title, one.claim, one.scaled_down, one.lesson):
        assert len(text) > 10
    assert one.limits
    assert one.next_questions
    assert one.ask_first
    assert one.papers
    assert all(item.where for item in one.published)
    assert len(set(one.seeds)) == len(one.seeds) >= 5


def test_every_reproduction_that_agendas_and_concepts_name_exists() -> None:
    named = {one for agenda in packaged_agendas().agendas for one in agenda.reproductions}
    named |= {one for concept in packaged_concepts().concepts for one in concept.reproductions}
    assert named
    assert named <= {one.id for one in ALL}


@every
def test_its_checks_have_a_control_and_every_knob_is_explained(one: Reproduction) -> None:
    roles = {check.role for check in one.checks}
    assert "effect" in roles
    assert roles & {"control", "sanity"} or one.sabotage
    names = [check.name for check in one.checks]
    assert len(set(names)) == len(names)
    effects = {check.name for check in one.checks if check.role == "effect"}
    assert {item.check for item in one.sabotage} <= effects
    assert all(param.help for param in one.params.values())


@by_length
def test_its_quick_form_measures_and_draws_all_that_it_declares(one: Reproduction, home: Home) -> None:
    *_, done = run(home, plan(one, one.knobs(quick=True), quick=True))
    assert isinstance(done, dict)
    assert done["verdict"] == "none", done["why"]
    (seed,) = done["seeds"]
    asked = [check.metric for check in one.checks] + [item.metric for item in one.sabotage]
    asked += [question.metric for question in one.ask_first]
    assert {name: seed["metrics"].get(name) for name in asked if seed["metrics"].get(name) is None} == {}
    figure = draw(one, done["seeds"])
    assert len(figure.panels) == len(one.panels)
    assert all(panel.title in as_text(figure) for panel in one.panels)
    assert Path(done["figure_file"]).stat().st_size > 1000


@pytest.mark.parametrize("one", [one for one in ALL if not one.needs_torch], ids=lambda one: one.id)
def test_numpy_alone_is_enough_where_it_says_so(one: Reproduction) -> None:
    code = (
        "import importlib, json, sys\n"
        f"one = importlib.import_module({one.run_seed.__module__!r}).REPRODUCTION\n"
        "result = one.run_seed(3, one.knobs(quick=True), lambda what, share: None)\n"
        "print(json.dumps([len(result.metrics), 'torch' in sys.modules]))\n"
    )
    root = str(Path(__file__).parents[2])
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False)
    assert told.returncode == 0, told.stderr
    count, torch_was_imported = json.loads(told.stdout)
    assert count > 0
    assert not torch_was_imported


def test_listing_them_imports_no_numerical_library() -> None:
    code = (
        "import sys\nfrom kb.reproductions.registry import reproductions\nreproductions()\n"
        "print([name for name in ('torch', 'numpy', 'sklearn', 'PIL') if name in sys.modules])"
    )
    root = str(Path(__file__).parents[2])
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["preference-learning", pytest.param("scaling-law", marks=pytest.mark.long)])
def test_a_seed_gives_the_same_numbers_twice(name: str, home: Home) -> None:
    (one,) = (one for one in ALL if one.id == name)
    seen: list[Any] = []
    for _ in range(2):
        *_, done = run(home, plan(one, one.knobs(quick=True), quick=True))
        assert isinstance(done, dict)
        seen.append(done["seeds"][0]["metrics"])
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", ["rlkl-bayes", "preference-learning"])
def test_seeds_side_by_side_share_no_random_state(name: str, home: Home) -> None:
    (one,) = (one for one in ALL if one.id == name)
    seen = []
    for at_once in (1, 2):
        *_, done = run(home, plan(one, one.knobs(quick=True), quick=True, seeds=(3, 4), at_once=at_once))
        assert isinstance(done, dict)
        seen.append({seed["seed"]: seed["metrics"] for seed in done["seeds"]})
    assert seen[0] == seen[1]
    assert seen[0][3] != seen[0][4]
