"""Control as inference: messages about optimality are soft values, and conditioning on success borrows luck.

Let each step be "optimal" with probability exp(r). Given that all steps are, backward messages of
the tutorial give a policy. Under deterministic dynamics it is that of maximum-entropy reinforcement learning. Under
stochastic dynamics the messages average exp(V), not V: conditioning changes the dynamics too, as if the
agent could choose its luck.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class World:
    """Chances of the next state by state and action, rewards by state and action, and how many steps there are."""

    moves: Array
    reward: Array
    steps: int


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Check the identities in random worlds, and measure the borrowed luck in a gamble."""
    rng = np.random.default_rng(seed)
    sure, lucky = _world(rng, knobs, deterministic=True), _world(rng, knobs, deterministic=False)
    messages, soft, maxent = posterior(sure), soft_values(sure), max_entropy(sure)
    say("sampling", 0.3)
    sampled, accepted = _rejection(lucky, knobs["rollouts"], rng)
    uniform = np.full_like(sampled, 1 / sampled.shape[-1])
    say("gambling", 0.8)
    win, stake = rng.uniform(0.08, 0.16), rng.uniform(2.2, 2.8)
    asked, earned, invented = _gamble(win, stake, stochastic=True)
    plain, fair, _ = _gamble(win, stake, stochastic=False)
    metrics = {
        "messages and soft values, deterministic": _apart(messages, soft),
        "messages and MaxEnt RL, deterministic": _apart(messages, maxent),
        "messages and MaxEnt RL, stochastic": _apart(posterior(lucky), max_entropy(lucky)),
        "messages and rejection samples": _variation(posterior(lucky)[0], sampled),
        "rejection samples and the prior": _variation(uniform, sampled),
        "share of rollouts accepted": accepted,
        "chance to gamble, conditioned": asked,
        "chance to gamble, MaxEnt RL": earned,
        "over-optimism": asked - earned,
        "over-optimism, deterministic": abs(plain - fair),
        "believed over true chance to win": invented / win,
        "believed over true chance, MaxEnt RL": 1.0,
    }
    sweep = tuple(float(p) for p in np.linspace(0.02, 0.98, 13))
    points = [_gamble(p, stake, stochastic=True) for p in sweep]
    lines = {"conditioned": 0, "MaxEnt RL": 1, "believed chance to win": 2}
    curves = {name: Curve(sweep, tuple(point[at] for point in points)) for name, at in lines.items()}
    return SeedResult(metrics, {**curves, "true chance to win": Curve(sweep, sweep)})


def _world(rng: Any, knobs: Knobs, *, deterministic: bool) -> World:
    states, actions = knobs["states"], knobs["actions"]
    moves = rng.dirichlet(np.full(states, 0.5), (states, actions))
    if deterministic:
        moves = np.eye(states)[rng.integers(0, states, (states, actions))]
    return World(moves, -rng.exponential(1.0, (states, actions)), knobs["steps"])


def posterior(world: World) -> Array:
    """The policy at each step and state, given optimality from there on: backward messages in probabilities."""
    after = np.ones(world.moves.shape[0])
    policies = []
    for _ in range(world.steps):
        message = np.exp(world.reward) * (world.moves @ after)
        policies.append(message / message.sum(1, keepdims=True))
        after = message.mean(1)
    return np.array(policies[::-1])


def soft_values(world: World) -> Array:
    """The same by soft value iteration in logarithms: Q = r + log E exp V, V = log mean exp Q."""
    values = np.zeros(world.moves.shape[0])
    policies = []
    for _ in range(world.steps):
        q = world.reward + np.log(world.moves @ np.exp(values))
        policies.append(_softmax(q))
        values = np.log(np.exp(q).mean(1))
    return np.array(policies[::-1])


def max_entropy(world: World) -> Array:
    """Maximum-entropy reinforcement learning, which cannot change the dynamics: Q = r + E V."""
    values = np.zeros(world.moves.shape[0])
    policies = []
    for _ in range(world.steps):
        q = world.reward + world.moves @ values
        policies.append(_softmax(q))
        values = np.log(np.exp(q).mean(1))
    return np.array(policies[::-1])


def _softmax(q: Array) -> Array:
    weights = np.exp(q - q.max(1, keepdims=True))
    return weights / weights.sum(1, keepdims=True)


