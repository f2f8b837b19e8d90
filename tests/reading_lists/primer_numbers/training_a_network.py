"""The smallest network, trained at five rates, and a loss that leaves the answer open."""

import math
from collections.abc import Iterator

from tests.reading_lists.primer_numbers.bars import bar

Weights = tuple[float, float]
START: Weights = (0.5, 0.5)
TARGET = 0.001


def output(w: Weights) -> float:
    """What the network answers to the input 1."""
    return w[1] * max(0.0, w[0])


def loss(w: Weights) -> float:
    """How far that is from 1, squared."""
    return (output(w) - 1) ** 2


def gradient(w: Weights) -> Weights:
    """By the chain rule, from the loss backwards."""
    outer = 2 * (output(w) - 1)
    return (outer * w[1] if w[0] > 0 else 0.0, outer * max(0.0, w[0]))


def step(w: Weights, rate: float) -> Weights:
    """A step against the gradient."""
    first, second = gradient(w)
    return (w[0] - rate * first, w[1] - rate * second)


def steps_needed(rate: float, limit: int = 2000) -> tuple[int | None, Weights]:
    """Steps until the loss is below the target, if ever, and the weights after the last one."""
    w, needed = START, None
    for count in range(1, limit + 1):
        w = step(w, rate)
        if needed is None and loss(w) < TARGET:
            needed = count
    return needed, w


def linear(a: float, b: float) -> Weights:
    """200 steps at rate 0.1 on a·x + b·y where x = y = 1 and the target is 1."""
    for _ in range(200):
        slope = 2 * (a + b - 1)
        a, b = a - 0.1 * slope, b - 0.1 * slope
    return round(a, 6), round(b, 6)


def sentences() -> Iterator[str]:
    """The first step, the five rates, the three starts, and the answers."""
    yield from _first_step()
    yield from _rates()
    yield from _starts()
    yield from _answers()


def _first_step() -> Iterator[str]:
    yield f"Start with both weights at {START[0]}"
    yield f"h = {START[0]}, the output is {output(START):.2f}, the loss {loss(START):.4f}."
    yield f"2 × ({output(START)} − 1) = −{abs(2 * (output(START) - 1)):.1f}."
    first, second = gradient(START)
    yield f"w₂ at h = {START[0]}, so the entry for w₂ is −{abs(second):.2f}."
    yield f"h at w₂ = {START[1]}, and h with w₁ at 1, so the entry for w₁ is −{abs(first):.2f} too."
    nudged = (loss((START[0] + 1e-6, START[1])) - loss(START)) / 1e-6
    yield f"raise w₁ by a millionth and the loss falls by {abs(nudged):.2f} millionths"
    after = step(START, 0.2)
    yield (
        f"with rate 0.2: both weights become {after[0]:.2f}, the output is {output(after):.4f} "
        f"and the loss {loss(after):.4f}."
    )


def _rates() -> Iterator[str]:
    yield "the loss is below 0.001, for five rates"
    yield "the loss is below 0.001, from the same start"
    for rate in (0.02, 0.2, 0.45):
        needed, _ = steps_needed(rate)
        assert needed
        yield f"rate {rate:.2f} |{bar(needed + 0.5, 2)} {needed}"
    never, bounced = steps_needed(0.55)
    assert never is None
    yield "rate 0.55 |never: it bounces around the answer"
    yield (
        "At 0.55 the steps jump from one side of the valley to the other and never settle; after 2,000 steps "
        f"the loss is still {loss(bounced):.3f}."
    )
    never, dead = steps_needed(1.2)
    assert never is None
    yield "rate 1.20 |never: the first step kills the hidden unit"
    second = step(step(START, 1.2), 1.2)
    assert dead == second
    assert second[0] < 0
    yield f"At 1.2 something else happens. The first step carries both weights to {step(START, 1.2)[0]:.1f}"
    yield f"the loss stays at {loss(dead):.0f}"
    curvature = 4  # the larger eigenvalue of 2 [[1, 1], [1, 1]], the second derivatives where both weights are 1
    assert math.isclose(_curvature(), curvature, rel_tol=1e-4)
    yield f"bends with curvature {curvature}"
    yield f"2 / curvature, which is {2 / curvature}."


def _curvature() -> float:
    """By differences along the diagonal at (1, 1), the steepest direction: the two weights play the same part."""
    move = 1e-3 / math.sqrt(2)
    return (loss((1 + move, 1 + move)) + loss((1 - move, 1 - move)) - 2 * loss((1.0, 1.0))) / 1e-6


def _starts() -> Iterator[str]:
    yield "200 steps at rate 0.1:"
    ends = [linear(*start) for start in ((0, 0), (1, -0.5), (0, 1))]
    assert all(math.isclose(a + b, 1, abs_tol=1e-6) for a, b in ends)
    (a, b), (c, d), (e, _) = ends
    yield f"from a = 0, b = 0 it ends at a = {a:.1f}, b = {b:.1f};"
    yield f"from a = 1, b = −0.5 it ends at a = {c:.2f}, b = −{abs(d):.2f};"
    yield f"The three answer {a:.1f}, {c:.2f} and {e:.0f}."


def _answers() -> Iterator[str]:
    before = step(START, 0.2)
    after = step(before, 0.2)
    yield f"weights {before[0]:.2f} and {before[1]:.2f}, rate 0.2."
    yield f"The output {output(before):.4f} misses by {1 - output(before):.4f}."
    yield (
        f"2 × (−{1 - output(before):.4f}) × {before[0]:.2f} = −{abs(gradient(before)[0]):.3f}, so both weights become "
        f"{after[0]:.4f}, the output {output(after):.4f} and the loss {loss(after):.4f}."
    )
    a, b = linear(0, 0.5)
    yield f"the answer on x = 1, y = 0 is {a:.2f} after training"
    yield f"so a = {a:.2f} and b = {b:.2f} at the end, with a − b = −{abs(a - b):.1f}."
    yield f"every start with a − b = −{abs(a - b):.1f} will do: a = 0, b = 0.5 for instance."
