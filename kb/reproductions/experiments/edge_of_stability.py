"""The edge of stability: gradient descent drives the sharpness up to 2 / lr and hovers there.

Full-batch gradient descent on a small tanh network. The sharpness is the largest eigenvalue of the loss's Hessian, by
power iteration. On a quadratic, descent diverges above 2 / lr; here it lives there, the loss rising on many steps and
still falling in the long run.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kb.reproductions.lazy_numpy import F, Tensor, torch
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
from kb.reproductions.parts.digits import digits
from kb.reproductions.parts.nets import fresh, mlp

_EVERY = 50
_WASTED = 1e6


@dataclass
class Descent:
    """What one descent did: its losses, and the sharpness now and then."""

    losses: list[float]
    at: list[float]
    sharpness: list[float]

    def late(self) -> list[float]:
        """The losses of the second half."""
        return self.losses[len(self.losses) // 2 :]

    def level(self) -> float:
        """The mean sharpness in the last third."""
        last = self.sharpness[-max(len(self.sharpness) // 3, 1) :]
        return sum(last) / len(last)

    def rises(self) -> float:
        """How often a late step raised the loss."""
        late = self.late()
        return sum(after > before for before, after in pairwise(late)) / max(len(late) - 1, 1)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Descend at a large, half as large, and a small rate from the same start."""
    x, y = _data(seed, knobs)
    big, small = knobs["lr"], knobs["lr"] / 20
    rates = {"large": (big, 1.0), "half": (big / 2, 2.0), "small": (small, 1.0)}
    runs = {}
    for at, (name, (rate, longer)) in enumerate(rates.items()):
        say(f"lr {rate:g}", at / 3)
        fresh(seed)
        net = mlp(64, knobs["width"], knobs["width"], 10, act=knobs["activation"])
        runs[name] = _descend(net, x, y, rate, int(knobs["steps"] * longer))
    units = {name: run.level() * rates[name][0] / 2 for name, run in runs.items()}
    metrics = {
        "sharpness in units of 2/lr, large": units["large"],
        "sharpness in units of 2/lr, small": units["small"],
        "distance from 2/lr, large": abs(units["large"] - 1),
        "distance from 2/lr, half": abs(units["half"] - 1),
        "distance from 2/lr, small": abs(units["small"] - 1),
        "steps that go up, large": runs["large"].rises(),
        "steps that go up, small": runs["small"].rises(),
        "late loss, end over start": runs["large"].late()[-1] / runs["large"].late()[0],
    }
    curves = {}
    for name in ("large", "half", "small"):
        run, rate = runs[name], rates[name][0]
        curves[f"lr {name}"] = Curve(tuple(run.at), tuple(sharp * rate / 2 for sharp in run.sharpness))
        steps = range(0, len(run.losses), 20)
        curves[f"loss, lr {name}"] = Curve(tuple(map(float, steps)), tuple(run.losses[step] for step in steps))
    return SeedResult(metrics, curves)


def _data(seed: int, knobs: Knobs) -> tuple[Tensor, Tensor]:
    data = digits(seed)
    x = data.x[: knobs["images"]]
    x = (x - x.mean(0)) / (x.std(0) + 0.1)
    return x, F.one_hot(data.y[: knobs["images"]], 10).float()


def _descend(net: Any, x: Tensor, y: Tensor, rate: float, steps: int) -> Descent:
    weights = list(net.parameters())
    run = Descent([], [], [])
    direction = [torch.randn_like(weight) for weight in weights]
    for step in range(steps):
        loss = (net(x) - y).square().sum(-1).mean() / 2
        if not float(loss.detach()) < _WASTED:
            run.losses.append(_WASTED)
            break
        slopes = torch.autograd.grad(loss, weights)
        run.losses.append(float(loss.detach()))
        if step % _EVERY == 0:
            value, direction = _sharpness(net, x, y, weights, direction, 30 if step == 0 else 10)
            run.at.append(float(step))
            run.sharpness.append(value)
        with torch.no_grad():
            for weight, slope in zip(weights, slopes, strict=True):
                weight -= rate * slope
    return run


