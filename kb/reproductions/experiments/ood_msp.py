"""Maximum softmax probability as a detector: high even on noise, and yet its ranking is informative.

A classifier's largest softmax output is used as a score of how usual an input is. Scored inputs are held-out classes,
patches of photographs, noise and shuffled pixels against the test set, and wrong against right answers on noisy digits;
the area under the ROC curve (AUROC) is the chance that a usual input gets the higher score.
"""

from typing import Any

from kb.reproductions.lazy_numpy import F, Tensor, np, torch
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
from kb.reproductions.parts.digits import all_digits
from kb.reproductions.parts.nets import accuracy, fit, fresh, mlp

_HELD = 3


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train on seven classes and score what is usual and what is not."""
    generator, rng = fresh(seed), np.random.default_rng(seed)
    train, test, held = _split(rng)
    net = mlp(64, knobs["width"], knobs["width"], 10 - _HELD)
    untrained = _score(net, test[0], knobs), _score(net, held, knobs)
    say("training", 0.2)
    fit(net, *train, generator, epochs=knobs["epochs"])
    say("scoring", 0.9)
    usual = _score(net, test[0], knobs)
    strange = {
        "held-out classes": held,
        "photographs": _patches(len(test[0]), rng),
        "Gaussian noise": torch.randn(test[0].shape, generator=generator).mul(0.5).add(0.5).clamp(0, 1),
        "uniform noise": torch.rand(test[0].shape, generator=generator),
        "shuffled pixels": test[0][:, torch.randperm(64, generator=generator)],
    }
    metrics = {"accuracy": accuracy(net, *test)}
    metrics |= {f"AUROC, {name}": auroc(usual, _score(net, x, knobs)) for name, x in strange.items()}
    noisy = test[0] + knobs["noise"] * torch.randn(test[0].shape, generator=generator)
    scores = _score(net, noisy, knobs)
    with torch.no_grad():
        right = net(noisy).argmax(-1) == test[1]
    mixed = right[torch.randperm(len(right), generator=generator)]
    metrics["AUROC, right against wrong"] = auroc(scores[right], scores[~right])
    metrics["AUROC, shuffled correctness"] = auroc(scores[mixed], scores[~mixed])
    metrics["distance from .5, shuffled correctness"] = abs(metrics["AUROC, shuffled correctness"] - 0.5)
    half = torch.randperm(len(usual), generator=generator) < len(usual) // 2
    metrics["AUROC, usual against usual"] = auroc(usual[half], usual[~half])
    metrics["distance from .5, usual against usual"] = abs(metrics["AUROC, usual against usual"] - 0.5)
    metrics["AUROC, untrained network"] = auroc(*untrained)
    metrics["mean confidence on Gaussian noise"] = float(_confidence(net, strange["Gaussian noise"]).mean())
    metrics["mean confidence on Gaussian noise, 1/7"] = 1 / (10 - _HELD)
    curves = {"usual": _spread(_confidence(net, test[0]))}
    curves |= {name: _spread(_confidence(net, strange[name])) for name in ("held-out classes", "Gaussian noise")}
    return SeedResult(metrics, curves)


def _split(rng: Any) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor], Tensor]:
    """Seven classes to train and test on, and the images of the three others."""
    images, labels = all_digits()
    order = rng.permutation(10)
    held = np.isin(labels, order[:_HELD])
    name = {int(label): at for at, label in enumerate(order[_HELD:])}
    kept = rng.permutation(np.flatnonzero(~held))
    x = torch.from_numpy(images[kept])
    y = torch.tensor([name[int(label)] for label in labels[kept]])
    cut = 2 * len(kept) // 3
    return (x[:cut], y[:cut]), (x[cut:], y[cut:]), torch.from_numpy(images[held])


def _patches(count: int, rng: Any) -> Tensor:
    """Grey patches of 8 by 8 from the two photographs that scikit-learn ships."""
    from sklearn.datasets import load_sample_images

    photographs = [image.mean(-1) / 255 for image in load_sample_images().images]
    patches = []
    for _ in range(count):
        photograph = photographs[rng.integers(len(photographs))]
        down, right = (rng.integers(0, side - 32) for side in photograph.shape)
        patch = photograph[down : down + 32, right : right + 32].reshape(8, 4, 8, 4).mean((1, 3))
        patches.append(patch.ravel())
    return torch.from_numpy(np.array(patches, np.float32))


def _confidence(net: Any, x: Tensor) -> Tensor:
    with torch.no_grad():
        return F.softmax(net(x), -1).max(-1).values


def _score(net: Any, x: Tensor, knobs: Knobs) -> Tensor:
    """How usual an input looks, by the chosen score."""
    with torch.no_grad():
        logits = net(x)
    if knobs["score"] == "max logit":
        return logits.max(-1).values
    if knobs["score"] == "energy":
        return logits.logsumexp(-1)
    return F.log_softmax(logits, -1).max(-1).values


def auroc(high: Tensor, low: Tensor) -> float:
    """The chance that one of the first is above one of the second; ties count half."""
    above = (high[:, None] > low[None]).double().mean() + (high[:, None] == low[None]).double().mean() / 2
    return float(above)


def _spread(values: Tensor) -> Curve:
    """The share of inputs in each tenth of confidence."""
    counts = torch.histc(values, 10, 0.0, 1.0) / len(values)
    return Curve(tuple(0.05 + 0.1 * at for at in range(10)), tuple(float(count) for count in counts))


REPRODUCTION = Reproduction(
    id="ood-msp",
    title="Maximum softmax probability as a detector",
    kind="empirical",
    papers=(
        PaperRef(
            "A Baseline for Detecting Misclassified and Out-of-Distribution Examples in Neural Networks", "1610.02136"
        ),
    ),
    readings=("mlss",),
    claim="Softmax confidence is high even on noise; yet its ranking separates right from wrong answers and usual from "
    "unusual inputs.",
    published=(),
    scaled_down="Seven digit classes of 8 by 8 and a perceptron; unusual are the three other classes, patches of "
    "two photographs, and noise. How well it works differs much between kinds of unusual input, here as there.",
    params={
        "score": Param("msp", "the score", choices=("msp", "max logit", "energy")),
        "width": Param(128, "hidden units a layer", low=8, high=1024),
        "epochs": Param(30, "epochs of training", low=1, high=300),
        "noise": Param(0.35, "noise in which right and wrong answers are told apart", low=0.0, high=2.0),
    },
    checks=(
        Check("it has learned", "sanity", "accuracy", ">=", 0.93, "", 0.002, (0, 1)),
        Check("held-out classes look unusual", "effect", "AUROC, held-out classes", ">=", 0.75, "", 0, (0, 1)),
        Check("wrong answers look unusual", "effect", "AUROC, right against wrong", ">=", 0.75, "", 0, (0, 1)),
        Check("photographs look unusual", "effect", "AUROC, photographs", ">=", 0.65, "", 0, (0, 1)),
        Check("sure of noise", "effect", "mean confidence on Gaussian noise", ">=", 0.6, "chance: .14", 0, (0, 1)),
        Check("usual against usual: chance", "control", "distance from .5, usual against usual", "<=", 0.08, ""),
        Check("shuffled correctness: chance", "control", "distance from .5, shuffled correctness", "<=", 0.08, ""),
    ),
    sabotage=(
        Sabotage("held-out classes look unusual", "AUROC, usual against usual", "usual inputs as unusual"),
        Sabotage("held-out classes look unusual", "AUROC, untrained network", "untrained network"),
        Sabotage("wrong answers look unusual", "AUROC, shuffled correctness", "shuffled correctness"),
        Sabotage("photographs look unusual", "AUROC, usual against usual", "usual inputs as unusual"),
        Sabotage("sure of noise", "mean confidence on Gaussian noise, 1/7", "a guess"),
    ),
    ask_first=(
        Question("How sure is the network, on average, of pure Gaussian noise?", "mean confidence on Gaussian noise"),
        Question(
            "Is noise easier to tell from digits than the held-out classes are (AUROC above .89)?",
            "AUROC, Gaussian noise",
            ("no", "yes"),
            0.89,
        ),
    ),
    panels=(
        Panel(
            "How sure the network is",
            "lines",
            ("usual", "held-out classes", "Gaussian noise"),
            "confidence",
            "share of inputs",
        ),
        Panel(
            "AUROC against the test set",
            "bars",
            (
                "AUROC, held-out classes",
                "AUROC, photographs",
                "AUROC, Gaussian noise",
                "AUROC, uniform noise",
                "AUROC, shuffled pixels",
                "AUROC, right against wrong",
                "AUROC, untrained network",
            ),
            marks=(("chance", 0.5),),
        ),
    ),
    expected=Runtime(1.0, 1.1),
    lesson="A number that is wrong as a probability can still be right as a ranking, so ask what it is used for.",
    limits=(
        "Which three classes are held out differs between seeds, and so does how hard they are.",
        "No detector is trained; later methods that are do better.",
    ),
    next_questions=(
        "Set score='max logit': is it better than the probability?",
        "Which kind of unusual input is hardest, and why?",
    ),
    run_seed=run_seed,
    did_not_reproduce=(
        "Noise is commonly thought easy to detect; its AUROC is below that of the held-out classes here.",
    ),
    seeds=tuple(range(1, 13)),
    changed_after_a_look=(
        "Twelve seeds in place of seven, for a margin of 1.6 standard deviations on right and wrong answers.",
    ),
)
