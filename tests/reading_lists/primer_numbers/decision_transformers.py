"""A log of safe and lucky episodes, and what imitating those with a given return gets."""

import math
from collections.abc import Iterator

from tests.reading_lists.primer_numbers.bars import bar

Log = list[tuple[str, float, float]]
"""What was done, what it returned, and the share of the log."""
SAFE_STEP, STEPS = 0.2, 10


def gamble_log(safe: float = 1.0, win: float = 0.5) -> Log:
    """Half of the episodes play safe, half gamble for 5 or −15."""
    return [("safe", safe, 0.5), ("gamble", 5, 0.5 * win), ("gamble", -15, 0.5 * (1 - win))]


def betting_log(steps: int) -> Log:
    """Half take a safe part at each step, half make fair bets of 1."""
    bets: Log = [("bet", 2 * won - steps, 0.5 * math.comb(steps, won) / 2**steps) for won in range(steps + 1)]
    return [("safe", round(SAFE_STEP * steps, 6), 0.5), *bets]


def mean(log: Log, action: str) -> float:
    """What an action returns on average."""
    mine = [(returned, share) for done, returned, share in log if done == action]
    return sum(returned * share for returned, share in mine) / sum(share for _, share in mine)


def ask(log: Log, wanted: float, action: str) -> tuple[float, float]:
    """How often the model takes the action when asked for a return, and what it then gets on average."""
    matching = {done: share for done, returned, share in log if returned == wanted}
    chances = {done: share / sum(matching.values()) for done, share in matching.items()}
    return chances.get(action, 0.0), sum(chance * mean(log, done) for done, chance in chances.items())


def sentences() -> Iterator[str]:
    """One gamble, ten steps, the theory's version, and the answers."""
    yield from _gamble()
    yield from _ten_steps()
    yield from _theory()
    yield from _answers()


def _gamble() -> Iterator[str]:
    log = gamble_log()
    yield f"got 5 or −15 with even odds, on average −{abs(mean(log, 'gamble')):.0f}."
    often, got = ask(log, 1, "gamble")
    assert (often, got) == (0, 1)
    often, got = ask(log, 5, "gamble")
    yield f"it gambles with probability {often:.0f}, and gets −{abs(got):.0f} on average."
    yield f"Ask for −15 and it gambles too, with the same −{abs(ask(log, -15, 'gamble')[1]):.0f}."


def _ten_steps() -> Iterator[str]:
    log = betting_log(STEPS)
    yield f"take a safe {SAFE_STEP} at every step, {mean(log, 'safe'):.1f} in all."
    assert mean(log, "bet") == 0
    for wanted in (0, 2, 4, 6, 8, 10):
        _, got = ask(log, wanted, "bet")
        yield f"asked for {wanted:2d} |{bar(got, 0.1)} {got:.2f}"
    yield f"it bets with probability {ask(log, 2, 'bet')[0]:.2f}."
    assert all(ask(log, wanted, "bet")[0] == 1 for wanted in (4, 6, 8, 10))
    ten, five, one = (100 * betting_log(steps)[-1][2] for steps in (10, 5, 1))
    yield f"won in {ten:.2f} % of the log. With five steps it would be {five:.1f} %, with one {one:.0f} %."


def _theory() -> Iterator[str]:
    found = []
    for temperature in (1, 5, 20):
        weights = {"safe": 0.0, "gamble": 0.0}
        for done, returned, share in gamble_log():
            weights[done] += share * math.exp(returned / temperature)
        found.append(weights["gamble"] / sum(weights.values()))
    low, middle, high = found
    yield (
        f"With T = 1 the gamble has probability {low:.3f}, with T = 5 it has {middle:.3f}, with T = 20 it has "
        f"{high:.3f}."
    )


def _answers() -> Iterator[str]:
    often, got = ask(gamble_log(safe=5), 5, "gamble")
    assert math.isclose(often, 1 / 3)
    yield f"it gambles with probability 1/3. It gets 2/3 × 5 + 1/3 × (−5) = {got:.2f}, where 5 was to be had"
    yield "Let the gamble pay 5 with probability 0.9 and −15 with 0.1."
    often, got = ask(gamble_log(win=0.9), 5, "gamble")
    assert often == 1
    yield f"gets 0.9 × 5 + 0.1 × (−15) = {got:.1f} on average, more than the safe 1."
