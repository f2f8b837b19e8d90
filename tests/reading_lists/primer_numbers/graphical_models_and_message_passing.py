"""An alarm with two causes, a chain of weather, and messages that go round in a triangle; each against enumeration."""

import math
from collections.abc import Iterator, Sequence
from itertools import product

from tests.reading_lists.primer_numbers.bars import bar

BURGLARY, EARTHQUAKE = 0.01, 0.02
PRIOR = (0.6, 0.4)
MOVE = ((0.9, 0.1), (0.3, 0.7))
SHOWS = ((0.8, 0.2), (0.3, 0.7))
"""The chance of no umbrella and of one, for dry and for wet days."""
SEEN = (1, 1, 0)

Pair = tuple[float, float]


def alarm(burglary: int, earthquake: int) -> float:
    """It rings by itself, by a burglary or by an earthquake, each on its own."""
    return 1 - (1 - 0.001) * (1 - 0.95 * burglary) * (1 - 0.3 * earthquake)


def joint(burglary: int, earthquake: int) -> float:
    """All three happen so, and the alarm rings."""
    first = BURGLARY if burglary else 1 - BURGLARY
    second = EARTHQUAKE if earthquake else 1 - EARTHQUAKE
    return first * second * alarm(burglary, earthquake)


def forward(seen: Sequence[int]) -> list[Pair]:
    """Chances of what was seen up to each day, with the weather of that day."""
    messages: list[Pair] = [(PRIOR[0] * SHOWS[0][seen[0]], PRIOR[1] * SHOWS[1][seen[0]])]
    for what in seen[1:]:
        dry, wet = messages[-1]
        now = [(dry * MOVE[0][state] + wet * MOVE[1][state]) * SHOWS[state][what] for state in (0, 1)]
        messages.append((now[0], now[1]))
    return messages


def backward(seen: Sequence[int]) -> list[Pair]:
    """Chances of what is seen after each day, given the weather of that day."""
    messages: list[Pair] = [(1.0, 1.0)]
    for what in reversed(seen[1:]):
        later = messages[0]
        now = [sum(MOVE[state][to] * SHOWS[to][what] * later[to] for to in (0, 1)) for state in (0, 1)]
        messages.insert(0, (now[0], now[1]))
    return messages


def beliefs(seen: Sequence[int]) -> list[float]:
    """How likely each day was dry."""
    return [a * c / (a * c + b * d) for (a, b), (c, d) in zip(forward(seen), backward(seen), strict=True)]


def enumerated(seen: Sequence[int]) -> tuple[float, list[float]]:
    """The same by adding up every story, and the chance of what was seen."""
    total, dry = 0.0, [0.0] * len(seen)
    for story in product((0, 1), repeat=len(seen)):
        chance = PRIOR[story[0]] * SHOWS[story[0]][seen[0]]
        for day in range(1, len(seen)):
            chance *= MOVE[story[day - 1]][story[day]] * SHOWS[story[day]][seen[day]]
        total += chance
        dry = [sum_ + chance * (state == 0) for sum_, state in zip(dry, story, strict=True)]
    return total, [one / total for one in dry]


def triangle(coupling: float, push: float = 0.1) -> tuple[float, float]:
    """Three that like to agree, one of them pushed up: another is up, exactly, and by messages that go round."""
    total = up = 0.0
    for a, b, c in product((1, -1), repeat=3):
        chance = math.exp(coupling * (a * b + b * c + a * c) + push * a)
        total += chance
        up += chance * (c == 1)
    return up / total, _round(coupling, push)


def _round(coupling: float, push: float) -> float:
    """Messages as log-odds, passed until they settle: from the pushed one, and between the other two."""
    own = 2 * push
    out = back = between = 0.0
    for _ in range(500):
        out, between, back = (
            _through(own + back, coupling),
            _through(out, coupling),
            _through(between, coupling),
        )
    return 1 / (1 + math.exp(-(out + between)))


def _through(odds: float, coupling: float) -> float:
    """Log-odds of one variable seen through a coupling from the other."""
    same, other = math.exp(coupling), math.exp(-coupling)
    return math.log((math.exp(odds) * same + other) / (math.exp(odds) * other + same))


