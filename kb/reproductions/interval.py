"""Student's t interval for the mean of a few seeds."""

import math
from collections.abc import Sequence
from functools import cache

_TAIL = 0.975
"""Where a two-sided 95 % interval ends."""


@cache
def t_quantile(freedom: int) -> float:
    """The two-sided 95 % quantile of Student's t.

    This is the function that ``scipy.stats.t.ppf`` calls; to import all of ``scipy.stats`` takes three times as long.
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, _TAIL))


def mean_sd(values: Sequence[float]) -> tuple[float, float]:
    """Mean and sample standard deviation, rounded once: equal values have a deviation of 0, as a single value has."""
    if len(values) == 1:
        return float(values[0]), 0.0
    if not all(map(math.isfinite, values)):
        return sum(values) / len(values), math.nan
    from statistics import mean, stdev

    return float(mean(values)), float(stdev(values))


def half_width(values: Sequence[float]) -> float:
    """Half the 95 % interval's width; infinite for a single value, which says nothing about spread."""
    if len(values) < 2:
        return math.inf
    return t_quantile(len(values) - 1) * mean_sd(values)[1] / math.sqrt(len(values))
