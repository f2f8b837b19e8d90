"""Reproductions for the screen: what there is to run, a page of one, a run with its steps, and a run as evidence."""

import time
from collections.abc import Mapping
from dataclasses import asdict
from threading import Event
from typing import TYPE_CHECKING, Any

from kb.config import Home
from kb.engine.protocol import Steps
from kb.workspace import Workspace

if TYPE_CHECKING:
    from kb.reproductions.model import Reproduction
    from kb.reproductions.pages import Line
    from kb.reproductions.seeds import SeedStep

TOLD_EVERY_S = 0.25
"""Progress inside a seed is told at most this often."""


def catalogue(home: Home) -> Steps:
    """Every experiment in a row, with its agendas, what it asks, and its last verdict."""
    from kb.insight.insight import Insight
    from kb.reproductions.registry import reproductions
    from kb.reproductions.run_history import calibration
    from kb.reproductions.store import past_runs, past_sweeps

    agendas: dict[str, list[str]] = {}
    with Workspace(home) as workspace:
        for agenda in Insight(home, workspace.record).agenda_index.agendas.values():
            for named in agenda.reproductions:
                agendas.setdefault(named, []).append(agenda.id)
    runs = {one.id: past_runs(home, one.id) for one in reproductions()}
    rows = [{**_row(one, runs[one.id]), "agendas": agendas.get(one.id, [])} for one in reproductions()]
    told = [one for name, past in runs.items() for one in (*past, *past_sweeps(home, name))]
    yield {"rows": rows, "predictions": calibration(told)}


def _row(one: "Reproduction", runs: list[dict[str, Any]]) -> dict[str, Any]:
    from kb.reproductions.run_history import seconds_a_seed

    judged = [run for run in runs if run["mode"] == "full"]
    a_seed, measured_on = seconds_a_seed(one, runs)
    return {
        "id": one.id,
        "title": one.title,
        "papers": [paper.arxiv_id for paper in one.papers if paper.arxiv_id],
        "lists": list(one.readings),
        "predicted": f"{one.main.name}: {one.main.op} {one.main.threshold:g}",
        "seeds": len(one.seeds),
        "seconds": a_seed * len(one.seeds),
        "quick_seconds": seconds_a_seed(one, runs, quick=True)[0],
        "measured_on": measured_on,
        "verdict": judged[-1]["verdict"] if judged else "",
        "run": judged[-1]["run"] if judged else "",
        "runs": len(runs),
        "questions": [{"text": asked.text, "choices": list(asked.choices)} for asked in one.ask_first],
        "knobs": [{"name": name, "help": knob.help, "default": str(knob.default), "quick": str(knob.in_quick),
                   "limits": _limits(knob)} for name, knob in one.params.items()],
        "metrics": list(one.metrics),
    }  # fmt: skip


def _limits(knob: Any) -> str:
    if knob.choices:
        return " / ".join(map(str, knob.choices))
    return "" if knob.low is None else f"{knob.low:g} to {knob.high:g}"


def page(home: Home, payload: Mapping[str, Any]) -> Steps:
    """An experiment's page, and the page of its newest run where there is one."""
    from kb.reproductions.pages import about, result
    from kb.reproductions.registry import find_reproduction
    from kb.reproductions.store import past_runs, past_sweeps, runs_folder

    one = find_reproduction(payload["reproduction"])
    runs = past_runs(home, one.id)
    newest: list[Line] = result(one, runs[-1], runs, payload.get("width", 78)) if runs else []
    figure = str(runs_folder(home, one.id) / runs[-1]["run"] / "figure.png") if runs else ""
    yield {"id": one.id, "about": about(one, runs, past_sweeps(home, one.id)), "result": newest, "figure": figure}


