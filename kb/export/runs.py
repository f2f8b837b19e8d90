"""Runs of small experiments as a summary tells them: verdict, number, and the plot that was kept with the run."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from kb.config import Home
from kb.models.summary import Picture, RunPart
from kb.reproductions.model import Reproduction
from kb.reproductions.registry import reproductions
from kb.reproductions.store import past_runs, runs_folder

Wanted = Callable[[datetime], bool]
"""Whether a run that began at some time belongs into the summary."""


def runs_of(home: Home, arxiv_ids: Iterable[str | None], ids: Iterable[str] = ()) -> dict[str, list[RunPart]]:
    """The newest judged run of each experiment on these papers, or with these ids, by the papers' arXiv ids.

    Runs of experiments on none of the papers stand under an empty id.
    """
    papers, named = {arxiv_id for arxiv_id in arxiv_ids if arxiv_id}, set(ids)
    return _placed(home, papers, lambda one: one.id in named or not papers.isdisjoint(_papers(one)), lambda _: True)


def runs_within(home: Home, arxiv_ids: Iterable[str | None], wanted: Wanted) -> dict[str, list[RunPart]]:
    """The newest judged run, of those that are wanted, of every experiment; placed as by :func:`runs_of`."""
    return _placed(home, {arxiv_id for arxiv_id in arxiv_ids if arxiv_id}, lambda _: True, wanted)


def _placed(
    home: Home, papers: set[str], chosen: Callable[[Reproduction], bool], wanted: Wanted
) -> dict[str, list[RunPart]]:
    found: dict[str, list[RunPart]] = {}
    if not (home.root / "runs").is_dir():
        return found
    for one in filter(chosen, reproductions()):
        judged = [run for run in past_runs(home, one.id) if run["mode"] == "full" and wanted(_moment(run))]
        if judged:
            place = next((arxiv_id for arxiv_id in _papers(one) if arxiv_id in papers), "")
            found.setdefault(place, []).append(_part(home, one, judged[-1]))
    return found


def _papers(one: Reproduction) -> list[str]:
    return [paper.arxiv_id for paper in one.papers if paper.arxiv_id]


def _moment(run: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(run["at"]).astimezone()


def _part(home: Home, one: Reproduction, run: Mapping[str, Any]) -> RunPart:
    return RunPart(
        run=run["run"],
        reproduction=one.id,
        title=one.title,
        claim=one.claim,
        verdict=run["verdict"],
        why=run["why"],
        effect=_effect(one, run),
        scaled_down=one.scaled_down,
        at=_moment(run),
        picture=_plot(home, one, run),
    )


def _effect(one: Reproduction, run: Mapping[str, Any]) -> str:
    """The main number with its interval over the seeds, beside what was claimed of it beforehand."""
    main = next((check for check in run["checks"] if check["name"] == one.main.name), None)
    if main is None or main["mean"] is None:
        return ""
    seeds = len(run["seeds"])
    spread = "" if main["lo"] in (None, main["mean"]) else f" [{main['lo']:.3g}, {main['hi']:.3g}]"
    sign = {">=": "at least", "<=": "at most"}.get(main["op"], main["op"])
    counted = f"{seeds} seeds" if seeds != 1 else "1 seed"
    return f"{main['name']}: {main['mean']:.3g}{spread} over {counted}; predicted {sign} {main['threshold']:g}"


def _plot(home: Home, one: Reproduction, run: Mapping[str, Any]) -> Picture | None:
    file = runs_folder(home, one.id) / str(run["run"]) / "figure.png"
    if not file.is_file():
        return None
    return Picture(name=f"run-{run['run']}", label="Plot", caption=f"Run {run['run']}.", png=file.read_bytes())
