"""Figures as text and as PNG, also where numbers are missing."""

import math
from pathlib import Path

import pytest

from kb.reproductions.axis import Axis
from kb.reproductions.figure import DrawnPanel, Figure, Series, draw
from kb.reproductions.plot_png import write_png
from kb.reproductions.plot_text import as_text
from tests.reproductions.made_up import REPRODUCTION

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

    write_png(draw(REPRODUCTION, SEEDS), tmp_path / "figure.png")
    with Image.open(tmp_path / "figure.png") as picture:
        assert picture.size == (2240, 1952)
        assert len(picture.convert("RGB").getcolors(100_000) or ()) > 5


def test_missing_numbers_leave_a_figure_that_can_be_drawn(tmp_path: Path) -> None:
    bad = Series("bad", (1.0, 2.0), (math.nan, math.inf), (math.nan,) * 2, (math.nan,) * 2)
    panels = tuple(
        DrawnPanel("Title", kind, "x", "y", (bad,), ((math.nan, 1.0),), (), log_x=True, log_y=True)
        for kind in ("lines", "bars", "grid")
    )
    assert "Title" in as_text(Figure("None", panels))
    write_png(Figure("None", panels), tmp_path / "figure.png")


def test_a_run_in_which_no_seed_came_through_has_an_empty_figure(tmp_path: Path) -> None:
    figure = draw(REPRODUCTION, [{"seed": 1, "failed": "no"}])
    assert figure.panels == ()
    write_png(figure, tmp_path / "figure.png")


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
