"""Standard errors, small samples, many comparisons, and a score that counts only whole answers."""

import math
from collections.abc import Iterator
from statistics import NormalDist

from tests.reading_lists.primer_numbers.bars import bar

LOW, HIGH, ITEMS = 0.873, 0.88, 1000
SPREAD = 1.2
T_FIVE, T_THREE = 2.776, 4.303
"""Student's t at 97.5 % for five and three numbers; ``_t_is_right`` checks both."""
QUOTED = (
    "the calibration error falls from 16.53 % to 1.26 % (table 1)",
    "Three older repairs reach 2.66 % to 5.46 % on the same network",
    "on Reuters the error rises from 0.85 % to 0.91 %, and on Cars an older repair gets to 1.74 % against 2.35 %.",
)


def error(share: float, items: int) -> float:
    """The standard error of a share."""
    return math.sqrt(share * (1 - share) / items)


def error_of_difference(items: int) -> float:
    """And of the difference of two."""
    return math.hypot(error(LOW, items), error(HIGH, items))


def _t_is_right() -> bool:
    """The distribution functions for four and for two degrees of freedom have closed forms."""
    scale = 1 + T_FIVE**2 / 4
    four = 0.5 + 3 / 8 * T_FIVE / math.sqrt(scale) * (1 - T_FIVE**2 / (12 * scale))
    two = 0.5 + T_THREE / (2 * math.sqrt(2 + T_THREE**2))
    return abs(four - 0.975) < 1e-4 and abs(two - 0.975) < 1e-4


def sentences() -> Iterator[str]:
    """The examples and the answers."""
    assert _t_is_right()
    assert 13 < 16.53 / 1.26 < 13.5, "thirteenfold"
    yield f"Nine pages of 600 words, at 150 words a minute, are {9 * 600 // 150} minutes."
    yield from _shares()
    yield from _seeds()
    yield from _ruler()
    yield from _answers()


def _shares() -> Iterator[str]:
    one, both = 100 * error(LOW, ITEMS), 100 * error_of_difference(ITEMS)
    yield f"on the same {ITEMS:,} questions: {100 * LOW:.1f} % and {100 * HIGH:.1f} % right."
    yield (
        f"A share estimated from {ITEMS:,} answers has a standard error of {one:.2f} points, "
        f"and the difference of two such shares one of {both:.2f}."
    )
    yield f"The gap of {100 * (HIGH - LOW):.1f} is half a standard error."
    assert 0.4 < 100 * (HIGH - LOW) / both < 0.55


def _seeds() -> Iterator[str]:
    five, three = (t * SPREAD / math.sqrt(n) for t, n in ((T_FIVE, 5), (T_THREE, 3)))
    yield f"has a spread of {SPREAD} points between them. The 95 % interval of its mean is ± {five:.1f}."
    yield f"With three seeds it would be ± {three:.1f}, twice as wide"
    apart = 2 * (1 - NormalDist().cdf(1 / math.sqrt(2 / 3)))
    yield f"the two means lie more than one spread apart in {100 * apart:.0f} % of cases."
    yield "Twenty comparisons at the 5 % level"
    yield f'at least one comes out "significant" in {100 * (1 - 0.95**20):.0f} % of cases.'


def _ruler() -> Iterator[str]:
    for token in (0.8, 0.9, 0.95, 0.99):
        yield f"{token:.2f} of tokens right |{bar(token**10, 0.05)} {token**10:.2f} of answers right"


def _answers() -> Iterator[str]:
    yield f"√(37 + 30) / {ITEMS:,}. Is the gap of {(37 - 30) / 10} points shown now?"
    yield f"√67 / {ITEMS:,} = {100 * math.sqrt(67) / ITEMS:.2f} points."
    yield "0.7 is still less than one standard error"
    wanted = 100 * (HIGH - LOW) / 2
    both = 100 * error_of_difference(ITEMS)
    yield (
        f"The difference must have a standard error of {wanted:.2f} points. It was {both:.2f} with {ITEMS:,} questions"
    )
    needed = ITEMS * (both / wanted) ** 2
    yield f"({both:.2f} / {wanted:.2f})² × {ITEMS:,}, about {round(needed, -3):,.0f} questions are needed."
