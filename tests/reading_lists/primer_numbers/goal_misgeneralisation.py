"""How little evidence rare counterexamples give."""

import math
from collections.abc import Iterator

from tests.reading_lists.primer_numbers.bars import bar

BY_ACCIDENT = 0.25


def gap(moved: float) -> float:
    """The mean difference between the two policies: 1 on a moved coin that is not met by accident."""
    return moved * (1 - BY_ACCIDENT)


def levels_needed(moved: float) -> float:
    """Until that mean stands two standard errors above zero."""
    return 4 * (1 - gap(moved)) / gap(moved)


def sentences() -> Iterator[str]:
    """The example, its figure and the answers."""
    yield f"(1 − p) + {BY_ACCIDENT} × p = 1 − {1 - BY_ACCIDENT} × p"
    yield f"Let p = 0.02. The difference is {gap(0.02):.3f} per level."
    yield f"has no moved coin at all with probability 0.98¹⁰ = {0.98**10:.2f}"
    yield f"even 100 levels have none with probability {0.98**100:.2f}."
    spread = math.sqrt(gap(0.02) * (1 - gap(0.02)))
    yield f"has mean {gap(0.02):.3f} and a standard deviation of {spread:.3f}"
    needed = levels_needed(0.02)
    assert math.isclose(needed, (2 * spread / gap(0.02)) ** 2)
    yield f"(2 × {spread:.3f} / {gap(0.02):.3f})², about {round(needed, -1):.0f} levels."
    for percent in (1, 2, 5, 10, 25):
        needed = levels_needed(percent / 100)
        yield f"{f'{percent} % of coins moved':19s} |{bar(needed, 20)} {needed:.0f} levels"
    yield "more than 1,000 agents"
    yield from _answers()


def _answers() -> Iterator[str]:
    yield "Let p = 0.1."
    yield f"{1 - BY_ACCIDENT} × 0.1 = {gap(0.1):.3f}."
    yield f"its variance is {gap(0.1):.3f} × {1 - gap(0.1):.3f}, and 4 × {1 - gap(0.1):.3f} / {gap(0.1):.3f} is about "
    yield f"is about {levels_needed(0.1):.0f} levels."
    yield "With p = 0.02, how many levels must be played so that at least one has a moved coin with probability 0.95?"
    enough = math.ceil(math.log(0.05) / math.log(0.98))
    assert 0.98**enough <= 0.05
    yield "0.98 to the power n must be at most 0.05"
    yield f"n = {enough}, since 0.98¹⁴⁸ is still {0.98 ** (enough - 1):.4f}."
