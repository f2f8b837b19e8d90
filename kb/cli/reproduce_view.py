"""Reproductions and their runs as pages for a reader and as facts for a program."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kb.cli.console import wrapped
from kb.reproductions.model import Reproduction
from kb.reproductions.pages import Line, about, result
from kb.reproductions.run_history import calibration, seconds_a_seed
from kb.reproductions.store import Data, finite, past_runs, runs_folder

if TYPE_CHECKING:
    from kb.config import Home
    from kb.reproductions.seeds import SeedStep


def listed(home: "Home", one: Reproduction) -> Data:
    """A reproduction in one row."""
    runs = past_runs(home, one.id)
    judged = [run for run in runs if run["mode"] == "full"]
    return {
        "reproduction": one.id,
        "title": one.title,
        "kind": one.kind,
        "papers": [paper.arxiv_id for paper in one.papers if paper.arxiv_id],
        "readings": list(one.readings),
        "seconds": seconds_a_seed(one, runs)[0] * len(one.seeds),
        "verdict": judged[-1]["verdict"] if judged else None,
        "run": judged[-1]["run"] if judged else None,
    }


def as_facts(one: Reproduction, runs: Sequence[Data], sweeps: Sequence[Data] = ()) -> Data:
    """Everything about a reproduction but its code; what was predicted and guessed counts alike."""
    facts = {name: value for name, value in asdict(_without_code(one)).items() if name not in ("run_seed", "id")}
    brief = [{name: run[name] for name in ("run", "at", "mode", "verdict", "why", "seconds")} for run in runs]
    known = {"runs": brief, "sweeps": list(sweeps), "predictions": calibration([*runs, *sweeps])}
    made: Data = finite({"reproduction": one.id, **facts, **known})
    return made


def _without_code(one: Reproduction) -> Reproduction:
    from dataclasses import replace

    return replace(one, params=dict(one.params))


def as_page(one: Reproduction, runs: Sequence[Data], sweeps: Sequence[Data] = ()) -> str:
    """A reproduction for a reader, in the order of a short paper."""
    knob = next(iter(one.params))
    then = f"Next: kb reproduce run {one.id} --predict 1=… --set {knob}=…, with --quick for a first look"
    return f"{_laid_out(about(one, runs, sweeps))}\n\n{wrapped(then)}"


def _laid_out(lines: Sequence[Line]) -> str:
    """Paragraphs folded to the terminal's width; an empty line goes before each heading."""
    shown: list[str] = []
    for kind, text in lines:
        indent = " " * (len(text) - len(text.lstrip(" ")))
        if kind == "title":
            shown += [text, "=" * len(text)]
        elif kind == "heading":
            shown += ["", text]
        else:
            shown.append(text if kind == "plot" else wrapped(text.strip(), indent))
    return "\n".join(shown)


def narrated(steps: "Iterator[SeedStep | Data]", count: int) -> Data:
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


def _ended(step: "SeedStep") -> str:
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
    """A run for a reader: verdict, figure, checks, predictions, and what it does not show."""
    page = _laid_out(result(one, run, past_runs(home, one.id)))
    return f"{page}\nFigure: {runs_folder(home, one.id) / run['run'] / 'figure.png'}"