def sentences() -> Iterator[str]:
    """The alarm, the weather, the triangle and the answers."""
    yield from _alarm()
    yield from _weather()
    yield from _triangle()
    yield from _answers()


def _alarm() -> Iterator[str]:
    yield f"A burglary has probability {BURGLARY} tonight, an earthquake {EARTHQUAKE}."
    yield "It rings by itself with probability 0.001, by a burglary with 0.95, by an earthquake with 0.30"
    total = sum(joint(b, e) for b, e in product((0, 1), repeat=2))
    theft = (joint(1, 0) + joint(1, 1)) / total
    quake = (joint(0, 1) + joint(1, 1)) / total
    yield (
        f"It rings. That had probability {total:.4f}, and now a burglary has {theft:.3f} and an earthquake {quake:.3f}."
    )
    both = joint(1, 1) / (joint(1, 1) + joint(0, 1))
    yield f"the burglary drops from {theft:.3f} to {both:.3f}."


def _pair(values: Pair, digits: int) -> str:
    return "({:.{d}f}, {:.{d}f})".format(*values, d=digits)


def _against(one: Pair, other: Pair, digits: int, digits_of_other: int) -> str:
    """Two products, written out, for dry and for wet."""
    sides = [f"{a:.{digits}f} × {b:.{digits_of_other}f} = {a * b:.4f}" for a, b in zip(one, other, strict=True)]
    return " against ".join(sides)


def _weather() -> Iterator[str]:
    yield "The first day is dry with probability 0.6."
    yield "A dry day is followed by a dry one with 0.9, a wet one by a wet one with 0.7."
    yield "umbrella: with probability 0.2 when it is dry, and 0.7 when it is wet."
    yield "On the first day that is (0.6 × 0.2, 0.4 × 0.7)."
    one, two, three = forward(SEEN)
    yield f"Forward: {_pair(one, 2)}, then {_pair(two, 4)}, then {_pair(three, 4)}."
    first, second, last = backward(SEEN)
    yield f"Backward, from the end: {_pair(last, 0)}, then {_pair(second, 2)}, then {_pair(first, 4)}."
    total, exact = enumerated(SEEN)
    assert all(math.isclose(a, b) for a, b in zip(beliefs(SEEN), exact, strict=True))
    dry = exact
    yield f"First day: {_against(one, first, 2, 4)}, so dry with {dry[0]:.3f}"
    yield f"the days are dry with {dry[0]:.3f}, {dry[1]:.3f} and {dry[2]:.3f}."
    yield f"the chance of having seen just this, {total:.5f}."
    for day, likely in enumerate(dry, 1):
        yield f"day {day} |{bar(likely, 0.025)} {likely:.2f}"
    yield f"{2**30 / 1e9:.1f} billion stories; the messages need {4 * 30} products."


def _triangle() -> Iterator[str]:
    for coupling, words in ((0.2, "coupling 0.2"), (0.5, "0.5"), (1.0, "1.0")):
        exact, went_round = triangle(coupling)
        assert went_round >= exact
        yield f"{words}: exactly {exact:.3f}, by messages {went_round:.3f}"


def _answers() -> Iterator[str]:
    first, second = forward((1, 1, 1))[1], backward((1, 1, 1))[1]
    dry = beliefs((1, 1, 1))[1]
    assert math.isclose(dry, enumerated((1, 1, 1))[1][1])
    yield f"Backward: {_pair(second, 2)}."
    yield f"{_against(first, second, 4, 2)}: dry with {dry:.3f}, less than the {beliefs(SEEN)[1]:.3f} from before."
    alone = joint(1, 0) / (joint(1, 0) + joint(0, 0))
    yield f"{BURGLARY} × {alarm(1, 0):.5f} = {BURGLARY * alarm(1, 0):.6f}"
    yield f"{1 - BURGLARY} × {alarm(0, 0):.3f} = {(1 - BURGLARY) * alarm(0, 0):.5f}: a burglary with {alone:.3f}."
