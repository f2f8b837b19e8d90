"""Decision transformers and luck: asking for a high return works where returns are earned, not where they are luck.

Three rounds, four arms. A causal transformer reads (return-to-go, arm) pairs of random play and learns to name the arm
that came next; played forward, it is told a return to reach. In the deterministic game it reaches it. In the stochastic
game a high return in the data came from gambles that were won, so asking for more gets less. Relabelled with each arm's
average payoff, the same network asks only for what an arm earns.
"""

from typing import Any

from kb.reproductions.lazy_numpy import Array, F, Tensor, np, torch
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
from kb.reproductions.parts import transformer
from kb.reproductions.parts.nets import fresh

_SURE = (-3.0, -1.0, 1.0, 4.0)
_WIN = (5.0, 3.0, 1.0, 0.0)
_LOSE = (-15.0, -6.0, 1.0, 0.0)
_SCALE = 15.0
_SURE_TARGETS = (-6.0, -3.0, 0.0, 3.0, 6.0, 9.0, 12.0)
_TARGETS = (0.0, 3.0, 7.0, 11.0, 15.0)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train one network a game, ask each for several returns, and see what it gets."""
    sure = _achieved(seed, 0, knobs, "sure", _SURE_TARGETS, lambda share: say("deterministic game", share / 3))
    lucky = _achieved(seed, 1, knobs, "lucky", _TARGETS, lambda share: say("stochastic game", (1 + share) / 3))
    average = _achieved(seed, 2, knobs, "average", _TARGETS[:2], lambda share: say("average returns", (2 + share) / 3))
    asked, got = np.array(_SURE_TARGETS), np.array(sure)
    metrics = {
        "deterministic: correlation of asked and got": float(np.corrcoef(asked, got)[0, 1]),
        "deterministic: mean error": float(np.abs(asked - got).mean()),
        "deterministic: asking for most gets": sure[-1],
        "deterministic: asked 3 minus asked most": sure[3] - sure[-1],
        "stochastic: asking 15 gets": lucky[-1],
        "stochastic: asking 3 gets": lucky[1],
        "stochastic: asked 3 minus asked 15": lucky[1] - lucky[-1],
        "average returns: asking 3 gets": average[1],
    }
    curves = {
        "deterministic": Curve(_SURE_TARGETS, tuple(sure)),
        "stochastic": Curve(_TARGETS, tuple(lucky)),
        "stochastic, average returns": Curve(_TARGETS[:2], tuple(average)),
        "asked = got": Curve(_SURE_TARGETS, _SURE_TARGETS),
    }
    return SeedResult(metrics, curves)


def _achieved(seed: int, arm: int, knobs: Knobs, game: str, targets: tuple[float, ...], say: Any) -> list[float]:
    generator, rng = fresh(seed, arm), np.random.default_rng([seed, arm])
    model = _train(game, knobs, rng, generator, say)
    return [_play(model, game, target, knobs, rng, generator) for target in targets]


def _pay(game: str, action: Array, knobs: Knobs, rng: Any) -> Array:
    """What arms pay."""
    if game == "sure":
        return np.array(_SURE)[action]
    won = rng.random(action.shape) < knobs["win"]
    return np.where(won, np.array(_WIN)[action], np.array(_LOSE)[action])


def _credit(game: str, action: Array, reward: Array, knobs: Knobs) -> Array:
    """What counts towards the return: the payoff itself, or what the arm pays on average."""
    if game != "average":
        return reward
    return knobs["win"] * np.array(_WIN)[action] + (1 - knobs["win"]) * np.array(_LOSE)[action]


def _train(game: str, knobs: Knobs, rng: Any, generator: Any, say: Any) -> transformer.Transformer:
    rounds, arms = knobs["rounds"], len(_WIN)
    shape = transformer.Shape(width=32, layers=1, heads=2, length=2 * rounds, outputs=arms, mlp=64)
    model = transformer.make(shape, tokens=arms, inputs=1)
    actions = rng.integers(0, arms, (knobs["games"], rounds))
    counted = _credit(game, actions, _pay(game, actions, knobs, rng), knobs)
    to_go = counted[:, ::-1].cumsum(1)[:, ::-1].copy()
    played, returns = torch.from_numpy(actions), torch.from_numpy(to_go / _SCALE).float()
    optimiser = torch.optim.Adam(model.parameters(), lr=knobs["lr"])
    for step in range(knobs["steps"]):
        picked = torch.randint(0, len(played), (256,), generator=generator)
        logits = _logits(model, returns[picked], played[picked])
        loss = F.cross_entropy(logits.flatten(0, 1), played[picked].flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        say(step / knobs["steps"])
    return model


def _logits(model: transformer.Transformer, returns: Tensor, actions: Tensor) -> Tensor:
    """Arms' logits at each return token, in the order return, arm, return, arm, ..."""
    ask = returns[..., None] @ model.weights["input"]
    hidden = torch.stack([ask, model.weights["token"][actions]], 2).flatten(1, 2)
    return transformer.run(model, hidden + model.weights["position"][: hidden.shape[1]])[:, ::2]


