"""Student's t interval for the mean of a few seeds."""

import math
from collections.abc import Sequence

# 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom.
_T = (
    *(12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281),
    *(2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860),
    *(2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423),
)
_Z = 1.959964


def t_quantile(freedom: int) -> float:
    """The two-sided 95 % quantile; beyond 30 degrees of freedom by the first terms of its expansion in 1/freedom."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    return _Z + (_Z**3 + _Z) / (4 * freedom) + (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * freedom**2)


def mean_sd(values: Sequence[float]) -> tuple[float, float]:
    """Mean and sample standard deviation; the latter is 0 for a single value."""
    mean = math.fsum(values) / len(values)
    if len(values) == 1:
        return mean, 0.0
    return mean, math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def half_width(values: Sequence[float]) -> float:
    """Half the 95 % interval's width; infinite for a single value, which says nothing about spread."""
    if len(values) < 2:
        return math.inf
    return t_quantile(len(values) - 1) * mean_sd(values)[1] / math.sqrt(len(values))
