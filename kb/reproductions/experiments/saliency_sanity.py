"""Sanity checks for saliency maps: a map that hardly changes when the weights are random cannot explain them.

Layers of a trained network are replaced by fresh ones, from the output down. After each, maps of the same images are
compared with those of the trained network, by rank correlation of absolute values. Three maps: the gradient of the
winning logit, gradient times input, and guided backpropagation, which passes only positive slopes through each ReLU.
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
from kb.reproductions.parts.digits import Split, digits
from kb.reproductions.parts.nets import accuracy, fit, fresh

_METHODS = ("gradient", "input x gradient", "guided")
_WEIGHTED = (1, 3, 5, 8, 10)
"""Where in the network the layers with weights stand."""


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train twice, randomise one network layer by layer, and compare maps."""
    data = digits(seed)
    say("training", 0.0)
    net = _trained(seed, 0, data, knobs)
    say("training again", 0.4)
    other = _trained(seed, 1, data, knobs)
    x = data.x_test[: knobs["images"]]
    maps = {method: saliency(net, x, method) for method in _METHODS}
    lines = {method: [1.0] for method in _METHODS}
    fresh(seed, 5)
    blank = _network()
    changed = _copy(net)
    for layer in reversed(_WEIGHTED):
        changed[layer].load_state_dict(blank[layer].state_dict())
        for method in _METHODS:
            lines[method].append(_agreement(maps[method], saliency(changed, x, method)))
    again = _agreement(maps["gradient"], saliency(other, x, "gradient"))
    ink = (x > 0).numpy()
    random_maps = saliency(changed, x, "input x gradient")
    metrics = {
        "accuracy": accuracy(net, data.x_test, data.y_test),
        "gradient, all layers random": lines["gradient"][-1],
        "input x gradient, all layers random": lines["input x gradient"][-1],
        "guided, four layers random": lines["guided"][4],
        "guided over gradient, four layers random": lines["guided"][4] - lines["gradient"][4],
        "gradient over gradient": 0.0,
        "gradient, two trainings": again,
        "two trainings over random": again - lines["gradient"][-1],
        "input x gradient, ink alone": _agreement(maps["input x gradient"], random_maps, ink),
        "input x gradient against the image": _agreement(maps["input x gradient"], x.numpy()),
    }
    steps = tuple(float(count) for count in range(len(_WEIGHTED) + 1))
    return SeedResult(metrics, {method: Curve(steps, tuple(line)) for method, line in lines.items()})


def _network() -> Any:
    nn = torch.nn
    layers = [nn.Unflatten(1, (1, 8, 8)), nn.Conv2d(1, 16, 3, padding=1), nn.ReLU()]
    for _ in range(2):
        layers += [nn.Conv2d(16, 16, 3, padding=1), nn.ReLU()]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * 64, 64), nn.ReLU(), nn.Linear(64, 10))


def _trained(seed: int, arm: int, data: Split, knobs: Knobs) -> Any:
    generator = fresh(seed, arm)
    return fit(_network(), data.x, data.y, generator, epochs=knobs["epochs"])


def _copy(net: Any) -> Any:
    copy = _network()
    copy.load_state_dict(net.state_dict())
    return copy


def saliency(net: Any, x: Tensor, method: str) -> Array:
    """The absolute map of each image, for the class that the network gives it."""
    x = x.clone().requires_grad_()
    hidden = x
    for layer in net:
        hidden = _guided(hidden) if method == "guided" and isinstance(layer, torch.nn.ReLU) else layer(hidden)
    (slope,) = torch.autograd.grad(hidden.max(-1).values.sum(), x)
    found = slope * x.detach() if method == "input x gradient" else slope
    shown: Array = found.abs().numpy()
    return shown


def _guided(hidden: Tensor) -> Tensor:
    """A ReLU whose slope passes back only where it is positive too."""
    out = F.relu(hidden)
    out.register_hook(lambda slope: slope.clamp(min=0))
    return out


def _agreement(one: Array, other: Array, where: Array | None = None) -> float:
    """Spearman's rank correlation, averaged over images; ``where`` keeps some of each image's pixels."""
    found = []
    for at in range(len(one)):
        kept = slice(None) if where is None else where[at]
        first, second = _ranks(one[at][kept]), _ranks(other[at][kept])
        if first.std() > 0 and second.std() > 0:
            found.append(float(np.corrcoef(first, second)[0, 1]))
    return float(np.mean(found))


def _ranks(values: Array) -> Array:
    """Ranks in which ties share their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = counts.cumsum()
    return (ends - (counts - 1) / 2)[inverse]


REPRODUCTION = Reproduction(
    id="saliency-sanity",
    title="Sanity checks for saliency maps",
    kind="empirical",
    papers=(PaperRef("Sanity Checks for Saliency Maps", "1810.03292", "cascading randomisation"),),
    readings=("mlss",),
    claim="Some explanation methods hardly change when the network's weights are made random, so they cannot explain "
    "what it has learned.",
    published=(),
    scaled_down="Digits and a small convolutional network in place of Inception on photographs. That the gradient "
    "forgets the weights and other maps do not carries over.",
    params={
        "epochs": Param(12, "epochs of training", low=1, high=200, quick=6),
        "images": Param(150, "test images", low=5, high=590, quick=60),
    },
    checks=(
        Check("it has learned", "sanity", "accuracy", ">=", 0.93, "", 0.002, (0, 1)),
        Check("input x gradient hardly changes", "effect", "input x gradient, all layers random", ">=", 0.8, ""),
        Check(
            "guided keeps more", "effect", "guided over gradient, four layers random", ">=", 0.25, "than the gradient"
        ),
        Check("the gradient forgets", "control", "gradient, all layers random", "<=", 0.3, ""),
        Check("two trainings agree more", "control", "two trainings over random", ">=", 0.2, "the map is not noise"),
        Check("input x gradient, ink alone", "extra", "input x gradient, ink alone", ">=", 0.8, "pixels above 0"),
    ),
    sabotage=(
        Sabotage("input x gradient hardly changes", "gradient, all layers random", "plain gradient"),
        Sabotage("guided keeps more", "gradient over gradient", "plain gradient"),
    ),
    ask_first=(
        Question(
            "All weights random: how well does input x gradient still agree with the trained one's?",
            "input x gradient, all layers random",
        ),
        Question("And the plain gradient: below or above .3?", "gradient, all layers random", ("below", "above"), 0.3),
    ),
    panels=(
        Panel(
            "Agreement with the trained network's maps",
            "lines",
            _METHODS,
            "layers made random, from the top",
            "rank correlation",
        ),
    ),
    expected=Runtime(2.1, 1.7),
    lesson="A convincing picture can be a picture of the input; ask what would change it.",
    limits=(
        "Rank correlation of absolute values is one of the paper's measures; others weigh the maps differently.",
        "Most pixels of a digit are exactly zero, which decides much of the rank correlation.",
    ),
    next_questions=(
        "Why does input x gradient agree so well with the image itself?",
        "How would the comparison look on the pixels with ink alone?",
    ),
    run_seed=run_seed,
    did_not_reproduce=(
        "Input x gradient looks robust because zero pixels force it to zero: it agrees as well with the image "
        "alone, and on pixels with ink the agreement falls far below the threshold.",
    ),
    seeds=tuple(range(1, 9)),
    changed_after_a_look=(
        "Eight seeds in place of five, for a margin of 2.2 standard deviations on what the gradient forgets.",
    ),
)
