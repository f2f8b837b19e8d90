"""A learning-rate sweep: guess first, then see where the best value lies, and how it moves.

Four recipes on the same digits and the same few epochs, each at eleven learning rates half a decade apart: a narrow and
a wide network with plain gradient descent, six layers with plain gradient descent, and the wide network with Adam.
"""

import math
from typing import Any

from kb.reproductions.lazy_numpy import F, torch
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
from kb.reproductions.parts.digits import Split, digits
from kb.reproductions.parts.nets import fresh, mlp

_RATES = tuple(-4 + 0.5 * at for at in range(11))
_RECIPES: dict[str, tuple[tuple[int, ...], str]] = {
    "narrow, SGD": ((64, 16, 10), "SGD"),
    "wide, SGD": ((64, 256, 10), "SGD"),
    "six layers, SGD": ((64, 64, 64, 64, 64, 64, 10), "SGD"),
    "wide, Adam": ((64, 256, 10), "Adam"),
}
_CHANCE = math.log(10)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Sweep each recipe, from one start, and read off where the best rate lies."""
    data = digits(seed, 800)
    lines = {}
    for at, (name, (sizes, kind)) in enumerate(_RECIPES.items()):
        say(name, at / len(_RECIPES))
        lines[name] = [_loss(seed, data, sizes, kind, 10.0**rate, knobs) for rate in _RATES]
    best = {name: min(range(len(line)), key=line.__getitem__) for name, line in lines.items()}
    wide, place = lines["wide, SGD"], best["wide, SGD"]
    metrics = {f"log10 of the best rate, {name}": _RATES[at] for name, at in best.items()}
    metrics |= {
        "decades from Adam's to SGD's best": _RATES[place] - _RATES[best["wide, Adam"]],
        "decades from narrow to wide, SGD": _RATES[place] - _RATES[best["narrow, SGD"]],
        "cost of ten times too much": _at(wide, place + 2) - wide[place],
        "cost of ten times too little": _at(wide, place - 2) - wide[place],
        "cost of the best rate": 0.0,
        "six layers, best loss": min(lines["six layers, SGD"]),
        "wide, best loss": wide[place],
    }
    shown = tuple(10.0**rate for rate in _RATES)
    return SeedResult(metrics, {name: Curve(shown, tuple(line)) for name, line in lines.items()})


def _at(line: list[float], place: int) -> float:
    return line[min(max(place, 0), len(line) - 1)]


def _loss(seed: int, data: Split, sizes: tuple[int, ...], kind: str, rate: float, knobs: Knobs) -> float:
    """Validation loss after a few epochs; where training has blown up, ten times that of guessing."""
    generator = fresh(seed, len(sizes))
    net = mlp(*sizes)
    optimiser: Any = getattr(torch.optim, kind)(net.parameters(), lr=rate)
    for _ in range(knobs["epochs"]):
        for picked in torch.randperm(len(data.x), generator=generator).split(knobs["batch"]):
            loss = F.cross_entropy(net(data.x[picked]), data.y[picked])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    with torch.no_grad():
        value = float(F.cross_entropy(net(data.x_test), data.y_test))
    return min(value, 10 * _CHANCE) if math.isfinite(value) else 10 * _CHANCE


REPRODUCTION = Reproduction(
    id="lr-sweep",
    title="Learning-rate sweep: the best value moves",
    kind="empirical",
    papers=(
        PaperRef(
            "Practical Recommendations for Gradient-Based Training of Deep Architectures", "1206.5533", "section 3.1"
        ),
    ),
    readings=("ml-basics",),
    claim="The best rate differs by more than half a decade between plain gradient descent and Adam; ten times off "
    "costs much; and one recipe, six plain layers, does not train at any rate in this budget.",
    published=(),
    scaled_down="No paper's table: the lesson that hyperparameters are known in retrospect, on 800 digits.",
    params={
        "epochs": Param(4, "epochs of training", low=1, high=100),
        "batch": Param(64, "batch size", low=4, high=800),
    },
    checks=(
        Check("Adam's best is elsewhere", "effect", "decades from Adam's to SGD's best", ">=", 0.5, "one step", 0.25),
        Check("ten times too much costs", "effect", "cost of ten times too much", ">=", 0.5, "nats"),
        Check("ten times too little costs", "effect", "cost of ten times too little", ">=", 0.2, "nats"),
        Check("six plain layers do not train", "effect", "six layers, best loss", ">=", 2.1, "guessing: 2.30"),
        Check("the wide network does train", "control", "wide, best loss", "<=", 0.5, "in the same budget"),
    ),
    sabotage=(
        Sabotage("six plain layers do not train", "wide, best loss", "one hidden layer"),
        Sabotage("ten times too much costs", "cost of the best rate", "the best rate"),
        Sabotage("ten times too little costs", "cost of the best rate", "the best rate"),
    ),
    ask_first=(
        Question("Wide network, plain gradient descent: log10 of the best rate?", "log10 of the best rate, wide, SGD"),
        Question("The same with Adam?", "log10 of the best rate, wide, Adam"),
        Question("Do six layers train at some rate?", "six layers, best loss", ("yes", "no"), 2.1),
    ),
    panels=(
        Panel(
            "Validation loss against the learning rate",
            "lines",
            tuple(_RECIPES),
            "learning rate",
            "nats",
            (("guessing", _CHANCE),),
            log_x=True,
            log_y=True,
        ),
    ),
    expected=Runtime(1.6, 1.8),
    lesson="The best rate is a property of optimiser, architecture and budget together; it is found, not derived.",
    limits=(
        "Four epochs: with more, lower rates catch up and the six layers may start to learn.",
        "Rates are half a decade apart, so a best value is known to a factor of about two.",
    ),
    next_questions=(
        "Set epochs=20: which curves move, and does the six-layer network train?",
        "Set batch=16: does the best rate scale with the batch?",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 11)),
    changed_after_a_look=(
        "Ten seeds in place of seven, for a margin of 1.8 standard deviations, on other seeds, of the wide "
        "network's control.",
    ),
)
