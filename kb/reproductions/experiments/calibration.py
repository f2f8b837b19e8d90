"""Calibration: networks trained to low loss are overconfident, and one temperature repairs it.

The expected calibration error (ECE, equation 3 of the paper) averages |accuracy - confidence| over 15 bins of
confidence. Temperature scaling (equation 9) divides the logits by one number, fitted on validation data, which changes
no prediction. With finitely many test images even a calibrated network has an ECE above zero: the floor is measured
with labels drawn from the network's own confidences.
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
    Published,
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)
from kb.reproductions.parts.digits import all_digits
from kb.reproductions.parts.nets import fit, fresh, mlp

_BINS = 15
_MARKED = (5, 15, 35, 60, 80)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train on noisy digits, fit a temperature, and hold confidence against accuracy before and after."""
    train, valid, test = _noisy(seed, knobs["noise"])
    generator = fresh(seed)
    net = mlp(64, knobs["width"], knobs["width"], 10)
    seen: dict[int, Tensor] = {}

    def after(epoch: int) -> None:
        say("training", 0.9 * epoch / knobs["epochs"])
        if epoch + 1 in _MARKED or epoch + 1 == knobs["epochs"]:
            with torch.no_grad():
                seen[epoch + 1] = net(test[0])

    fit(net, *train, generator, epochs=knobs["epochs"], after=after)
    with torch.no_grad():
        logits, valid_logits = seen[knobs["epochs"]], net(valid[0])
    shuffled = valid[1][torch.randperm(len(valid[1]), generator=generator)]
    warm, wrong = _temperature(valid_logits, valid[1]), _temperature(valid_logits, shuffled)
    errors = {epoch: ece(one, test[1]) for epoch, one in seen.items()}
    accuracies = {epoch: _accuracy(one, test[1]) for epoch, one in seen.items()}
    first, last = sorted(seen)[min(1, len(seen) - 1)], max(seen)
    before, scaled = errors[last], ece(logits / warm, test[1])
    metrics = {
        "accuracy": accuracies[last],
        "ECE before": before,
        "ECE after": scaled,
        "temperature": warm,
        "confidence minus accuracy": _confidence(logits) - accuracies[last],
        "confidence minus accuracy, scaled": _confidence(logits / warm) - accuracies[last],
        "ECE, after over before": scaled / before,
        "ECE with a wrong temperature, over before": ece(logits / wrong, test[1]) / before,
        "ECE with a wrong temperature, over floor": ece(logits / wrong, test[1]) / _floor(logits / warm, generator),
        "ECE after, over floor": scaled / _floor(logits / warm, generator),
        "ECE with a wrong temperature": ece(logits / wrong, test[1]),
        "ECE growth with training": before - errors[first],
        "accuracy change with training": abs(accuracies[last] - accuracies[first]),
        "predictions changed by T": 1.0 - _accuracy(logits / warm, logits.argmax(-1)),
    }
    epochs = tuple(float(epoch) for epoch in sorted(seen))
    curves = {
        "ECE": Curve(epochs, tuple(errors[int(epoch)] for epoch in epochs)),
        "error": Curve(epochs, tuple(1 - accuracies[int(epoch)] for epoch in epochs)),
        "before": _reliability(logits, test[1]),
        "after": _reliability(logits / warm, test[1]),
        "perfect": Curve((0.0, 1.0), (0.0, 1.0)),
    }
    return SeedResult(metrics, curves)


def _noisy(seed: int, noise: float) -> tuple[tuple[Tensor, Tensor], ...]:
    """Training, validation and test images, each with its own fixed noise."""
    rng = np.random.default_rng(seed)
    images, labels = all_digits()
    order = rng.permutation(len(labels))
    x = torch.from_numpy((images + rng.normal(0, noise, images.shape)).astype(np.float32)[order])
    y = torch.from_numpy(labels[order])
    return tuple((x[part], y[part]) for part in (slice(0, 800), slice(800, 1100), slice(1100, None)))


