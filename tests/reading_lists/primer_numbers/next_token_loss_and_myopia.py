"""An honest guesser and a schemer, in bits; and a weight that learns for a later position."""

import math
from collections.abc import Iterator

from tests.reading_lists.primer_numbers.bars import bar

A = 0.7
BITS_AFTER_A = math.log2(4)
SCHEMED = 0.9
QUOTED = ("traced how Claude 3.5 Haiku writes the second line of a rhyme",)


def first(a: float, said: float) -> float:
    """What a guess for B costs on average at the first position, where A has its true probability."""
    return -a * math.log2(1 - said) - (1 - a) * math.log2(said)


def step(w: float) -> tuple[float, float]:
    """The gradient of (1 − w)² and the weight after a step at rate 0.1."""
    slope = -2 * (1 - w)
    return slope, w - 0.1 * slope


def sentences() -> Iterator[str]:
    """Honest and not, the figure, the weight, and the answers."""
    yield from _guesses()
    yield from _weight()
    yield from _answers()


def _guesses() -> Iterator[str]:
    honest, scheming, second = first(A, 1 - A), first(A, SCHEMED), A * BITS_AFTER_A
    yield f"A (probability {A}) or B ({1 - A:.1f})."
    yield (
        f"pays {honest:.3f} bits at the first position and on average 0.7 × 2 = {second:.1f} bits at the second: "
        f"{honest + second:.3f} in all."
    )
    yield f"say that B has probability {SCHEMED}, as if to steer towards easy texts. It pays {scheming:.3f} bits"
    yield f"At the second it still pays {second:.1f}, because"
    cost = scheming - honest
    yield f"Its total is {scheming + second:.3f}. The scheme cost {cost:.3f} bits, which is exactly KL(p‖q)"
    assert math.isclose(cost, A * math.log2(A / (1 - SCHEMED)) + (1 - A) * math.log2((1 - A) / SCHEMED))
    own = (1 - SCHEMED) * BITS_AFTER_A
    yield f"pays {own:.1f} bits instead of {second:.1f}."
    yield f"honest, first position              |{bar(honest, 0.1)} {honest:.3f}"
    yield f"honest, second position             |{bar(second, 0.1)} {second:.3f}"
    yield f"schemer, first position             |{bar(scheming, 0.1)} {scheming:.3f}"
    yield f"schemer, second position, real text |{bar(second, 0.1)} {second:.3f}"
    yield f"schemer, second position, own text  |{bar(own, 0.1)} {own:.3f}"


def _weight() -> Iterator[str]:
    slope, after = step(0.2)
    yield "Start at w = 0.2."
    yield f"The loss at position 2 is {0.8**2:.2f}, and its gradient is −{-slope:.1f}."
    yield f"One step with learning rate 0.1 gives w = {after:.2f}, and the loss falls to {(1 - after) ** 2:.2f}."
    yield "Cut that gradient, and w stays at 0.2."


def _answers() -> Iterator[str]:
    yield (
        "A or B with probability 0.5 each. What does the honest model pay in all, and what does the schemer "
        "lose that says 0.9 for B?"
    )
    honest, scheming = first(0.5, 0.5), first(0.5, SCHEMED)
    yield (
        f"{honest:.0f} bit at the first position and 0.5 × 2 = 1 at the second: {honest + 0.5 * BITS_AFTER_A:.0f} bits."
    )
    yield f"pays {scheming:.3f} at the first and the same at the second, so it loses {scheming - honest:.3f} bits"
    _, before = step(0.2)
    slope, after = step(before)
    yield (
        f"The gradient at {before:.2f} is −2 × {1 - before:.2f} = −{-slope:.2f}, so w = {after:.3f} and the "
        f"loss is {(1 - after) ** 2:.3f}."
    )
    yield "With the gradient cut, w is still 0.2."
