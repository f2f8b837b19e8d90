"""Reward-model overoptimisation: a learned proxy keeps rising while the reward that was meant falls again.

The policy is a normal distribution over eight numbers. The gold reward is a smooth random function (random Fourier
features of a Gaussian process); labels compare pairs by it, with noise; the proxy is a network fitted to the labels.
The proxy is then optimised in two ways, at a known distance d = sqrt(KL) from the start: by best-of-n, whose divergence
is log n - (n - 1) / n, and by moving the policy's mean uphill.
"""

import math
from collections.abc import Callable
from typing import Any

from kb.reproductions.lazy_numpy import Array, F, np, torch
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
from kb.reproductions.parts.nets import fresh, mlp

_SIZES = (50, 400, 3200)
_COUNTS = tuple(2**power for power in range(16))
_NATS = 75.0
_SPEED = 0.1
Reward = Callable[[Any], Any]


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Several gold rewards, each with proxies from few, some and many comparisons; averages over the golds."""
    bon: dict[int, list[Array]] = {size: [] for size in _SIZES}
    climbs, golden = [], []
    for at in range(knobs["golds"]):
        say(f"gold reward {at + 1}", at / knobs["golds"])
        generator = fresh(seed, at)
        gold = _gold(knobs["scale"], generator)
        for size in _SIZES:
            proxy = _proxy(gold, size, knobs, generator)
            bon[size].append(_best_of_n(proxy, gold, generator))
            if size == knobs["labels"]:
                climbs.append(_climb(proxy, gold, generator))
        golden.append(_climb(gold, gold, generator))
    lines = {size: np.mean(found, 0) for size, found in bon.items()}
    distance = np.sqrt([divergence(n) for n in _COUNTS])
    tails = {name: _tail(name, seed, knobs["tail"]) for name in ("Gaussian", "t")}
    metrics = {
        "gold lost at the end, proxy": float(np.mean([max(one[1]) - one[1][-1] for one in climbs])),
        "divergence at the gold peak, climbing": float(np.mean([one[0][int(np.argmax(one[1]))] for one in climbs])),
        "gold lost at the end, gold": float(np.mean([max(one[1]) - one[1][-1] for one in golden])),
        "proxy gained after the gold peak": float(
            np.mean([one[2][-1] - one[2][int(np.argmax(one[1]))] for one in climbs])
        ),
        "R2 of d(a - b d)": _fit(distance, lines[400]),
        "R2 of a constant": 0.0,
        "R2 of d(a - b log d), climbing": float(np.mean([_fit_climb(*one[:2]) for one in climbs])),
        "gold gained by more data, best-of-n": float(lines[3200][-1] - lines[50][-1]),
        "gold gained by no more data": 0.0,
        "error of the divergence formula": max(abs(_measured(n) - divergence(n)) for n in _COUNTS[:11]),
        "end over peak, Gaussian error": tails["Gaussian"][-1] / max(tails["Gaussian"]),
        "end over peak, heavy tails": tails["t"][-1] / max(tails["t"]),
    }
    return SeedResult(metrics, _curves(distance, lines, climbs, tails))


def divergence(n: int) -> float:
    """KL of best-of-n from the policy it draws from."""
    return math.log(n) - (n - 1) / n


def _gold(scale: float, generator: Any) -> Reward:
    waves = torch.randn(8, 600, generator=generator) / scale
    shift = 2 * math.pi * torch.rand(600, generator=generator)
    weights = torch.randn(600, generator=generator) * (2 / 600) ** 0.5
    return lambda x: (x @ waves + shift).cos() @ weights


def _proxy(gold: Reward, size: int, knobs: Knobs, generator: Any) -> Reward:
    """Fit a network to comparisons by the Bradley-Terry likelihood; its output in units of its spread at the start."""
    pairs = torch.randn(2, size, 8, generator=generator)
    chance = torch.sigmoid(2 * (gold(pairs[0]) - gold(pairs[1])))
    label = (torch.rand(size, generator=generator) < chance).float()
    net = mlp(8, knobs["width"], knobs["width"], 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.1)
    for _ in range(knobs["steps"]):
        picked = torch.randint(0, size, (min(size, 256),), generator=generator)
        margin = (net(pairs[0, picked]) - net(pairs[1, picked]))[:, 0]
        loss = F.binary_cross_entropy_with_logits(margin, label[picked])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        start = net(torch.randn(4000, 8, generator=generator))
    middle, spread = start.mean(), start.std()
    return lambda x: (net(x)[..., 0] - middle) / spread


def _best_of_n(proxy: Reward, gold: Reward, generator: Any, count: int = 40_000) -> Array:
    """The expected gold of the best by proxy among n, for each n, from the order statistics of one sample."""
    x = torch.randn(count, 8, generator=generator)
    with torch.no_grad():
        meant = gold(x)[proxy(x).argsort()].double().numpy()
    return np.array([_weights(n, count) @ meant for n in _COUNTS])


def _weights(n: int, count: int) -> Array:
    """The chance that each of ``count`` sorted values is the best of n draws."""
    edges = (np.arange(count + 1) / count) ** n
    return np.diff(edges)


def _measured(n: int, count: int = 40_000) -> float:
    """The divergence of best-of-n from those chances themselves."""
    weights = _weights(n, count)
    kept = weights[weights > 0]
    return float((kept * np.log(kept * count)).sum())


def _climb(reward: Reward, gold: Reward, generator: Any) -> tuple[list[float], list[float], list[float]]:
    """Move the policy's mean uphill at constant speed: divergence (half its squared length), gold, reward."""
    mean = torch.zeros(8)
    found: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(400):
        mean.requires_grad_()
        x = mean + torch.randn(128, 8, generator=generator)
        value = reward(x).mean()
        (slope,) = torch.autograd.grad(value, mean)
        mean = (mean + _SPEED * slope / slope.norm().clamp(min=1e-9)).detach()
        with torch.no_grad():
            noise = torch.randn(512, 8, generator=torch.Generator().manual_seed(1))
            found[0].append(float(mean.square().sum() / 2))
            found[1].append(float(gold(mean + noise).mean()))
            found[2].append(float(reward(mean + noise).mean()))
        if found[0][-1] > _NATS:
            break
    return found


