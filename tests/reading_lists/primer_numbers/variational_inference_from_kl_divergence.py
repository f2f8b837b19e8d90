"""One alarm and one bug, with its bound; and two switches that like to agree, with their nearest product."""

import math
from collections.abc import Iterator
from functools import cache
from itertools import product

from tests.reading_lists.primer_numbers.bars import bar

PRIOR, RINGS, RINGS_ANYWAY = 0.1, 0.8, 0.2
EVIDENCE = PRIOR * RINGS + (1 - PRIOR) * RINGS_ANYWAY
POSTERIOR = PRIOR * RINGS / EVIDENCE


def divergence(q: float, p: float) -> float:
    """Between two distributions over yes and no."""
    return sum(a * math.log(a / b) for a, b in ((q, p), (1 - q, 1 - p)) if a)


def elbo(q: float) -> float:
    """What the data are worth under q, less the way from the prior."""
    return q * math.log(RINGS) + (1 - q) * math.log(RINGS_ANYWAY) - divergence(q, PRIOR)


def entropy(chances: tuple[float, ...]) -> float:
    """In nats."""
    return -sum(chance * math.log(chance) for chance in chances if chance)


def distance(on: float, agree: float, second: float | None = None) -> float:
    """From the product with the switches on so often, both alike unless told, to the pair that agrees so often."""
    same, other = agree / 2, (1 - agree) / 2
    two = on if second is None else second
    pairs = ((on * two, same), ((1 - on) * (1 - two), same), (on * (1 - two), other), ((1 - on) * two, other))
    return sum(q * math.log(q / p) for q, p in pairs if q)


@cache
def best_product(agree: float) -> float:
    """The chance of on in the nearest product, among those that favour on or neither."""
    return min((step / 10000 for step in range(5000, 10000)), key=lambda on: distance(on, agree))


@cache
def nothing_is_nearer(agree: float) -> bool:
    """No product on a grid, alike or not, comes nearer than the best of those that are alike."""
    steps = [step / 100 for step in range(1, 100)]
    best = distance(best_product(agree), agree)
    return all(best <= distance(one, agree, two) + 1e-9 for one, two in product(steps, steps))


def sentences() -> Iterator[str]:
    """The bound at several q, the switches, and the answers."""
    yield "bugs have probability 0.1, and let the alarm ring with probability 0.8 if there is a bug and 0.2 if not."
    yield (
        f"p(x) = {PRIOR * RINGS:.2f} + {(1 - PRIOR) * RINGS_ANYWAY:.2f} = {EVIDENCE:.2f}, the posterior probability "
        f"of a bug is {POSTERIOR:.4f}, and log p(x) = −{-math.log(EVIDENCE):.4f} nats."
    )
    yield (
        f"Try q = 0.5. The ELBO is −{-elbo(0.5):.4f}, the distance to the posterior is "
        f"{divergence(0.5, POSTERIOR):.4f}, "
        f"and they add up to −{-math.log(EVIDENCE):.4f}."
    )
    yield f"Try q = 0.3. The ELBO is −{-elbo(0.3):.4f} and the distance is {divergence(0.3, POSTERIOR):.4f}."
    for q in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        short = math.log(EVIDENCE) - elbo(q)
        assert math.isclose(short, divergence(q, POSTERIOR))
        yield f"q = {q}, short of log p(x) by |{bar(short, 0.01)} {short:.4f}"
    yield from _switches()
    yield from _answers()


def _switches() -> Iterator[str]:
    assert all(nothing_is_nearer(agree) for agree in (0.6, 0.9, 0.99))
    on = best_product(0.9)
    yield "agree with probability 0.9, each on half of the time: (on, on) and (off, off) have probability 0.45 each."
    yield f"not the even one, at distance {distance(0.5, 0.9):.3f}."
    yield (
        f"each switch on with probability {on:.2f} (or, just as good, {1 - on:.2f}), at distance "
        f"{distance(on, 0.9):.3f}."
    )
    yield "The true marginal is 0.5"
    assert best_product(0.6) == 0.5
    yield "agree with probability 0.6."
    yield f"its entropy is {entropy((0.25,) * 4):.3f} nats against the true {entropy((0.3, 0.3, 0.2, 0.2)):.3f}"
    on = best_product(0.99)
    of_product = 2 * entropy((on, 1 - on))
    truly = entropy((0.495, 0.495, 0.005, 0.005))
    yield f"Tighten the tie to 0.99, and each switch is on with probability {on:.3f}; "
    yield f"the entropy is {of_product:.3f} against the true {truly:.3f}."
    yield "In the 0.9 example there are two optima"


def _answers() -> Iterator[str]:
    assert divergence(PRIOR, PRIOR) == 0
    yield "Take q = 0.1, which is the prior itself."
    yield f"0.1 × log 0.8 + 0.9 × log 0.2 = −{-elbo(PRIOR):.4f}."
    yield f"−{-math.log(EVIDENCE):.4f} + {-elbo(PRIOR):.4f} = {divergence(PRIOR, POSTERIOR):.4f}."
    edge = math.exp(2) / (1 + math.exp(2))
    yield f"a / (1 − a) = e², so a = {edge:.3f}. At 0.6 the even product is best, at 0.9 it is not."
    assert best_product(edge - 0.01) == 0.5 < best_product(edge + 0.01)
