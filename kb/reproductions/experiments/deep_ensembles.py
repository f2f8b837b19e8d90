"""Deep ensembles: a few networks from different starts, averaged, lose less and doubt more what is strange.

Eight networks that differ only in their initial weights and the order of their batches are averaged in probability.
Compared with one of them: the loss on noisy digits, and the entropy on inputs from elsewhere. Eight copies from one
start are the control.
"""

from typing import Any

from kb.reproductions.lazy_numpy import F, Tensor, torch
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
from kb.reproductions.parts.digits import digits
from kb.reproductions.parts.nets import fit, fresh, mlp, probabilities


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train the members and look at averages of the first 1, 2, ... of them."""
    data, generator = digits(seed), fresh(seed, 99)
    noisy = [x + knobs["noise"] * torch.randn(x.shape, generator=generator) for x in (data.x, data.x_test)]
    strange = torch.rand(400, 64, generator=generator)
    members = []
    for at in range(knobs["members"]):
        say("training", at / (knobs["members"] + 1))
        members.append(_member(seed, at, noisy[0], data.y, knobs))
    twin = _member(seed, 0, noisy[0], data.y, knobs)
    chances = torch.stack([probabilities(net, noisy[1]) for net in members])
    doubts = torch.stack([probabilities(net, strange) for net in members])
    copies = torch.stack([probabilities(net, noisy[1]) for net in (members[0], twin)])
    strange_copies = torch.stack([probabilities(net, strange) for net in (members[0], twin)])
    counts = range(1, len(members) + 1)
    losses = [_loss(_average(chances, count), data.y_test) for count in counts]
    single = sum(_loss(one, data.y_test) for one in chances) / len(members)
    alone = sum(_entropy(one) for one in doubts) / len(members)
    metrics = {
        "accuracy of one": float((chances[0].argmax(-1) == data.y_test).double().mean()),
        "accuracy of all": float((chances.mean(0).argmax(-1) == data.y_test).double().mean()),
        "NLL of all over NLL of one": losses[-1] / single,
        "NLL of copies over NLL of one": _loss(copies.mean(0), data.y_test) / losses[0],
        "entropy gained on noise": _entropy(doubts.mean(0)) - alone,
        "entropy gained by copies": _entropy(strange_copies.mean(0)) - _entropy(doubts[0]),
        "what copies change": abs(_loss(copies.mean(0), data.y_test) - losses[0]),
    }
    shown = tuple(float(count) for count in counts)
    entropies = tuple(_entropy(_average(doubts, count)) for count in counts)
    return SeedResult(metrics, {"NLL": Curve(shown, tuple(losses)), "entropy on noise": Curve(shown, entropies)})


def _member(seed: int, at: int, x: Tensor, y: Tensor, knobs: Knobs) -> Any:
    generator = fresh(seed, at)
    return fit(mlp(64, 128, 128, 10), x, y, generator, epochs=knobs["epochs"])


def _average(chances: Tensor, count: int) -> Tensor:
    return chances[:count].mean(0)


def _loss(chances: Tensor, labels: Tensor) -> float:
    return float(F.nll_loss(chances.clamp(min=1e-12).log(), labels))


def _entropy(chances: Tensor) -> float:
    return float(-(chances * chances.clamp(min=1e-12).log()).sum(-1).mean())


REPRODUCTION = Reproduction(
    id="deep-ensembles",
    title="Deep ensembles",
    kind="empirical",
    papers=(
        PaperRef(
            "Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles", "1612.01474", "section 3"
        ),
    ),
    readings=("mlss",),
    claim="Averaging a few networks from independent starts lowers the loss and raises the uncertainty on inputs from "
    "elsewhere.",
    published=(
        Published(
            "MNIST and SVHN: more networks give better accuracy, likelihood and Brier score",
            "1612.01474, section 3.4, figure 2",
        ),
        Published(
            "digits against letters: the ensemble is less sure of classes that it has never seen",
            "1612.01474, section 3.5, figure 3",
        ),
    ),
    scaled_down="Eight perceptrons on noisy digits, and uniform noise as the input from elsewhere. The direction "
    "carries over; the gain is a few percent here.",
    params={
        "members": Param(8, "networks", low=2, high=30, quick=4),
        "epochs": Param(25, "epochs of training", low=1, high=200, quick=12),
        "noise": Param(0.3, "standard deviation of the pixels' noise", low=0.0, high=2.0),
    },
    checks=(
        Check("they have learned", "sanity", "accuracy of one", ">=", 0.75, "", 0.002, (0, 1)),
        Check("the loss falls", "effect", "NLL of all over NLL of one", "<=", 0.97, "mean loss of single networks"),
        Check("more doubt on noise", "effect", "entropy gained on noise", ">=", 0.03, "nats"),
        Check("copies give nothing", "control", "what copies change", "<=", 1e-4, "the same start twice"),
    ),
    sabotage=(
        Sabotage("the loss falls", "NLL of copies over NLL of one", "copies"),
        Sabotage("more doubt on noise", "entropy gained by copies", "copies"),
    ),
    ask_first=(
        Question("The loss of eight, as a share of the loss of one?", "NLL of all over NLL of one"),
        Question("Is the gain below or above 10 %?", "NLL of all over NLL of one", ("above", "below"), 0.9),
    ),
    panels=(
        Panel(
            "Loss and doubt against the number of networks", "lines", ("NLL", "entropy on noise"), "networks", "nats"
        ),
    ),
    expected=Runtime(3.1, 1.6),
    lesson="Where networks from different starts disagree, one of them alone would have been sure.",
    limits=(
        "The paper also trains adversarially and learns variances; neither is here.",
        "The members share their data; what bagging would add is not tested.",
    ),
    next_questions=(
        "Set epochs=100: do overconfident members gain more or less from averaging?",
        "What would eight networks of an eighth of the size do?",
    ),
    run_seed=run_seed,
)