def _temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature with the lowest validation loss, from a fine grid."""
    grid = torch.logspace(-1, 1.5, 251)
    losses = torch.stack([F.cross_entropy(logits / one, labels) for one in grid])
    return float(grid[losses.argmin()])


def ece(logits: Tensor, labels: Tensor) -> float:
    """Expected calibration error over equal bins of confidence."""
    confidence, answer = F.softmax(logits, -1).max(-1)
    right = (answer == labels).double()
    bins = (confidence * _BINS).long().clamp(max=_BINS - 1)
    gaps = torch.zeros(_BINS, dtype=torch.double).index_add(0, bins, right - confidence.double())
    return float(gaps.abs().sum() / len(labels))


def _floor(logits: Tensor, generator: Any, draws: int = 20) -> float:
    """The ECE that remains, with as many images, where confidences are exactly right."""
    chances = F.softmax(logits, -1)
    drawn = [torch.multinomial(chances, 1, generator=generator)[:, 0] for _ in range(draws)]
    return float(np.mean([ece(logits, labels) for labels in drawn]))


def _reliability(logits: Tensor, labels: Tensor) -> Curve:
    """Accuracy in each of five bins of confidence; a bin without images is not a number."""
    confidence, answer = F.softmax(logits, -1).max(-1)
    right = (answer == labels).double()
    heights = [float(right[(confidence > low) & (confidence <= low + 0.2)].mean()) for low in (0.2, 0.4, 0.6, 0.8)]
    return Curve((0.3, 0.5, 0.7, 0.9), tuple(heights))


def _accuracy(logits: Tensor, labels: Tensor) -> float:
    return float((logits.argmax(-1) == labels).double().mean())


def _confidence(logits: Tensor) -> float:
    return float(F.softmax(logits, -1).max(-1).values.mean())


REPRODUCTION = Reproduction(
    id="calibration",
    title="Overconfidence, and temperature scaling",
    kind="empirical",
    papers=(PaperRef("On Calibration of Modern Neural Networks", "1706.04599", "equations 3 and 9, table 1"),),
    readings=("mlss",),
    claim="Networks trained to low loss are overconfident; one temperature fitted on validation data repairs this "
    "without changing any prediction. Longer training makes it worse at the same accuracy.",
    published=(
        Published("CIFAR-100, ResNet-110: ECE 16.53 %, after temperature scaling 1.26 %", "1706.04599, table 1"),
        Published("CIFAR-100, ResNet-110 (SD): ECE 12.67 %, after 0.96 %", "1706.04599, table 1"),
        Published("CIFAR-100, Wide ResNet 32: ECE 15.0 %, after 2.32 %", "1706.04599, table 1"),
    ),
    scaled_down="Noisy digits of 8 by 8 and a perceptron that memorises them, in place of deep networks on CIFAR-100. "
    "The noise keeps accuracy near .83, so that there is something to be unsure of.",
    params={
        "epochs": Param(60, "epochs of training", low=6, high=500, quick=30),
        "width": Param(256, "hidden units a layer", low=8, high=1024),
        "noise": Param(0.3, "standard deviation of the pixels' noise", low=0.0, high=2.0),
    },
    checks=(
        Check("it has learned", "sanity", "accuracy", ">=", 0.75, "", 1 / 697, (0, 1)),
        Check("overconfident before", "effect", "confidence minus accuracy", ">=", 0.05, ""),
        Check("a temperature repairs most", "effect", "ECE, after over before", "<=", 0.6, ""),
        Check("down to near the floor", "effect", "ECE after, over floor", "<=", 1.6, "what chance leaves"),
        Check("longer training makes it worse", "effect", "ECE growth with training", ">=", 0.03, "from epoch 15 on"),
        Check("at the same accuracy", "control", "accuracy change with training", "<=", 0.03, "from epoch 15 on"),
        Check("no prediction changes", "control", "predictions changed by T", "<=", 1e-9, "exact"),
        Check("shuffled labels do not calibrate", "control", "ECE with a wrong temperature", ">=", 0.3, ""),
    ),
    sabotage=(
        Sabotage("a temperature repairs most", "ECE with a wrong temperature, over before", "T from shuffled labels"),
        Sabotage("down to near the floor", "ECE with a wrong temperature, over floor", "T from shuffled labels"),
        Sabotage("overconfident before", "confidence minus accuracy, scaled", "after scaling"),
    ),
    ask_first=(
        Question("At an accuracy near .83, by how much is mean confidence too high?", "confidence minus accuracy"),
        Question(
            "From epoch 15 on, does the calibration error grow by less or more than .03?",
            "ECE growth with training",
            ("less", "more"),
            0.03,
        ),
    ),
    panels=(
        Panel("Accuracy against confidence", "lines", ("before", "after", "perfect"), "confidence", "accuracy"),
        Panel("During training", "lines", ("ECE", "error"), "epoch", "share"),
    ),
    expected=Runtime(1.6, 1.1),
    lesson="A network can be as accurate as ever and mean less and less by the numbers it gives.",
    limits=(
        "With 697 test images even a perfectly calibrated network has an ECE of about .03.",
        "The noise is the same in test and validation; under a shift the fitted temperature need not hold.",
    ),
    next_questions=(
        "Set noise=0: is there anything left to calibrate?",
        "Set epochs=6: is an early network over- or underconfident?",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 16)),
    changed_after_a_look=(
        "Fifteen seeds in place of ten, for a margin of 1.5 standard deviations on the distance from the floor.",
    ),
)
