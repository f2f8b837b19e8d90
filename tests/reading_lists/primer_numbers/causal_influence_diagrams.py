"""A bet with and without looking, a recommender paid in two ways, and what deference is worth."""

import math
from collections.abc import Iterator
from statistics import NormalDist

RIGHT, WRONG = 1.0, 0.2
TODAY, COST = 0.5, 0.1
PREDICTABLE, OTHER = 1.0, 0.4
ALONE, PUSHED = 0.3, 0.8


def without_looking(heads: float) -> float:
    """The better of the two calls."""
    return max(heads * RIGHT + (1 - heads) * WRONG, (1 - heads) * RIGHT + heads * WRONG)


def value_of_looking(heads: float) -> float:
    """With looking the call is always right."""
    return RIGHT - without_looking(heads)


def clicks(*, push: bool, counted: float) -> float:
    """Today's clicks and tomorrow's, with the chance of a predictable reader that the objective counts."""
    return TODAY - COST * push + counted * PREDICTABLE + (1 - counted) * OTHER


def gain_of_deference(mean: float) -> float:
    """The mean of the positive part of a normal value, less the better of acting at once and not at all."""
    normal = NormalDist()
    decided = mean * normal.cdf(mean) + normal.pdf(mean)
    return decided - max(mean, 0.0)


def _deference_by_summing(mean: float) -> float:
    """The same by adding up thin slices."""
    normal = NormalDist(mean, 1)
    return sum(max(0.0, x / 1000) * normal.pdf(x / 1000) for x in range(-9000, 12000)) / 1000 - max(mean, 0.0)


def sentences() -> Iterator[str]:
    """The bet, the recommender, deference and the answers."""
    yield from _bet()
    yield from _recommender()
    gains = [gain_of_deference(mean) for mean in (0.5, 1.0, 2.0)]
    for mean, gain in zip((0.5, 1.0, 2.0), gains, strict=True):
        assert math.isclose(gain, _deference_by_summing(mean), abs_tol=1e-5)
    yield "The gain is {:.3f}, {:.3f} or {:.3f} for a mean of 0.5, 1 or 2.".format(*gains)
    yield "In the bet, heads falls with probability 0.7."
    yield f"0.7 × 1 + 0.3 × 0.2 = {without_looking(0.7):.2f}. With looking {RIGHT}, so {value_of_looking(0.7):.2f}."


def _bet() -> Iterator[str]:
    yield f"Call it right and you get {RIGHT:.0f}, otherwise {WRONG}."
    yield (
        f"Without looking the best you can expect is {without_looking(0.5):.1f}; after looking you always get {RIGHT}."
    )
    yield f"Looking is worth {value_of_looking(0.5):.1f}."
    yield f"expect {without_looking(0.9):.2f}. Looking is worth {value_of_looking(0.9):.2f}."


def _recommender() -> Iterator[str]:
    yield f"A recommender earns {TODAY} clicks from today's page"
    yield f"{PREDICTABLE:.0f} if the reader has become predictable, {OTHER} if not."
    yield f"a reader becomes predictable with probability {ALONE}."
    yield f"Pushing extreme content costs {COST} clicks today, for want of variety, and raises that to {PUSHED}."
    push, leave = clicks(push=True, counted=PUSHED), clicks(push=False, counted=ALONE)
    assert push > leave
    yield f"it expects {push:.2f} if it pushes and {leave:.2f} if it leaves the reader alone. It pushes."
    cut = clicks(push=True, counted=ALONE)
    assert cut < leave
    yield f"Pushing brings {cut:.2f}, leaving alone still {leave:.2f}."
