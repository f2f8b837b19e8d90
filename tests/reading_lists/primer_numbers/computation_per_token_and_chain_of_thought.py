"""The cost of a token, chains that err, votes, and a monitor that reads."""

import math
from collections.abc import Iterator
from itertools import product

from tests.reading_lists.primer_numbers.bars import bar
from tests.reading_lists.primer_numbers.shapes import GPT2_SMALL, GPT3, GPT3_WEIGHTS, Shape, weights

QUOTED = ("they mentioned the hint in many settings less than 20 % of the time (2505.05410)",)


def at_least(needed: int, of: int, chance: float) -> float:
    """How likely it is that so many of some independent things happen."""
    return sum(math.comb(of, k) * chance**k * (1 - chance) ** (of - k) for k in range(needed, of + 1))


def majority(chains: int, chance: float) -> float:
    """How likely it is that more than half of the chains are right."""
    return at_least(chains // 2 + 1, chains, chance)


def sentences() -> Iterator[str]:
    """Costs, chains, votes, the monitor, and the answers."""
    yield from _costs()
    yield from _chains()
    yield from _monitor()
    yield from _answers()
    assert all(_half_without(place) for place in range(4))


def _share(shape: Shape, count: int) -> float:
    return 100 * shape.attention_at_the_end() / (shape.attention_at_the_end() + 2 * count)


def _costs() -> Iterator[str]:
    small = weights(GPT2_SMALL)
    yield (
        f"with {small / 1e6:.0f} million weights, that is {2 * small / 1e9:.2f} billion operations; "
        f"for GPT-3, with {GPT3_WEIGHTS / 1e9:.0f} billion, it is {2 * GPT3_WEIGHTS / 1e9:.0f} billion."
    )
    yield (
        f"That makes {_share(GPT2_SMALL, small):.0f} % of the total for GPT-2 small "
        f"and {_share(GPT3, GPT3_WEIGHTS):.0f} % for GPT-3."
    )
    yield f"{GPT2_SMALL.layers} in GPT-2 small, {GPT3.layers} in GPT-3"
    yield (
        f"rows of up to {200 * GPT2_SMALL.layers:,} layer steps with {GPT2_SMALL.layers} layers, "
        f"and {200 * GPT3.layers:,} with {GPT3.layers}."
    )


def _half_without(place: int) -> bool:
    """The parity of four bits is odd as often as even, whatever the others are, when one bit is not seen."""
    seen: dict[tuple[int, ...], list[int]] = {}
    for bits in product((0, 1), repeat=4):
        seen.setdefault(bits[:place] + bits[place + 1 :], []).append(sum(bits) % 2)
    return all(sorted(answers) == [0, 1] for answers in seen.values())


def _chains() -> Iterator[str]:
    yield (
        f"of 100 steps is right with probability 0.99, and one mistake spoils the result, the chain is right "
        f"with probability {0.99**100:.2f}. At 0.999 it is {0.999**100:.2f}."
    )
    one, five, fifteen, many = (majority(chains, 0.6) for chains in (1, 5, 15, 41))
    yield (
        f"is right with probability 0.6, then one chain is right with {one:.2f}, the majority of 5 with {five:.2f}, "
        f"of 15 with {fifteen:.2f}, of 41 with {many:.2f}."
    )
    yield f"is right with probability 0.45, the majority of 41 is right with {majority(41, 0.45):.2f}."


def _monitor() -> Iterator[str]:
    for needed, words in ((1, "one step is enough"), (3, "three steps needed")):
        for legible in (0.9, 0.5, 0.1):
            seen = at_least(needed, 5, legible)
            yield f"q = {legible}, {words} |{bar(seen, 0.05)} {seen:.2f}"


def _answers() -> Iterator[str]:
    yield f"600 / 12 = {600 // 12} tokens, and 600 / 96 = {600 / 96:.2f}, so {math.ceil(600 / 96)}."
    yield "An intention takes five steps, each legible with probability 0.7."
    yield f"1 − 0.3⁵ = {at_least(1, 5, 0.7):.3f}."
    yield f"10 × 0.7³ × 0.3² + 5 × 0.7⁴ × 0.3 + 0.7⁵ = {at_least(3, 5, 0.7):.3f}."
