"""A bowl with two curvatures, the lead of the best of twenty, and a grid against random points."""

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from statistics import NormalDist

from tests.reading_lists.primer_numbers.bars import bar

STEEP, FLAT = 100.0, 1.0
SETTINGS = 20
MERIT, NOISE = 0.25, 1.0
"""Variances: of the true differences, and of one seed."""


def steps(rate: float, limit: int = 20000) -> int | None:
    """Steps until the loss is below 0.001, from one unit away in both directions; nothing where it diverges."""
    steep = flat = 1.0
    for count in range(1, limit + 1):
        steep, flat = steep * (1 - rate * STEEP), flat * (1 - rate * FLAT)
        if (STEEP * steep**2 + FLAT * flat**2) / 2 < 1e-3:
            return count
        if abs(steep) > 1e6:
            break
    return None


@cache
def best_of(count: int) -> float:
    """The mean of the largest of so many standard normal numbers, by adding up thin slices."""
    points = [x / 500 for x in range(-4500, 4501)]
    reached = [NormalDist().cdf(x) ** count for x in points]
    return sum((b - a) * (x + y) / 2 for (a, b), (x, y) in zip(pairwise(reached), pairwise(points), strict=True))


def winner(noise: float) -> tuple[float, float]:
    """What the best of twenty shows, and what of it is true."""
    shown = best_of(SETTINGS) * math.sqrt(MERIT + noise)
    return shown, shown * MERIT / (MERIT + noise)


def sentences() -> Iterator[str]:
    """The bowl, the winner, the grid and the answers."""
    yield from _bowl()
    yield from _winner()
    yield "so it has a chance of at most 30 %"
    yield f"one of them is good with probability {100 * (1 - 0.9**9):.0f} %"
    yield from _answers()


QUOTED = ("rates tuned on a model with 40 million weights were used at 6.7 billion",)


def _bowl() -> Iterator[str]:
    yield f"The steep direction diverges when the rate passes 2/100 = {2 / STEEP}."
    counts = {rate: steps(rate) for rate in (0.001, 0.003, 0.01, 0.018, 0.0198, 0.0202)}
    for rate, count in counts.items():
        yield f"rate {rate:.4f} |{bar(count, 100)} {count:,} steps needed" if count else f"rate {rate:.4f} |diverges"
    assert min(count for count in counts.values() if count) == counts[0.018]
    yield "Steps until the loss is below 0.001"
    yield (
        f"The fastest of these is {100 * (1 - 0.018 / 0.02):.0f} % below the edge, and a rate 1 % above it "
        "never arrives."
    )


def _winner() -> Iterator[str]:
    lead = best_of(SETTINGS)
    yield f"The best of the {SETTINGS} then looks {lead:.2f} better than it is."
    yield f"With the mean of three seeds for each it still looks {lead / math.sqrt(3):.2f} better."
    shown, worth = winner(NOISE)
    yield f"Now let settings truly differ, with a spread of {math.sqrt(MERIT)}."
    yield f"The winner shows {shown:.2f} and is worth {worth:.2f}, while the best on offer was worth {lead / 2:.2f}."
    yield f"{MERIT} / ({MERIT} + 1) = {MERIT / (MERIT + NOISE)}."
    yield f"the rival starts {lead:.2f} spreads behind"


def _answers() -> Iterator[str]:
    edge = 2 / 400
    yield f"2 / 400 = {edge}. The flat direction shrinks by the factor {1 - edge} a step instead of {1 - 2 / STEEP}"
    assert 3.9 < math.log(1 - 2 / STEEP) / math.log(1 - edge) < 4.1, "about four times as many"
    spread = math.sqrt(MERIT + 1 / 3)
    shown, worth = winner(1 / 3)
    yield f"√({MERIT} + 1/3) = {spread:.2f}, so the winner shows {best_of(SETTINGS):.2f} × {spread:.2f} = {shown:.2f}."
    yield f"{MERIT} / ({MERIT} + 1/3) = {MERIT / (MERIT + 1 / 3):.2f} of that, {worth:.2f}."
    yield f"raised the worth of the choice from {winner(NOISE)[1]:.2f}."