def reproduce(home: Home, payload: Mapping[str, Any], stop: Event) -> Steps:
    """Plan a run, tell what it will take, then its steps, and in the end what came out."""
    from kb.reproductions.params import read_knobs
    from kb.reproductions.predictions import read_predictions
    from kb.reproductions.registry import find_reproduction
    from kb.reproductions.runner import plan, run
    from kb.reproductions.seeds import SeedStep
    from kb.reproductions.store import past_runs

    one, quick = find_reproduction(payload["reproduction"]), bool(payload.get("quick"))
    knobs = read_knobs(one, payload.get("settings", ()), quick=quick)
    predictions = read_predictions(one, payload.get("predictions", ()))
    planned = plan(one, knobs, quick=quick, predictions=predictions)
    seconds, _ = planned.expected_s(past_runs(home, one.id))
    yield {"planned": {"mode": planned.mode, "seeds": list(planned.seeds), "seconds": seconds}}
    told = 0.0
    for step in run(home, planned, stop=stop):
        if not isinstance(step, SeedStep):
            yield {"done": {name: step[name] for name in ("run", "mode", "verdict", "why", "scored", "seconds")}}
        elif step.ended or time.monotonic() - told >= TOLD_EVERY_S:
            told = time.monotonic()
            yield _step(step)


def _step(step: "SeedStep") -> dict[str, Any]:
    return {"seed": step.seed, "share": step.share, "message": step.message, "ended": step.ended, "failed": step.failed}


def sweep(home: Home, payload: Mapping[str, Any], stop: Event) -> Steps:
    """Each value of a knob in turn; the dose-response grows with every value, and the guess is scored in the end."""
    from kb.reproductions.guesses import read_guess
    from kb.reproductions.pages import answered
    from kb.reproductions.plot_text import as_text
    from kb.reproductions.registry import find_reproduction
    from kb.reproductions.store import past_runs
    from kb.reproductions.sweep import Dose, best_value, dose_response, read_metric, read_sweep
    from kb.reproductions.sweep import sweep as run_sweep

    one = find_reproduction(payload["reproduction"])
    name, doses = read_sweep(one, payload["values"], quick=bool(payload.get("quick")))
    metric = read_metric(one, payload.get("metric", ""), past_runs(home, one.id))
    seeds, tried = one.seeds[: payload.get("seeds", 3)], [knobs[name] for knobs in doses]
    guess = read_guess(one, name, tried, payload.get("guess", ""), payload.get("how_large", ""))
    yield {"planned": {"values": [str(value) for value in tried], "metric": metric, "seeds": list(seeds)}}
    got: list[Dose] = []
    for event in run_sweep(home, one, name, doses, metric=metric, seeds=seeds, guess=guess, stop=stop):
        if isinstance(event, dict):
            scored = [{"right": item["right"], "text": answered(item)} for item in event["scored"]]
            yield {"best": str(event["best"]), "knob": name, "scored": scored}
            continue
        if not isinstance(event, Dose):
            if event.ended:
                yield {**_step(event), "at": str(tried[len(got)])}
            continue
        got.append(event)
        plot = as_text(dose_response(one, name, metric, got), payload.get("width", 78))
        yield {"doses": [asdict(dose) for dose in got], "plot": plot, "best": str(best_value(got)), "knob": name}


def attach(workspace: Workspace, payload: Mapping[str, Any]) -> Steps:
    """A run as evidence for or against a claim, by its verdict; no evidence where it has none."""
    from kb.reproductions.evidence import attach as write
    from kb.reproductions.evidence import claim_note
    from kb.reproductions.registry import find_reproduction
    from kb.reproductions.store import find_run

    run = find_run(workspace.home, payload["run"])
    claim = claim_note(workspace, payload["claim"])
    note = write(workspace, find_reproduction(run["reproduction"]), run, claim)
    said = note.headline if note else ""
    yield {"claim": claim.id, "statement": claim.headline, "run": run["run"], "verdict": run["verdict"],
           "evidence": note.id if note else "", "said": said}  # fmt: skip