def _play(
    model: transformer.Transformer, game: str, target: float, knobs: Knobs, rng: Any, generator: Any, count: int = 400
) -> float:
    """The mean return when asked for ``target``; what is left to ask falls by what was counted."""
    rounds = knobs["rounds"]
    actions, asked = np.zeros((count, rounds), int), np.full((count, rounds), target)
    total = np.zeros(count)
    for at in range(rounds):
        with torch.no_grad():
            logits = _logits(model, torch.from_numpy(asked / _SCALE).float(), torch.from_numpy(actions))[:, at]
        actions[:, at] = torch.multinomial(logits.softmax(-1), 1, generator=generator)[:, 0].numpy()
        reward = _pay(game, actions[:, at], knobs, rng)
        total += reward
        asked[:, at + 1 :] -= _credit(game, actions[:, at], reward, knobs)[:, None]
    return float(total.mean())


REPRODUCTION = Reproduction(
    id="decision-transformer-luck",
    title="Decision transformers: return conditioning and luck",
    kind="empirical",
    papers=(
        PaperRef("Decision Transformer: Reinforcement Learning via Sequence Modeling", "2106.01345"),
        PaperRef("You Can't Count on Luck", "2205.15967", "the gambling environment"),
    ),
    readings=("probabilistic-foundations",),
    claim="Conditioning a sequence model on return steers it where the world is deterministic. Where it is stochastic, "
    "asking for a lucky return picks gambles, so that asking for more gets less; conditioning on average returns "
    "repairs this.",
    published=(),
    scaled_down="Three rounds of a four-armed bandit with payoffs of our own, and a one-layer transformer. The "
    "confusion of luck with skill is the same; the average returns are taken from the known payoffs, while the paper "
    "has to learn which trajectories belong together.",
    params={
        "win": Param(0.5, "how often the two gambles are won", low=0.01, high=1.0),
        "rounds": Param(3, "rounds a game", low=1, high=6),
        "games": Param(8000, "random games to learn from", low=100, high=100_000),
        "steps": Param(600, "training steps", low=10, high=10_000, quick=250),
        "lr": Param(0.004, "learning rate", low=1e-5, high=0.1),
    },
    checks=(
        Check("deterministic: got follows asked", "sanity", "deterministic: correlation of asked and got", ">=", 0.95),
        Check(
            "asking for 15 gets a large loss", "effect", "stochastic: asking 15 gets", "<=", -5.0, "the best plan: 3"
        ),
        Check("the more asked, the less got", "effect", "stochastic: asked 3 minus asked 15", ">=", 4.0),
        Check("deterministic: small error", "control", "deterministic: mean error", "<=", 0.6, "no luck, no harm"),
        Check(
            "average returns: asking 3 gets 3", "control", "average returns: asking 3 gets", ">=", 2.5, "the best: 3"
        ),
    ),
    sabotage=(
        Sabotage("asking for 15 gets a large loss", "deterministic: asking for most gets", "deterministic game"),
        Sabotage("the more asked, the less got", "deterministic: asked 3 minus asked most", "deterministic game"),
    ),
    ask_first=(
        Question(
            "Stochastic game: does asking for 15 instead of 3 get more or less?",
            "stochastic: asked 3 minus asked 15",
            ("more", "less"),
            0.0,
        ),
        Question("The best plan earns 3 on average. What does asking for 15 get?", "stochastic: asking 15 gets"),
    ),
    panels=(
        Panel(
            "Return achieved against return asked for",
            "lines",
            ("deterministic", "stochastic", "stochastic, average returns", "asked = got"),
            "asked",
            "got",
        ),
    ),
    expected=Runtime(7.4, 3.9),
    lesson="A model of what happened, asked for good outcomes, imitates the lucky and not the skilled.",
    limits=(
        "All behaviour in the data is uniformly random; data from good players would hide the effect in part.",
        "The average-return arm knows the true averages.",
    ),
    next_questions=(
        "Set win=0.9: at what chance of winning does asking for more pay again?",
        "Compare control-as-inference: there the same borrowed luck appears without any learning.",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 8)),
    changed_after_a_look=(
        "Reproduced with 4000 games and 500 steps, by 1.6 standard deviations; games and steps were raised to "
        "widen the margin, on the same five seeds. Two seeds were added later.",
    ),
)