def _sharpness(
    net: Any, x: Tensor, y: Tensor, weights: list[Tensor], direction: list[Tensor], turns: int
) -> tuple[float, list[Tensor]]:
    """Power iteration with Hessian-vector products, from the last direction; the Rayleigh quotient at its end."""
    loss = (net(x) - y).square().sum(-1).mean() / 2
    slopes = torch.autograd.grad(loss, weights, create_graph=True)
    value = 0.0
    for _ in range(turns):
        size = torch.sqrt(sum((part.square().sum() for part in direction), torch.zeros(())))
        direction = [part / size for part in direction]
        along = sum(((slope * part).sum() for slope, part in zip(slopes, direction, strict=True)), torch.zeros(()))
        curved = torch.autograd.grad(along, weights, retain_graph=True)
        value = float(sum((c * part).sum() for c, part in zip(curved, direction, strict=True)))
        direction = [part.detach() for part in curved]
    return value, direction


REPRODUCTION = Reproduction(
    id="edge-of-stability",
    title="Why the learning rate is an empirical question: the edge of stability",
    kind="empirical",
    papers=(PaperRef("Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability", "2103.00065"),),
    readings=("ml-basics",),
    claim="Full-batch gradient descent drives the largest eigenvalue of the Hessian up to 2 / lr and hovers there; the "
    "loss rises on many steps and still falls in the long run.",
    published=(),
    scaled_down="500 digits, a tanh network of 64-64-64-10 and 1500 steps, in place of CIFAR-10. The paper finds the "
    "same over many architectures; minibatches and adaptive methods behave differently.",
    params={
        "lr": Param(0.4, "the large learning rate; the others are derived from it", low=0.01, high=2.0),
        "steps": Param(1500, "steps at the large rate", low=100, high=20_000, quick=600),
        "images": Param(500, "training images", low=50, high=1500, quick=300),
        "width": Param(64, "hidden units a layer", low=8, high=512),
        "activation": Param("Tanh", "activation", choices=("Tanh", "ReLU", "GELU")),
    },
    checks=(
        Check("hovers at 2/lr, large rate", "effect", "distance from 2/lr, large", "<=", 0.12, "in units of 2/lr"),
        Check("hovers at 2/lr, half the rate", "effect", "distance from 2/lr, half", "<=", 0.12, "in units of 2/lr"),
        Check("the loss often goes up", "effect", "steps that go up, large", ">=", 0.2, "share of late steps"),
        Check("and still falls", "effect", "late loss, end over start", "<=", 0.8, "second half of training"),
        Check("a small rate stays below", "control", "sharpness in units of 2/lr, small", "<=", 0.4, ""),
        Check("a small rate never goes up", "control", "steps that go up, small", "<=", 0.02, "share of late steps"),
    ),
    sabotage=(
        Sabotage("hovers at 2/lr, large rate", "distance from 2/lr, small", "small rate"),
        Sabotage("the loss often goes up", "steps that go up, small", "small rate"),
    ),
    ask_first=(
        Question("On which share of late steps does the loss go up at the large rate?", "steps that go up, large"),
        Question(
            "At half the rate, does the sharpness end lower, or twice as high (at its own 2/lr)?",
            "distance from 2/lr, half",
            ("twice as high", "lower"),
            0.25,
        ),
    ),
    panels=(
        Panel(
            "Sharpness in units of 2/lr",
            "lines",
            ("lr large", "lr half", "lr small"),
            "step",
            "sharpness * lr / 2",
            (("2/lr", 1.0),),
        ),
        Panel(
            "Loss",
            "lines",
            ("loss, lr large", "loss, lr half", "loss, lr small"),
            "step",
            "loss",
            log_y=True,
        ),
    ),
    expected=Runtime(5.7, 2.3),
    lesson="The learning rate does not only set the pace: it decides which curvature training can live in.",
    limits=(
        "Squared error and full batches; with cross-entropy the sharpness falls again late in training.",
        "The sharpness is measured every fifty steps, so its swings between are not seen.",
    ),
    next_questions=(
        "Set activation=ReLU: does it still hover?",
        "Set lr=0.8 or more: when does it diverge after all?",
        "Why does descent not diverge above 2/lr, as on a quadratic?",
    ),
    run_seed=run_seed,
)
