"""Figures as text and as PNG, also where numbers are missing."""

import json
import math
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pymupdf
import pytest

from kb.errors import UsageError
from kb.reproductions.axis import Axis
from kb.reproductions.figure import DrawnPanel, Figure, Series, draw, kept_figure
from kb.reproductions.plot_file import plot_bytes, write_plot
from kb.reproductions.plot_text import as_text
from kb.reproductions.store import finite
from tests.reproductions.made_up import REPRODUCTION

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [
    {
        "seed": seed,
        "metrics": {"effect": 1.0 + seed / 10, "control": 0.1},
        "curves": {"line": {"x": [1.0, 10.0], "y": [0.0, float(seed)]}},
        "grids": {"grid": [[0.0, 0.5], [1.0, 0.25]]},
    }
    for seed in (1, 2, 3)
]


def test_lines_are_averaged_over_seeds_with_an_interval() -> None:
    line = draw(REPRODUCTION, SEEDS).panels[0].series[0]
    assert line.y == (0.0, 2.0)
    assert line.lo[0] == 0.0
    assert line.lo[1] < 2.0 < line.hi[1]


def test_every_kind_of_panel_is_in_the_text() -> None:
    text = as_text(draw(REPRODUCTION, SEEDS))
    for part in ("A line", "●", "╌ one = 1", "(log)", "Bars", "█", "Grid", "▒"):
        assert part in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_every_kind_of_panel_is_in_the_png(tmp_path: Path) -> None:
    from PIL import Image

    write_plot(draw(REPRODUCTION, SEEDS), tmp_path / "figure.png")
    with Image.open(tmp_path / "figure.png") as picture:
        assert picture.size == (2240, 1952)
        assert len(picture.convert("RGB").getcolors(100_000) or ()) > 5


def only(series: Series, **more: object) -> Figure:
    """A figure with one panel of lines."""
    rest = {"grid": (), "marks": (), "log_x": False, "log_y": False, **more}
    return Figure("One", (DrawnPanel("Panel", "lines", "x", "y", (series,), **rest),))  # type: ignore[arg-type]


def test_a_plot_is_drawn_with_vectors_and_its_words_can_be_searched(tmp_path: Path) -> None:
    write_plot(draw(REPRODUCTION, SEEDS), tmp_path / "figure.pdf")
    [page] = pymupdf.open(tmp_path / "figure.pdf")
    text = page.get_text()
    for part in ("Made up", "at a reduced scale", "A line", "x (log)", "effect", "Grid"):
        assert part in text
    assert len(page.get_drawings()) > 20
    assert (round(page.rect.width), round(page.rect.height)) == (806, 703)
    svg = plot_bytes(draw(REPRODUCTION, SEEDS), ".svg").decode()
    assert svg.startswith("<?xml")
    assert "<dc:date>" not in svg


def test_the_interval_is_a_band_where_there_is_one() -> None:
    x, y = (1.0, 2.0, 3.0), (1.0, 2.0, 1.5)
    exact = plot_bytes(only(Series("line", x, y, y, y)), ".svg").decode()
    spread = plot_bytes(only(Series("line", x, y, (0.5, 1.5, 1.0), (1.5, 2.5, 2.0))), ".svg").decode()
    assert "fill-opacity: 0.18" in spread
    assert "fill-opacity" not in exact


def test_the_figure_of_a_run_is_what_was_kept_with_it() -> None:
    """Numbers that JSON cannot say are gaps; a run without a figure is drawn from its seeds."""
    gap = {**SEEDS[0], "curves": {"line": {"x": [1.0, 10.0], "y": [0.0, math.nan]}}}
    for seeds in (SEEDS, [gap]):
        figure = draw(REPRODUCTION, seeds)
        run = json.loads(json.dumps({"seeds": seeds, "figure": finite(asdict(figure))}))
        assert repr(kept_figure(REPRODUCTION, run)) == repr(figure)
        assert repr(kept_figure(REPRODUCTION, {"seeds": seeds})) == repr(figure)


def test_an_interval_that_falls_below_what_a_logarithm_can_show_is_cut_there() -> None:
    one = Series("line", (1.0, 2.0), (10.0, 20.0), (-5.0, 15.0), (25.0, 25.0))
    assert "fill-opacity: 0.18" in plot_bytes(only(one, log_y=True), ".svg").decode()


