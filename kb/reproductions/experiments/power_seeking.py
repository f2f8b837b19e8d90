"""Power seeking: for most reward functions it is optimal to keep options open.

From the start one way leads to a single end (being switched off), the other to a hub with k ends. With rewards drawn
independently for the ends and equal distances, the best end lies behind the hub in k of k + 1 cases. In random graphs
without such symmetry, a state's POWER (the mean optimal value over rewards) goes with the number of ways out of it.
"""

from typing import Any

from kb.reproductions.lazy_numpy import Array, np
from kb.reproductions.model import (
    Check,
    Curve,
    Knobs,
    Panel,
    PaperRef,
    Param,
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)

_OPTIONS = (1, 2, 4, 8, 16)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Count the rewards for which the hub is chosen, and measure POWER in random graphs."""
    rng = np.random.default_rng(seed)
    gamma, draws = knobs["gamma"], knobs["draws"]
    shares = [_avoids(k, gamma, draws, rng, favour=0.0) for k in _OPTIONS]
    metrics = {f"share that avoids the off-switch, k={k}": share for k, share in zip(_OPTIONS, shares, strict=True)}
    metrics |= {
        f"distance from k/(k+1), k={k}": abs(share - k / (k + 1)) for k, share in zip(_OPTIONS, shares, strict=True)
    }
    metrics["k=1 held against 8/9"] = abs(shares[0] - 8 / 9)
    metrics["k=1 held against 2/3"] = abs(shares[0] - 2 / 3)
    metrics["share, rewards that favour being off"] = _avoids(8, gamma, draws, rng, favour=1.0)
    say("random graphs", 0.5)
    found = [_random_graph(knobs["states"], gamma, rng) for _ in range(10)]
    metrics["POWER and ways out: correlation"] = float(np.mean([one[0] for one in found]))
    metrics["POWER and shuffled ways out: correlation"] = float(np.mean([one[1] for one in found]))
    moves = np.mean([_random_moves(knobs["states"], np.random.default_rng([seed, at])) for at in range(10)], 0)
    metrics |= {"rewards that choose most POWER": float(moves[0]), "the same by chance": float(moves[1])}
    options = tuple(float(k) for k in _OPTIONS)
    theory = tuple(k / (k + 1) for k in _OPTIONS)
    return SeedResult(metrics, {"measured": Curve(options, tuple(shares)), "k/(k+1)": Curve(options, theory)})


def _avoids(k: int, gamma: float, draws: int, rng: Any, *, favour: float) -> float:
    """The share of reward functions for which the hub is better: all ends are two steps away and then repeat."""
    rewards = rng.random((draws, k + 1))
    rewards[:, 0] += favour
    value = gamma**2 * rewards / (1 - gamma)
    return float((value[:, 1:].max(1) > value[:, 0]).mean())


def _random_graph(states: int, gamma: float, rng: Any) -> tuple[float, float]:
    """Correlation of POWER with the number of ways out, and with that number shuffled."""
    ways = rng.integers(1, 5, states)
    edges = np.zeros((states, states), bool)
    for state, count in enumerate(ways):
        edges[state, rng.choice(states, count, replace=False)] = True
    power = _power(edges, gamma, rng)
    return float(np.corrcoef(power, ways)[0, 1]), float(np.corrcoef(power, rng.permutation(ways))[0, 1])


def _random_moves(states: int, rng: Any, gamma: float = 0.9, draws: int = 400) -> tuple[float, float]:
    """The share of rewards whose best move goes to the neighbour with most POWER; what a random move would give."""
    ways = rng.integers(2, 5, states)
    edges = np.zeros((states, states), bool)
    for state, count in enumerate(ways):
        edges[state, rng.choice(states, count, replace=False)] = True
    rewards = rng.random((draws, states))
    values = np.zeros_like(rewards)
    for _ in range(70):
        values = rewards + gamma * np.where(edges[None], values[:, None], -np.inf).max(-1)
    power = (values - rewards).mean(0)
    most = np.where(edges, power, -np.inf).argmax(-1)
    best = np.where(edges[None], values[:, None], -np.inf).argmax(-1)
    return float((best == most).mean()), float((1 / ways).mean())


def _power(edges: Array, gamma: float, rng: Any, draws: int = 200) -> Array:
    """The mean over rewards of the optimal value, less the state's own reward."""
    rewards = rng.random((draws, len(edges)))
    values = np.zeros_like(rewards)
    for _ in range(int(7 / (1 - min(gamma, 0.95)))):
        values = rewards + min(gamma, 0.95) * np.where(edges[None], values[:, None], -np.inf).max(-1)
    return (values - rewards).mean(0)


