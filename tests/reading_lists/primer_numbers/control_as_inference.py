"""A gamble under exact inference and under the recipe that keeps the world's odds."""

import math
from collections.abc import Iterator

from tests.reading_lists.primer_numbers.bars import bar

WINS, PRIZE, LOSS = 0.1, 3.0, -1.0


def exact_weight(scale: float = 1.0) -> float:
    """The mean of the exponential."""
    return WINS * math.exp(scale * PRIZE) + (1 - WINS) * math.exp(scale * LOSS)


def mean_reward(scale: float = 1.0) -> float:
    """What the gamble pays on average."""
    return scale * (WINS * PRIZE + (1 - WINS) * LOSS)


def chance(weight: float) -> float:
    """Against the safe action, whose weight is 1, from even odds."""
    return weight / (1 + weight)


def sentences() -> Iterator[str]:
    """The gamble, its figure and the answers."""
    yield f"The gamble pays +3 with probability 0.1 and −1 with probability 0.9: on average −{-mean_reward():.1f}."
    weight = exact_weight()
    yield f"the gamble by 0.1 × e³ + 0.9 × e⁻¹ = {weight:.3f}."
    yield f"So it gambles with probability {weight:.3f} / {1 + weight:.3f} = {chance(weight):.2f}."
    believed = WINS * math.exp(PRIZE) / weight
    yield f"0.1 × e³ / {weight:.3f} = {believed:.2f}, though the true chance is {WINS:.2f}."
    kept = math.exp(mean_reward())
    yield f"exp(−{-mean_reward():.1f}) = {kept:.3f}, and the agent gambles with probability "
    yield f"{kept:.3f} / {1 + kept:.3f} = {chance(kept):.2f}."
    yield f"gambles, by exact inference       |{bar(chance(weight), 0.05)} {chance(weight):.2f}"
    yield f"gambles, with the true odds kept  |{bar(chance(kept), 0.05)} {chance(kept):.2f}"
    yield f"wins, as exact inference believes |{bar(believed, 0.05)} {believed:.2f}"
    yield f"wins, in truth                    |{bar(WINS, 0.05)} {WINS:.2f}"
    yield from _answers()


def _answers() -> Iterator[str]:
    weight, kept = exact_weight(2), math.exp(mean_reward(2))
    yield f"0.1 × e⁶ + 0.9 × e⁻² = {weight:.2f} against 1, so {chance(weight):.2f}."
    yield f"exp(−{-mean_reward(2):.1f}) = {kept:.3f} against 1, so {chance(kept):.2f}."
    value = math.log(0.5 + 0.5 * math.e)
    yield (
        f"V = log( 0.5 × 1 + 0.5 × e ) = {value:.3f}, and 0.5 × exp(1 − {value:.3f}) = {0.5 * math.exp(1 - value):.3f}."
    )