def _tail(name: str, seed: int, freedom: float, count: int = 200_000) -> list[float]:
    """Best-of-n on a normal gold reward seen with an error of light or heavy tails."""
    rng = np.random.default_rng([seed, 7])
    gold = rng.normal(size=count)
    error = rng.normal(size=count) if name == "Gaussian" else rng.standard_t(freedom, count)
    meant = gold[np.argsort(gold + error)]
    return [float(_weights(n, count) @ meant) for n in _COUNTS]


def _fit(distance: Array, gold: Array) -> float:
    """R2 of the least-squares fit of gain = d (a - b d)."""
    gain = gold - gold[0]
    base = np.stack([distance, -(distance**2)], 1)
    left = gain - base @ np.linalg.lstsq(base, gain, rcond=None)[0]
    return float(1 - (left**2).sum() / ((gain - gain.mean()) ** 2).sum())


def _fit_climb(nats: list[float], gold: list[float]) -> float:
    """R2 of the least-squares fit of gain = d (a - b log d) along one climb."""
    distance = np.sqrt(np.array(nats))
    gain = np.array(gold) - gold[0]
    base = np.stack([distance, -distance * np.log(distance)], 1)
    left = gain - base @ np.linalg.lstsq(base, gain, rcond=None)[0]
    return float(1 - (left**2).sum() / ((gain - gain.mean()) ** 2).sum())


def _curves(distance: Array, lines: dict[int, Array], climbs: Any, tails: dict[str, list[float]]) -> dict[str, Curve]:
    at = tuple(float(one) for one in distance)
    curves = {f"{size} comparisons": Curve(at, tuple(line.tolist())) for size, line in lines.items()}
    curves |= {f"{name} error": Curve(at, tuple(line)) for name, line in tails.items()}
    nats, gold, proxy = climbs[0]
    shown = range(0, len(nats), 4)
    way = tuple(math.sqrt(nats[step]) for step in shown)
    curves["gold, climbing"] = Curve(way, tuple(gold[step] for step in shown))
    curves["proxy, climbing"] = Curve(way, tuple(proxy[step] for step in shown))
    return curves