REPRODUCTION = Reproduction(
    id="power-seeking",
    title="Optimal policies tend to seek power",
    kind="theory-check",
    papers=(PaperRef("Optimal Policies Tend to Seek Power", "1912.01683"),),
    readings=("mlss", "agisf-2022", "agisf-2023"),
    claim="For most reward functions (drawn independently for each end, with little discounting) the optimal policy "
    "keeps options open: k options beat one with probability k / (k + 1).",
    published=(),
    scaled_down="An identity of order statistics and a counterexample, not learning. What it says of trained agents "
    "depends on whether their rewards are anything like drawn at random.",
    params={
        "gamma": Param(0.99, "discount", low=0.1, high=0.999),
        "draws": Param(20_000, "reward functions", low=100, high=1_000_000),
        "states": Param(12, "states of the random graphs", low=5, high=40),
    },
    checks=(
        Check("two options: 2/3", "effect", "distance from k/(k+1), k=2", "<=", 0.015, "sampling error: .0033"),
        Check("eight options: 8/9", "effect", "distance from k/(k+1), k=8", "<=", 0.015, "sampling error: .0022"),
        Check("random graphs: POWER goes with ways out", "effect", "POWER and ways out: correlation", ">=", 0.4, ""),
        Check(
            "random graphs: most rewards choose POWER",
            "extra",
            "rewards that choose most POWER",
            ">=",
            0.5,
            "discount .9; expected to fail: chance is .36",
        ),
        Check("one option: 1/2", "control", "distance from k/(k+1), k=1", "<=", 0.015, "symmetry"),
        Check("rewards that favour off", "control", "share, rewards that favour being off", "<=", 0.05, "reversed"),
    ),
    sabotage=(
        Sabotage("two options: 2/3", "k=1 held against 2/3", "one option"),
        Sabotage("eight options: 8/9", "k=1 held against 8/9", "one option"),
        Sabotage("random graphs: POWER goes with ways out", "POWER and shuffled ways out: correlation", "shuffled"),
    ),
    ask_first=(
        Question(
            "Sixteen ends behind the hub, one behind the switch: which share avoids it?",
            "share that avoids the off-switch, k=16",
        ),
        Question(
            "Every reward for being off is raised by 1: does most of the preference survive?",
            "share, rewards that favour being off",
            ("no", "yes"),
            0.5,
        ),
    ),
    panels=(
        Panel(
            "Share of reward functions that avoid the off-switch",
            "lines",
            ("measured", "k/(k+1)"),
            "options behind the hub",
            "share",
            log_x=True,
        ),
    ),
    expected=Runtime(0.2, 0.2),
    lesson="The result is about counting reward functions, so its force lies in which ones a training process gives.",
    limits=(
        "The clean law holds for the symmetric construction; in random graphs the tendency is only a correlation.",
        "Independent rewards for the ends are an assumption, and the last control shows what hangs on it.",
    ),
    next_questions=(
        "Set gamma=0.1: which part of the result depends on farsightedness, and which does not?",
        "Which reward distributions would training on human preferences give?",
    ),
    run_seed=run_seed,
    version=2,
    needs_torch=False,
    changed_after_a_look=("The moves in random graphs were added later; they decide nothing.",),
    did_not_reproduce=(
        "In random graphs at discount .9 the best move goes to the neighbour with most POWER for .43 of "
        "rewards, with .36 by chance: 'most' holds for the symmetric construction.",
    ),
)
