"""One panel on matplotlib's axes: averaged lines with their bands, bars with their intervals, or a matrix in greys."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kb.reproductions.axis import Axis, short
from kb.reproductions.figure import DrawnPanel, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis as Ruler

INK, PALE, FAINT = "#222222", "#bbbbbb", "#eeeeee"
_QUIET = "#777777"
_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#555555", "#ee8866")
"""Paul Tol's bright scheme, made to be told apart by readers who do not see all colours, and two more."""
_FEW_POINTS = 30
"""Below this many, each point of a line is marked."""
_FEW_BARS = 5
"""Fewer bars than these leave white around them and grow no thicker."""
_LONG_NAME = 36
"""Characters; longer names stand below each other in the key."""


def draw_panel(axes: "Axes", panel: DrawnPanel) -> None:
    """Draw a panel with its title, in the way of its kind."""
    axes.set_title(panel.title)
    if panel.kind == "grid":
        _grid(axes, panel)
    elif panel.kind == "bars":
        _bars(axes, panel)
    else:
        _lines(axes, panel)


def _lines(axes: "Axes", panel: DrawnPanel) -> None:
    across = Axis.over((value for one in panel.series for value in one.x), log=panel.log_x)
    heights = [value for one in panel.series for value in (*one.y, *one.lo, *one.hi)]
    up = Axis.over([*heights, *(mark for _, mark in panel.marks)], log=panel.log_y)
    axes.set_xlabel(panel.x + (" (log)" if panel.log_x else ""))
    axes.set_ylabel(panel.y + (" (log)" if panel.log_y else ""))
    axes.grid(axis="y")
    axes.set_xscale("log" if panel.log_x else "linear")
    axes.set_yscale("log" if panel.log_y else "linear")
    _scaled(axes.xaxis, across)
    _scaled(axes.yaxis, up)
    for at, one in enumerate(panel.series):
        _line(axes, one, across, up, _COLOURS[at % len(_COLOURS)])
    for label, mark in panel.marks:
        if up.share(mark) is not None:
            axes.axhline(mark, color=PALE, linestyle="--", linewidth=1, zorder=1)
            _note(axes, label, (1.0, mark), across=False)
    wide = max((len(one.name) for one in panel.series), default=0) > _LONG_NAME
    if panel.series:
        axes.legend(loc="upper left", bbox_to_anchor=(0, -0.13), borderaxespad=0, ncols=1 if wide else 2)


def _line(axes: "Axes", one: Series, across: Axis, up: Axis, colour: str) -> None:
    """The mean, with its interval as a band, or as a bar where it is a single point."""
    x, y = _shown(one.x, across), _shown(one.y, up)
    few = len(x) < _FEW_POINTS
    axes.plot(x, y, color=colour, linewidth=1.5, marker="o" if few else "", markersize=3.5, label=one.name)
    if one.lo == one.hi:
        return
    lo, hi = (_shown((max(value, up.low) for value in ends), up) for ends in (one.lo, one.hi))
    if len(x) == 1:
        axes.vlines(x, lo, hi, color=colour)
    else:
        axes.fill_between(x, lo, hi, color=colour, alpha=0.18, linewidth=0)


def _shown(values: Iterable[float], axis: Axis) -> list[float]:
    """The numbers, with a gap for those that cannot be drawn."""
    return [math.nan if axis.share(value) is None else value for value in values]


def _scaled(ruler: "Ruler", axis: Axis) -> None:
    """Round numbers along an axis, written out in full."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, ScalarFormatter

    if not axis.log:
        plain = ScalarFormatter(useOffset=False)
        plain.set_powerlimits((-4, 6))
        ruler.set_major_formatter(plain)
        return
    powers = axis.ticks()
    ruler.set_major_locator(FixedLocator(powers) if len(powers) > 2 else MaxNLocator(5))
    ruler.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ruler.set_minor_formatter(NullFormatter())


def _bars(axes: "Axes", panel: DrawnPanel) -> None:
    """Bars across, the first on top, each with its number at its end."""
    from matplotlib.ticker import ScalarFormatter

    count = len(panel.series)
    for at, one in enumerate(panel.series):
        mean, lo, hi = (0.0 if not math.isfinite(part[0]) else part[0] for part in (one.y, one.lo, one.hi))
        axes.barh(at, mean, height=0.6, color=_COLOURS[0])
        axes.hlines(at, lo, hi, color=INK, linewidth=1)
        axes.annotate(short(one.y[0]), (max(0.0, mean, hi), at), xytext=(4, 0), textcoords="offset points", va="center")
    white = (max(count, _FEW_BARS) - count) / 2
    axes.set_ylim(count - 0.5 + white, -0.5 - white)
    axes.set_yticks(range(count), [one.name for one in panel.series])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.xaxis.set_major_formatter(ScalarFormatter(useOffset=False))
    axes.set_xlabel(panel.y)
    axes.margins(x=0.12)
    for label, mark in panel.marks:
        axes.axvline(mark, color=PALE, linestyle="--", linewidth=1, zorder=1)
        _note(axes, label, (mark, 0.0), across=True)


def _note(axes: "Axes", label: str, place: tuple[float, float], *, across: bool) -> None:
    """What a reference line stands for: at its right end, or at the foot of one that stands."""
    transform = axes.get_xaxis_transform() if across else axes.get_yaxis_transform()
    axes.annotate(
        label,
        place,
        xycoords=transform,
        xytext=(3, 2) if across else (0, 2),
        textcoords="offset points",
        ha="left" if across else "right",
        va="bottom",
        color=_QUIET,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.5},
    )


def _grid(axes: "Axes", panel: DrawnPanel) -> None:
    """Cells from white for the lowest number to black for the highest; one without a number is tinted."""
    from matplotlib import colormaps

    axis = Axis.over(value for row in panel.grid for value in row)
    greys = colormaps["gray_r"].with_extremes(bad="#ffe0e0")
    cells = axes.imshow(panel.grid, cmap=greys, vmin=axis.low, vmax=axis.high, interpolation="nearest")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_anchor("NW")
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(PALE)
    assert axes.figure is not None
    bar = axes.figure.colorbar(cells, ax=axes, shrink=0.7, anchor=(0.0, 1.0))
    bar.outline.set_edgecolor(PALE)
    bar.set_label(panel.y)
