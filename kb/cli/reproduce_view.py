"""Reproductions and their runs as pages for a reader and as facts for a program."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kb.cli.console import wrapped
from kb.reproductions.past import calibration, comparable, repeats
from kb.reproductions.shape import Reproduction
from kb.reproductions.store import Data, finite, past_runs, runs_folder

if TYPE_CHECKING:
    from kb.config import Home
    from kb.reproductions.seeds import Step

_SIGNS = {"pass": "✓", "fail": "✗", "unclear": "?"}


def listed(home: "Home", one: Reproduction) -> Data:
    """A reproduction in one row."""
    judged = [run for run in past_runs(home, one.id) if run["mode"] == "full"]
    return {
        "reproduction": one.id,
        "title": one.title,
        "kind": one.kind,
        "papers": [paper.arxiv_id for paper in one.papers if paper.arxiv_id],
        "readings": list(one.readings),
        "seconds": one.expected.seed_s * len(one.seeds),
        "verdict": judged[-1]["verdict"] if judged else None,
        "run": judged[-1]["run"] if judged else None,
    }


def as_facts(one: Reproduction, runs: Sequence[Data]) -> Data:
    """Everything about a reproduction but its code."""
    facts = {name: value for name, value in asdict(_without_code(one)).items() if name not in ("run_seed", "id")}
    brief = [{name: run[name] for name in ("run", "at", "mode", "verdict", "why", "seconds")} for run in runs]
    made: Data = finite({"reproduction": one.id, **facts, "runs": brief, "predictions": calibration(runs)})
    return made


def _without_code(one: Reproduction) -> Reproduction:
    from dataclasses import replace

    return replace(one, params=dict(one.params))


def as_page(one: Reproduction, runs: Sequence[Data]) -> str:
    """A reproduction for a reader, in the order of a short paper."""
    lines = [one.title, "=" * len(one.title), "", wrapped(one.claim), ""]
    lines += [
        f"Paper: {paper.title} ({paper.arxiv_id or 'no arXiv id'}) {paper.where}".rstrip() for paper in one.papers
    ]
    lines += _list("The paper reports", [f"{item.what} ({item.where})" for item in one.published])
    lines += ["", "At this scale", wrapped(one.scaled_down, "  ")]
    lines += _list(
        "Knobs (--set NAME=VALUE)", [f"{name}={item.default}  {item.help}" for name, item in one.params.items()]
    )
    checks = [f"{item.role:<8} {item.name}: {item.op} {item.threshold:g}  {item.why}".rstrip() for item in one.checks]
    lines += _list("Checks", checks)
    lines += _list("Does not show here", one.did_not_reproduce)
    lines += _list("Limits", one.limits)
    asked = [f"{at}. {item.text} {' / '.join(item.choices)}".rstrip() for at, item in enumerate(one.ask_first, 1)]
    lines += _list("Predict first (--predict N=ANSWER)", asked)
    lines += _list("Next questions", one.next_questions)
    lines += _list("Runs", [f"{run['run']}  {run['mode']:<11} {run['verdict']}: {run['why']}" for run in runs])
    return "\n".join(lines)


def _list(title: str, items: Sequence[str]) -> list[str]:
    return ["", title, *(wrapped(item, "  ") for item in items)] if items else []


def narrated(steps: "Iterator[Step | Data]", count: int) -> Data:
    """Tell steps on stderr as they come, live on a terminal; returns the finished run."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(bar_width=24), TimeElapsedColumn())
    shares: dict[int, float] = {}
    run: Data = {}
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("starting", total=float(count))
        for step in steps:
            if isinstance(step, dict):
                run = step
                continue
            shares[step.seed] = step.share
            bars.update(task, completed=sum(shares.values()), description=f"seed {step.seed}: {step.message}"[:50])
            if step.ended:
                bars.console.print(_ended(step), markup=False)
    return run


def _ended(step: "Step") -> str:
    if step.failed:
        return f"  ✗ seed {step.seed}: {step.failed}"
    assert step.result is not None
    return f"  ✓ seed {step.seed}  {step.result['seconds']:.1f} s" + (f"  ({step.message})" if step.message else "")


def run_facts(home: "Home", one: Reproduction, run: Data) -> Data:
    """A run for a program."""
    main = next((check for check in run["checks"] if check["name"] == one.main.name), None)
    control = {
        check["name"]: {name: check[name] for name in ("mean", "lo", "hi", "threshold", "op", "status")}
        for check in run["checks"]
        if check["role"] == "control"
    }
    facts = {
        "reproduction": one.id,
        "verdict": run["verdict"],
        "why": run["why"],
        "scale": "reduced",
        "mode": run["mode"],
        "prediction": run["scored"] or run["predictions"] or None,
        "estimate": main["mean"] if main else None,
        "interval": [main["lo"], main["hi"]] if main else [None, None],
        "control": control,
        "seeds": [seed["seed"] for seed in run["seeds"]],
        "seconds": run["seconds"],
        "figure": str(runs_folder(home, one.id) / run["run"] / "figure.png"),
        "run": run["run"],
    }
    return {**facts, **{name: run[name] for name in ("checks", "sabotage", "knobs", "environment", "code", "headroom")}}


def run_page(home: "Home", one: Reproduction, run: Data) -> str:
    """A run for a reader: figure, checks, verdict, predictions, and what it does not show."""
    from kb.reproductions.figure import draw
    from kb.reproductions.terminal import as_text

    lines = [as_text(draw(one, run["seeds"])), ""]
    lines += [_check(check) for check in run["checks"]]
    lines += ["", f"Verdict, at a reduced scale: {run['verdict']} ({run['why']})"]
    if run["headroom"] is not None and run["mode"] == "full":
        lines.append(f"The narrowest margin is {run['headroom']:.1f} standard deviations of a seed.")
    lines += _list("The paper reports", [f"{item.what} ({item.where})" for item in one.published])
    lines += _list("Does not show here", one.did_not_reproduce)
    lines += _list("You predicted", [_answer(item) for item in run["scored"]])
    lines += _list("Earlier runs", _earlier(home, one, run))
    lines += ["", wrapped(f"Lesson: {one.lesson}"), f"Figure: {runs_folder(home, one.id) / run['run'] / 'figure.png'}"]
    return "\n".join(lines)


def _check(check: Data) -> str:
    rule = f"{check['op']} {check['threshold']:g}"
    if check["mean"] is None:
        found = "no number"
    elif check["lo"] is None or check["lo"] == check["hi"]:
        found = f"{check['mean']:.4g}"
    else:
        found = f"{check['mean']:.4g} [{check['lo']:.4g}, {check['hi']:.4g}]"
    return f"  {_SIGNS[check['status']]} {check['role']:<8} {check['name']:<42} {found:<28} {rule}"


def _answer(item: Data) -> str:
    return f"{'✓' if item['right'] else '✗'} {item['question']} You said {item['answer']}; it is {item['value']:.3g}."


def _earlier(home: "Home", one: Reproduction, run: Data) -> list[str]:
    runs = past_runs(home, one.id)
    lines = [f"{other['run']}: {other['verdict']}" for other in comparable(run, runs)][-3:]
    changed = repeats(run, runs)
    return lines + ([f"not the same numbers as before: {', '.join(changed)}"] if changed else [])