def test_a_dollar_sign_is_a_dollar_sign(tmp_path: Path) -> None:
    y = (1.0, 2.0)
    write_plot(only(Series("costs $x_1$", y, y, y, y), marks=(("$\\broken{$", 1.5),)), tmp_path / "figure.pdf")
    text = pymupdf.open(tmp_path / "figure.pdf")[0].get_text()
    assert "costs $x_1$" in text
    assert "$\\broken{$" in text


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_figure_is_the_same_file_whatever_the_reader_has_set(suffix: str, tmp_path: Path) -> None:
    """In a process of its own, from a folder with matplotlib settings; nothing is left outside of the cache folder."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 30\naxes.facecolor: red\n")
    script = (
        "import sys\nfrom tests.reproductions.test_figure import *\n"
        "sys.stdout.buffer.write(plot_bytes(draw(REPRODUCTION, SEEDS), sys.argv[1]))\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    outside = {"HOME": str(folder / "user"), "KB_CACHE": str(folder / "kept"), "PYTHONPATH": str(ROOT)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MPL", "XDG", "KB_"))}
    ran = subprocess.run(
        [sys.executable, "-c", script, suffix], cwd=folder, env={**kept, **outside}, capture_output=True, check=True
    )
    with np.printoptions(legacy="1.25"):  # as some libraries leave numpy
        assert ran.stdout == plot_bytes(draw(REPRODUCTION, SEEDS), suffix)
    assert ran.stdout == plot_bytes(draw(REPRODUCTION, SEEDS), suffix)
    assert ran.stderr == b""
    assert sorted(path.name for path in folder.iterdir()) == ["kept", "matplotlibrc"]
    assert [path.name for path in (folder / "kept").iterdir()] == ["matplotlib"]


@pytest.mark.parametrize("suffix", ["", ".jpg", ".txt"])
def test_another_kind_of_file_is_refused(suffix: str) -> None:
    with pytest.raises(UsageError, match="a plot is not written as"):
        plot_bytes(Figure("None", ()), suffix)


def test_a_logarithmic_axis_within_one_decade_has_round_numbers(tmp_path: Path) -> None:
    y = (2.079, 3.263)
    write_plot(only(Series("line", (1.0, 2.0), y, y, y), log_y=True), tmp_path / "figure.pdf")
    assert {"2.1", "2.4", "2.7", "3"} <= set(pymupdf.open(tmp_path / "figure.pdf")[0].get_text().split())


def test_missing_numbers_leave_a_figure_that_can_be_drawn(tmp_path: Path) -> None:
    bad = Series("bad", (1.0, 2.0), (math.nan, math.inf), (math.nan,) * 2, (math.nan,) * 2)
    panels = tuple(
        DrawnPanel("Title", kind, "x", "y", (bad,), ((math.nan, 1.0),), (), log_x=True, log_y=True)
        for kind in ("lines", "bars", "grid")
    )
    assert "Title" in as_text(Figure("None", panels))
    for suffix in (".png", ".svg", ".pdf"):
        write_plot(Figure("None", panels), tmp_path / f"figure{suffix}")


@pytest.mark.parametrize("y", [(1e38, -1e38), (1e300, 2e300), (5e-324, 1e-323), (0.0, 0.0), (3.0,), (-1.0, -2.0)])
@pytest.mark.parametrize("log", [False, True])
@pytest.mark.filterwarnings("error")
def test_odd_numbers_are_drawn_without_a_word(y: tuple[float, ...], log: bool) -> None:
    x = tuple(float(at) for at in range(len(y)))
    assert plot_bytes(only(Series("odd", x, y, y, y), log_x=log, log_y=log), ".png").startswith(b"\x89PNG")


def test_a_run_in_which_no_seed_came_through_has_an_empty_figure(tmp_path: Path) -> None:
    figure = draw(REPRODUCTION, [{"seed": 1, "failed": "no"}])
    assert figure.panels == ()
    write_plot(figure, tmp_path / "figure.png")


def test_a_logarithmic_axis_leaves_out_what_it_cannot_show() -> None:
    axis = Axis.over([1.0, 100.0, -3.0, 0.0], log=True)
    assert axis.share(10.0) == 0.5
    assert axis.share(0.0) is None


@pytest.mark.parametrize(
    ("low", "high", "ends", "ticks"),
    [
        (-0.000938, 0.978, (-0.25, 1.0), [-0.25, 0.0, 0.25, 0.5, 0.75, 1.0]),
        (3.0, 590.0, (0.0, 600.0), [0.0, 200.0, 400.0, 600.0]),
        (5.0, 20.1, (5.0, 25.0), [5.0, 10.0, 15.0, 20.0, 25.0]),
    ],
)
def test_an_axis_ends_and_is_marked_at_round_numbers(
    low: float, high: float, ends: tuple[float, float], ticks: list[float]
) -> None:
    axis = Axis(low, high).widened()
    assert (axis.low, axis.high) == pytest.approx(ends)
    assert axis.ticks() == pytest.approx(ticks)


def test_a_logarithmic_axis_is_marked_at_powers_of_ten_or_their_parts() -> None:
    assert Axis(1.0, 1000.0, log=True).ticks() == pytest.approx([1, 10, 100, 1000])
    assert Axis(1.0, 30.0, log=True).ticks() == pytest.approx([1, 3, 10, 30])
