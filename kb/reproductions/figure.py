"""The figure as data: panels of averaged lines, bars with intervals, or a grid; drawn elsewhere, kept with the run."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.reproductions.interval import half_width, mean_sd
from kb.reproductions.model import Panel, Reproduction


@dataclass(frozen=True)
class Series:
    """One line, or one bar (a single point), with its 95 % interval where several seeds give one."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    lo: tuple[float, ...]
    hi: tuple[float, ...]


@dataclass(frozen=True)
class DrawnPanel:
    """A panel with its numbers."""

    title: str
    kind: str
    x: str
    y: str
    series: tuple[Series, ...]
    grid: tuple[tuple[float, ...], ...]
    marks: tuple[tuple[str, float], ...]
    log_x: bool
    log_y: bool


@dataclass(frozen=True)
class Figure:
    """What there is to see of a run."""

    title: str
    panels: tuple[DrawnPanel, ...]


def draw(reproduction: Reproduction, seeds: Sequence[Mapping[str, Any]]) -> Figure:
    """The figure of the seeds that have a result; panels without numbers are left out."""
    done = [seed for seed in seeds if "metrics" in seed]
    panels = [_panel(panel, done) for panel in reproduction.panels] if done else []
    return Figure(reproduction.title, tuple(panel for panel in panels if panel.series or panel.grid))


def kept_figure(reproduction: Reproduction, run: Mapping[str, Any]) -> Figure:
    """The figure with the numbers that were kept with its run, so that nothing is computed to show it."""
    if "figure" not in run:
        return draw(reproduction, run["seeds"])
    return Figure(run["figure"]["title"], tuple(map(_kept_panel, run["figure"]["panels"])))


def _kept_panel(data: Mapping[str, Any]) -> DrawnPanel:
    numbers = ("x", "y", "lo", "hi")
    series = [Series(one["name"], *(_numbers(one[part]) for part in numbers)) for one in data["series"]]
    marks = [(str(label), float(mark)) for label, mark in data["marks"]]
    grid = tuple(_numbers(row) for row in data["grid"])
    return DrawnPanel(**{**data, "series": tuple(series), "marks": tuple(marks), "grid": grid})


def _numbers(values: Sequence[float | None]) -> tuple[float, ...]:
    """Numbers from a file, which has nothing where one was missing."""
    return tuple(math.nan if value is None else value for value in values)


def _panel(panel: Panel, seeds: Sequence[Mapping[str, Any]]) -> DrawnPanel:
    series: list[Series] = []
    grid: tuple[tuple[float, ...], ...] = ()
    if panel.kind == "grid":
        grids = [seeds[0]["grids"].get(name) for name in panel.series]
        grid = tuple(tuple(row) for each in grids if each for row in each)
    elif panel.kind == "bars":
        series = [_bar(at, name, seeds) for at, name in enumerate(panel.series) if name in seeds[0]["metrics"]]
    else:
        series = [_line(name, seeds) for name in panel.series if name in seeds[0]["curves"]]
    rest = (panel.marks, panel.log_x, panel.log_y)
    return DrawnPanel(panel.title, panel.kind, panel.x, panel.y, tuple(series), grid, *rest)


def _bar(at: int, name: str, seeds: Sequence[Mapping[str, Any]]) -> Series:
    mean, lo, hi = _spread([seed["metrics"][name] for seed in seeds])
    return Series(name, (float(at),), (mean,), (lo,), (hi,))


def _line(name: str, seeds: Sequence[Mapping[str, Any]]) -> Series:
    """The mean over the seeds that share the first seed's points."""
    curves = [seed["curves"][name] for seed in seeds if name in seed["curves"]]
    x = tuple(curves[0]["x"])
    same = [curve["y"] for curve in curves if tuple(curve["x"]) == x]
    points = [_spread([y[at] for y in same]) for at in range(len(x))]
    mean, lo, hi = (tuple(point[part] for point in points) for part in range(3))
    return Series(name, x, mean, lo, hi)


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    if any(value is None or not math.isfinite(value) for value in values):
        return math.nan, math.nan, math.nan
    mean, _ = mean_sd(values)
    half = half_width(values) if len(values) > 1 else 0.0
    return mean, mean - half, mean + half
