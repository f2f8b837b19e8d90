"""Reward learning from preferences: a thousand noisy comparisons are enough to plan by.

In a small grid a hidden reward is given to states. A labeller compares two random stretches of behaviour by their
summed reward, with the chance exp(R1) / (exp(R1) + exp(R2)), and answers at random in a share of cases. A reward for
each state is fitted to the answers (the paper's equation 1), and what planning by it earns is measured.
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
    Published,
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)

_COUNTS = (10, 30, 100, 300, 1000)
_GAMMA = 0.95


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Fit rewards to more and more labels, and to labels that are random or turned round."""
    rng = np.random.default_rng(seed)
    moves = _moves(knobs["n"])
    reward = _hidden_reward(knobs["n"], rng)
    scale = _scale(moves, reward, rng)
    counts = tuple(count for count in _COUNTS if count <= knobs["labels"]) or (knobs["labels"],)
    got, fits = [], []
    first, second = (_stretches(moves, counts[-1], knobs["stretch"], rng) for _ in range(2))
    answers = _answers(first, second, reward, knobs["errors"], rng)
    for at, count in enumerate(counts):
        say(f"{count} labels", at / (len(counts) + 3))
        fitted = _fit(first[:count], second[:count], answers[:count], knobs["prior"])
        got.append(_worth(moves, reward, fitted, scale))
        fits.append(float(np.corrcoef(fitted, reward)[0, 1]))
    say("random and turned labels", 0.8)
    coins = [_fit(first, second, rng.random(counts[-1]) < 0.5, knobs["prior"]) for _ in range(5)]
    turned = _fit(first, second, ~answers, knobs["prior"])
    metrics = {
        "return, all labels": got[-1],
        "return, fewest labels": got[0],
        "gain from fewest to all": got[-1] - got[0],
        "reward correlation": fits[-1],
        "return, random labels": float(np.mean([_worth(moves, reward, one, scale) for one in coins])),
        "reward correlation, random labels": float(np.mean([np.corrcoef(one, reward)[0, 1] for one in coins])),
        "return, turned labels": _worth(moves, reward, turned, scale),
    }
    metrics["gain, random labels"] = metrics["return, random labels"] - got[0]
    shown = tuple(float(count) for count in counts)
    curves = {"return": Curve(shown, tuple(got)), "reward correlation": Curve(shown, tuple(fits))}
    side = knobs["n"]
    grids = {"true reward": reward.reshape(side, side).tolist(), "learned reward": fitted.reshape(side, side).tolist()}
    return SeedResult(metrics, curves, grids)


def _moves(n: int) -> Array:
    """Where each of four moves leads from each cell."""
    rows, columns = np.divmod(np.arange(n * n), n)
    ways = ((0, 1), (0, -1), (1, 0), (-1, 0))
    there = [np.clip(rows + down, 0, n - 1) * n + np.clip(columns + right, 0, n - 1) for down, right in ways]
    return np.stack(there, 1)


def _hidden_reward(n: int, rng: Any) -> Array:
    """One good cell, some traps, and a little of everything else."""
    reward = rng.normal(0, 0.2, n * n)
    cells = rng.permutation(n * n)
    reward[cells[0]] = 3.0
    reward[cells[1 : 1 + n]] = -2.0
    return reward


def _stretches(moves: Array, count: int, length: int, rng: Any) -> Array:
    """How often each cell is visited in random stretches of behaviour."""
    visits = np.zeros((count, len(moves)))
    at = rng.integers(0, len(moves), count)
    for _ in range(length):
        visits[np.arange(count), at] += 1
        at = moves[at, rng.integers(0, 4, count)]
    return visits


def _answers(first: Array, second: Array, reward: Array, errors: float, rng: Any) -> Array:
    """Whether the first is preferred."""
    chance = 1 / (1 + np.exp(-(first - second) @ reward))
    chance = (1 - errors) * chance + errors / 2
    return rng.random(len(first)) < chance


def _fit(first: Array, second: Array, answers: Array, prior: float, turns: int = 25) -> Array:
    """The penalised maximum of the Bradley-Terry likelihood, by Newton's method."""
    difference, wanted = first - second, answers.astype(float)
    reward = np.zeros(first.shape[1])
    for _ in range(turns):
        chance = 1 / (1 + np.exp(-difference @ reward))
        slope = difference.T @ (wanted - chance) - reward / prior**2
        curve = (difference.T * (chance * (1 - chance))) @ difference + np.eye(len(reward)) / prior**2
        step = np.linalg.solve(curve, slope)
        reward = reward + step
        if np.abs(step).max() < 1e-9:
            break
    return reward


