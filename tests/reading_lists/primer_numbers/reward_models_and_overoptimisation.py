"""Best-of-n on a true value plus an error, normal or heavy-tailed, worked out by summing over a fine grid."""

import math
from collections.abc import Callable, Iterator
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tests.reading_lists.primer_numbers.bars import bar

Floats = NDArray[np.float64]
COUNTS = (1, 10, 100, 1000, 10000)


def normal_below(x: Floats) -> Floats:
    """The share of a standard normal error below each point."""
    cdf = NormalDist().cdf
    known = np.linspace(-9, 9, 3601)
    below: Floats = np.interp(x, known, [cdf(float(one)) for one in known])
    return below


def heavy_below(x: Floats) -> Floats:
    """The same for Student's t with two degrees of freedom, whose variance is infinite."""
    below: Floats = 0.5 + x / (2 * np.sqrt(2 + x**2))
    return below


@cache
def grid(below: Callable[[Floats], Floats]) -> tuple[Floats, Floats, Floats]:
    """Proxy scores; the share of answers below each; and the true value gathered below each."""
    proxy = np.sinh(np.linspace(-16, 16, 16001))
    value = np.linspace(-7, 7, 281)
    weight = np.exp(-(value**2) / 2)
    weight /= weight.sum()
    share, gathered = np.zeros_like(proxy), np.zeros_like(proxy)
    for one, likely in zip(value, weight, strict=True):
        under = likely * below(proxy - one)
        share += under
        gathered += one * under
    return proxy, share, gathered


def best_of(n: int, below: Callable[[Floats], Floats]) -> tuple[float, float]:
    """The mean proxy score and the mean true value of the answer with the best proxy score among n."""
    proxy, share, gathered = grid(below)
    reached = share**n
    score = float((np.diff(reached) * (proxy[1:] + proxy[:-1]) / 2).sum())
    value = float((np.diff(gathered) * n * ((share[1:] + share[:-1]) / 2) ** (n - 1)).sum())
    return score, value


def divergence(n: int) -> float:
    """How far best-of-n is from the model it draws from, in nats, where no two scores are equal."""
    return math.log(n) - (n - 1) / n


def preferred(gap: float) -> float:
    """How often the better of two answers wins, by Bradley and Terry."""
    return 1 / (1 + math.exp(-gap))


def sentences() -> Iterator[str]:
    """Comparisons, the two errors, the curve with a peak, and the answers."""
    zero, one, two, four = (preferred(gap) for gap in (0, 1, 2, 4))
    yield (
        f"gaps of 0, 1, 2 and 4 the better answer wins with probability "
        f"{zero:.2f}, {one:.2f}, {two:.2f} and {four:.2f}."
    )
    yield f"Judges who agree 70 % of the time are telling you of a gap of {math.log(0.7 / 0.3):.2f}."
    yield from _nats()
    yield from _normal()
    yield from _heavy()
    a, b = 1.0, 0.2
    yield f"with a = {a:.0f} and b = {b} it peaks at d = {a / 2 / b:.1f}, which is {(a / 2 / b) ** 2:.2f} nats"
    yield f"at d = {a / b:.0f}, or {(a / b) ** 2:.0f} nats"
    yield from _answers()


def _nats() -> Iterator[str]:
    ten, hundred, thousand, most = (f"{divergence(n):.2f}" for n in COUNTS[1:])
    yield f"For n = 10, 100, 1,000 and 10,000 that is {ten}, {hundred}, {thousand} and {most} nats"


def _normal() -> Iterator[str]:
    scores, values = zip(*(best_of(n, normal_below) for n in COUNTS[1:]), strict=True)
    yield "As n grows through {}, {}, {:,} and {:,}, the proxy climbs".format(*COUNTS[1:])
    yield "the proxy climbs to {:.2f}, {:.2f}, {:.2f} and {:.2f}".format(*scores)
    yield "the true value to {:.2f}, {:.2f}, {:.2f} and {:.2f}".format(*values)
    for score, value in zip(scores, values, strict=True):
        assert math.isclose(value, score / 2, rel_tol=0.002)
    for n in COUNTS:
        _, value = best_of(n, normal_below)
        yield f"best of {n:6,d}, normal error |{bar(value, 0.1)} {abs(value):.2f}"


def _heavy() -> Iterator[str]:
    scores, values = zip(*(best_of(n, heavy_below) for n in COUNTS[1:]), strict=True)
    yield "now climbs to {:.1f}, {:.1f}, {:.0f} and {:.0f}".format(*scores)
    yield "the true value goes to {:.2f}, {:.2f}, {:.2f} and {:.2f}".format(*values)
    for n in COUNTS:
        _, value = best_of(n, heavy_below)
        yield f"best of {n:6,d}, heavy tails  |{bar(value, 0.1)} {abs(value):.2f}"


def _answers() -> Iterator[str]:
    first, last = (best_of(n, normal_below)[1] for n in (10, 10000))
    near, far = divergence(10), divergence(10000)
    yield f"which share of the gain of best of {COUNTS[-1]:,} does best of {COUNTS[1]} buy"
    yield f"{first:.2f} / {last:.2f} = {100 * first / last:.0f} % of the gain"
    yield f"for {near:.2f} / {far:.2f} = {100 * near / far:.0f} % of the nats"
    yield "Two judges agree 90 % of the time"
    yield f"log(0.9 / 0.1) = {math.log(9):.2f}."