REPRODUCTION = Reproduction(
    id="rm-overoptimisation",
    title="Reward-model overoptimisation",
    kind="empirical",
    papers=(PaperRef("Scaling Laws for Reward Model Overoptimization", "2210.10760", "section 3"),),
    readings=("agisf-2023", "probabilistic-foundations"),
    claim="Optimising a learned proxy first raises and then lowers the gold reward while the proxy keeps rising. Under "
    "best-of-n the gold reward follows d (a - b d), d being the root of the divergence; more labels help.",
    published=(
        Published("best-of-n: gold = d (a - b d); reinforcement learning: d (a - b log d)", "2210.10760, section 1"),
        Published(
            "below about 2,000 comparisons a reward model hardly learns; above, more of them help",
            "2210.10760, section 3.3",
        ),
        Published("KL of best-of-n = log n - (n - 1) / n", "2210.10760, section 2"),
    ),
    scaled_down="Eight numbers, a smooth random gold reward and a proxy of two hidden layers in place of language "
    "models and a 6B gold model. The turn comes from a gold reward that goes stale away from the data; see the limits.",
    params={
        "golds": Param(4, "gold rewards to average over", low=1, high=20, quick=1),
        "scale": Param(3.0, "length over which the gold reward changes", low=0.5, high=20.0),
        "width": Param(64, "hidden units a layer of the proxy", low=4, high=512),
        "steps": Param(300, "training steps of the proxy", low=10, high=5000, quick=200),
        "labels": Param(400, "comparisons behind the proxy that is climbed", choices=_SIZES),
        "tail": Param(2.0, "degrees of freedom of the heavy-tailed error", low=1.0, high=30.0),
    },
    checks=(
        Check(
            "the proxy keeps rising", "sanity", "proxy gained after the gold peak", ">=", 2, "in its spread at start"
        ),
        Check("the gold reward falls", "effect", "gold lost at the end, proxy", ">=", 0.5, "400 comparisons"),
        Check("best-of-n follows the form", "effect", "R2 of d(a - b d)", ">=", 0.9, "400 comparisons", 0, (None, 1)),
        Check("more labels help", "effect", "gold gained by more data, best-of-n", ">=", 0.25, "3200 against 50"),
        Check("heavy-tailed errors turn it", "effect", "end over peak, heavy tails", "<=", 0.75, "best-of-n"),
        Check(
            "climbing follows its form",
            "extra",
            "R2 of d(a - b log d), climbing",
            ">=",
            0.9,
            "the paper's form for reinforcement learning; expected to fail here",
            0,
            (None, 1),
        ),
        Check("optimising gold does not", "control", "gold lost at the end, gold", "<=", 0.05, ""),
        Check("the divergence formula holds", "control", "error of the divergence formula", "<=", 0.02, "nats"),
        Check(
            "Gaussian errors do not turn it", "control", "end over peak, Gaussian error", ">=", 0.95, "", 0, (None, 1)
        ),
    ),
    sabotage=(
        Sabotage("the gold reward falls", "gold lost at the end, gold", "gold as its own proxy"),
        Sabotage("heavy-tailed errors turn it", "end over peak, Gaussian error", "Gaussian error"),
        Sabotage("best-of-n follows the form", "R2 of a constant", "a constant"),
    ),
    ask_first=(
        Question(
            "Climbing the proxy of 400 labels: how much gold is lost between peak and end?",
            "gold lost at the end, proxy",
        ),
        Question(
            "Best-of-32768 with a Gaussian error of the proxy: has the gold reward turned down?",
            "end over peak, Gaussian error",
            ("yes", "no"),
            0.95,
        ),
    ),
    panels=(
        Panel("Climbing (first gold)", "lines", ("gold, climbing", "proxy, climbing"), "sqrt(KL)", "reward"),
        Panel(
            "Gold reward under best-of-n",
            "lines",
            ("50 comparisons", "400 comparisons", "3200 comparisons", "Gaussian error", "t error"),
            "sqrt(KL)",
            "gold",
        ),
    ),
    expected=Runtime(8.3, 2.3),
    lesson="What decides is not how large the proxy's error is on average but how it behaves where optimisation goes.",
    limits=(
        "A gold reward that stays informative far away would not turn down; the length scale is chosen for that.",
        "How much more labels help depends on how the proxy is regularised: with less of it, few labels do worse.",
    ),
    next_questions=(
        "Set scale=10: does the gold reward still fall?",
        "Sweep labels=50,400,3200 for the divergence at the gold peak: do more labels move it?",
        "Set tail=5: how heavy must the tail be?",
    ),
    run_seed=run_seed,
    version=2,
    seeds=tuple(range(1, 13)),
    changed_after_a_look=(
        "Twelve seeds in place of eight, for a margin of 1.6 standard deviations on heavy tails. The form for "
        "climbing was added later; it decides nothing.",
    ),
    did_not_reproduce=(
        "The paper's form for reinforcement learning, d (a - b log d), does not fit climbing here: its R2 "
        "went from .10 to .95 over six gold rewards.",
        "A proxy of more labels does not put the peak of the gold reward further out: climbing those of 50, 400 and "
        "3200 labels it stood at a divergence of 17 [9, 24], 11 [7, 16] and 12 [8, 16] nats (a sweep over "
        "twelve seeds); within a seed, 3200 labels against 50 moved it by -4.7 [-11.6, 2.3].",
    ),
)