def _plan(moves: Array, reward: Array) -> Array:
    """The best move from each cell, by value iteration."""
    values = np.zeros(len(moves))
    for _ in range(300):
        values = reward + _GAMMA * values[moves].max(1)
    return values[moves].argmax(1)


def _earned(moves: Array, reward: Array, plan: Array) -> float:
    """The mean value over starts of following a plan."""
    count = len(moves)
    step = np.eye(count)[moves[np.arange(count), plan]]
    return float(np.linalg.solve(np.eye(count) - _GAMMA * step, reward).mean())


def _scale(moves: Array, reward: Array, rng: Any) -> tuple[float, float]:
    """What counts as 0 (planning by random rewards) and as 1 (planning by the true one)."""
    none = [_earned(moves, reward, _plan(moves, rng.normal(size=len(moves)))) for _ in range(20)]
    return float(np.mean(none)), _earned(moves, reward, _plan(moves, reward))


def _worth(moves: Array, reward: Array, fitted: Array, scale: tuple[float, float]) -> float:
    zero, one = scale
    return (_earned(moves, reward, _plan(moves, fitted)) - zero) / (one - zero)


REPRODUCTION = Reproduction(
    id="preference-learning",
    title="Reward learning from pairwise preferences",
    kind="empirical",
    papers=(PaperRef("Deep Reinforcement Learning from Human Preferences", "1706.03741", "section 2.2, equation 1"),),
    readings=("agisf-2022", "agisf-2023"),
    claim="A Bradley-Terry reward model fitted to noisy comparisons of short stretches is enough to plan nearly "
    "optimally with about a thousand labels.",
    published=(
        Published(
            "MuJoCo: with 700 labels nearly as good as the true reward, on all tasks shown", "1706.03741, section 3.1"
        ),
        Published("the model assumes that the labeller answers at random in 10 % of cases", "1706.03741, section 2.2"),
    ),
    scaled_down="A grid of 49 cells with one reward a cell, random behaviour and exact planning, in place of deep "
    "networks that are trained while the policy changes. That comparisons suffice carries over.",
    params={
        "n": Param(7, "the grid's side", low=3, high=12),
        "labels": Param(1000, "most labels", low=10, high=20_000),
        "stretch": Param(10, "steps a stretch", low=1, high=50),
        "errors": Param(0.1, "share of random answers", low=0.0, high=1.0),
        "prior": Param(1.0, "standard deviation of the prior on rewards", low=0.01, high=100.0),
    },
    checks=(
        Check(
            "planning by it is nearly optimal", "effect", "return, all labels", ">=", 0.9, "of the range", 0, (None, 1)
        ),
        Check("more labels help", "effect", "gain from fewest to all", ">=", 0.4, "from 10 labels on"),
        Check("the reward is recovered", "effect", "reward correlation", ">=", 0.85, "over cells", 0, (-1, 1)),
        Check("random labels are worth nothing", "control", "return, random labels", "<=", 0.3, "mean of five"),
        Check("turned labels do harm", "control", "return, turned labels", "<=", 0.0, ""),
    ),
    sabotage=(
        Sabotage("planning by it is nearly optimal", "return, random labels", "random labels"),
        Sabotage("more labels help", "gain, random labels", "random labels"),
        Sabotage("the reward is recovered", "reward correlation, random labels", "random labels"),
    ),
    ask_first=(
        Question(
            "On a scale from random rewards (0) to the true one (1), what do 10 labels give?", "return, fewest labels"
        ),
        Question("How well do 1000 labels recover the reward (correlation over cells)?", "reward correlation"),
    ),
    panels=(
        Panel(
            "What labels buy",
            "lines",
            ("return", "reward correlation"),
            "labels",
            "share",
            (("optimum", 1.0),),
            log_x=True,
        ),
        Panel("True reward", "grid", ("true reward",)),
        Panel("Learned reward", "grid", ("learned reward",)),
    ),
    expected=Runtime(0.1, 0.1),
    lesson="Nobody has to write the reward down; but planning only needs it roughly right where it plans to go.",
    limits=(
        "Behaviour is random and covers every cell, so the reward is never asked for where it was not seen.",
        "The labeller follows the fitted model but for the random share.",
    ),
    next_questions=(
        "Set errors=0.6: how many more labels would it take?",
        "Set stretch=1: do shorter stretches teach more or less a label?",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 31)),
    needs_torch=False,
    changed_after_a_look=(
        "Thirty seeds in place of ten, for a margin of one standard deviation on 'more labels help': what ten "
        "labels give varies much. Nothing else was changed.",
    ),
)