def _rejection(world: World, count: int, rng: Any) -> tuple[Array, float]:
    """First actions of random rollouts in which every step came out optimal, by first state."""
    states, actions = world.reward.shape
    state = first = rng.integers(0, states, count)
    alive, begun = np.ones(count, bool), np.zeros(count, int)
    ladder = world.moves.cumsum(-1)
    for step in range(world.steps):
        action = rng.integers(0, actions, count)
        begun = action if step == 0 else begun
        alive &= rng.random(count) < np.exp(world.reward[state, action])
        state = (rng.random((count, 1)) > ladder[state, action]).sum(-1).clip(max=states - 1)
    table = np.zeros((states, actions))
    np.add.at(table, (first[alive], begun[alive]), 1)
    return table / table.sum(1, keepdims=True).clip(min=1), float(alive.mean())


def _gamble(win: float, stake: float, *, stochastic: bool) -> tuple[float, float, float]:
    """Play safe for 0 or stake all: win ``stake`` or lose as much. Returns both policies' chance, and the belief.

    Without chance the gamble pays its average for sure.
    """
    average = win * stake - (1 - win) * stake
    value = np.log(win * np.exp(stake) + (1 - win) * np.exp(-stake)) if stochastic else average
    conditioned = 1 / (1 + np.exp(-value))
    earned = 1 / (1 + np.exp(-average))
    believed = win * np.exp(stake) / (win * np.exp(stake) + (1 - win) * np.exp(-stake))
    return float(conditioned), float(earned), float(believed)


def _apart(one: Array, other: Array) -> float:
    return float(np.abs(one - other).max())


def _variation(one: Array, other: Array) -> float:
    """Mean total variation over states."""
    return float(np.abs(one - other).sum(-1).mean() / 2)


REPRODUCTION = Reproduction(
    id="control-as-inference",
    title="Control as inference: soft values, and borrowed luck",
    kind="theory-check",
    papers=(
        PaperRef(
            "Reinforcement Learning and Control as Probabilistic Inference: Tutorial and Review",
            "1805.00909",
            "sections 2.3 and 3.1",
        ),
    ),
    readings=("probabilistic-foundations",),
    claim="Backward messages in the optimality model are soft value iteration. Where dynamics are stochastic, "
    "conditioning on optimality also conditions the dynamics, and the policy is over-optimistic.",
    published=(),
    scaled_down="Worlds of six states, enumerated; the derivation holds at any size.",
    params={
        "states": Param(6, "states", low=2, high=30),
        "actions": Param(3, "actions", low=2, high=10),
        "steps": Param(4, "steps", low=1, high=20),
        "rollouts": Param(400_000, "rollouts for rejection sampling", low=1000, high=5_000_000, quick=200_000),
    },
    checks=(
        Check("messages are soft values", "effect", "messages and soft values, deterministic", "<=", 1e-8, "identity"),
        Check(
            "and MaxEnt RL, deterministic", "effect", "messages and MaxEnt RL, deterministic", "<=", 1e-8, "identity"
        ),
        Check("rejection sampling agrees", "effect", "messages and rejection samples", "<=", 0.05, "total variation"),
        Check("over-optimism in the gamble", "effect", "over-optimism", ">=", 0.05, "chance to gamble"),
        Check("conditioning invents luck", "effect", "believed over true chance to win", ">=", 2, "a factor"),
        Check("none without chance", "control", "over-optimism, deterministic", "<=", 1e-9, "exact"),
        Check("samples are not the prior", "control", "rejection samples and the prior", ">=", 0.08, "total variation"),
    ),
    sabotage=(
        Sabotage("and MaxEnt RL, deterministic", "messages and MaxEnt RL, stochastic", "stochastic dynamics"),
        Sabotage("rejection sampling agrees", "rejection samples and the prior", "the prior for the posterior"),
        Sabotage("over-optimism in the gamble", "over-optimism, deterministic", "no chance"),
        Sabotage("conditioning invents luck", "believed over true chance, MaxEnt RL", "MaxEnt RL"),
    ),
    ask_first=(
        Question(
            "A gamble wins about 12 %. How often does the conditioned agent gamble?", "chance to gamble, conditioned"
        ),
        Question("By which factor does it overrate its chance to win?", "believed over true chance to win"),
    ),
    panels=(
        Panel(
            "The gamble",
            "lines",
            ("conditioned", "MaxEnt RL", "believed chance to win", "true chance to win"),
            "true chance to win",
            "chance",
        ),
    ),
    expected=Runtime(0.1, 0.2),
    lesson="Asking what a good outcome implies is not asking what to do: the first also assumes good luck.",
    limits=(
        "In random worlds with mild rewards the two policies hardly differ; the gamble is chosen to show it.",
        "Rejection sampling starves where rewards are large.",
    ),
    next_questions=(
        "Compare decision-transformer-luck, where a trained network does the same.",
        "How does fixing the dynamics (section 3.2) change the objective?",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 21)),
    needs_torch=False,
    changed_after_a_look=("Twenty seeds in place of ten, as they cost little.",),
)
