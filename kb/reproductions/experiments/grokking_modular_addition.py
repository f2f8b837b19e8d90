"""Grokking: modular addition is memorised at once and understood much later, while the embedding turns to few waves.

A network with a shared embedding learns a + b mod p from half of all pairs, with strong weight decay. Progress is
followed by the share of the embedding's power in its five strongest frequencies, the idea behind the paper's measures.
"""

from dataclasses import dataclass
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
from kb.reproductions.parts.nets import fresh

_EVERY = 20


@dataclass
class Trace:
    """What was measured on the way."""

    steps: list[float]
    train: list[float]
    test: list[float]
    waves: list[float]

    def first(self, line: list[float], level: float) -> float | None:
        """The first step at which a line is above a level."""
        return next((step for step, value in zip(self.steps, line, strict=True) if value > level), None)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train with weight decay, without it, and on shuffled answers."""
    steps = knobs["steps"]
    full = _train(seed, 0, knobs, knobs["decay"], steps, say, stop=True)
    say("without weight decay", 0.45)
    bare = _train(seed, 1, knobs, 0.0, int(steps * 0.8), say)
    say("shuffled answers", 0.85)
    shuffled = _train(seed, 2, knobs, knobs["decay"], int(steps * 0.4), say, shuffle=True)
    learned, understood = full.first(full.train, 0.99), full.first(full.test, 0.95)
    censored = understood is None
    ratio = (float(steps) if understood is None else understood) / (learned or float(steps))
    at = full.steps.index(learned) if learned else 0
    metrics = {
        "test accuracy when memorised": full.test[at],
        "step of memorising": learned or float(steps),
        "step of understanding": understood or float(steps),
        "understood later by a factor of": 0.0 if censored else ratio,
        "censored": float(censored),
        "final test accuracy": full.test[-1],
        "gain in the top five frequencies": full.waves[-1] - full.waves[0],
        "no decay: test accuracy": bare.test[-1],
        "no decay: train accuracy": bare.train[-1],
        "no decay: gain in frequencies": bare.waves[-1] - bare.waves[0],
        "shuffled: test accuracy": shuffled.test[-1],
        "shuffled: train accuracy": shuffled.train[-1],
        "shuffled: gain in frequencies": shuffled.waves[-1] - shuffled.waves[0],
    }
    curves = {"train": full.train, "test": full.test, "share of top five frequencies": full.waves}
    lines = {name: Curve(tuple(full.steps), tuple(line)) for name, line in curves.items()}
    lines["test, no weight decay"] = Curve(tuple(bare.steps), tuple(bare.test))
    return SeedResult(metrics, lines)


def _train(
    seed: int, arm: int, knobs: Knobs, decay: float, steps: int, say: Say, *, shuffle: bool = False, stop: bool = False
) -> Trace:
    generator, p = fresh(seed, arm), knobs["p"]
    pairs = torch.cartesian_prod(torch.arange(p), torch.arange(p))
    answers = pairs.sum(1) % p
    if shuffle:
        answers = answers[torch.randperm(len(answers), generator=generator)]
    order = torch.randperm(len(pairs), generator=generator)
    cut = int(knobs["share"] * len(pairs))
    train, test = order[:cut], order[cut:]
    weights = _weights(p)
    optimiser = torch.optim.AdamW(weights, lr=knobs["lr"], weight_decay=decay, betas=(0.9, 0.98))
    trace = Trace([], [], [], [])
    for step in range(1, steps + 1):
        logits = _answer(weights, pairs[train])
        loss = F.cross_entropy(logits, answers[train])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % _EVERY == 0 or step == steps:
            _note(trace, step, weights, (logits, answers[train]), (pairs[test], answers[test]))
            say("training", 0.45 * step / steps if stop else 0.6)
            if stop and trace.test[-1] > 0.999 and step > 1.3 * (trace.first(trace.test, 0.95) or step):
                break
    return trace


def _note(trace: Trace, step: int, weights: list[Tensor], seen: tuple[Tensor, Tensor], unseen: Any) -> None:
    with torch.no_grad():
        guessed = _answer(weights, unseen[0]).argmax(-1)
    trace.steps.append(float(step))
    trace.train.append(float((seen[0].argmax(-1) == seen[1]).double().mean()))
    trace.test.append(float((guessed == unseen[1]).double().mean()))
    trace.waves.append(_waves(weights[0]))


def _weights(p: int) -> list[Tensor]:
    """Embedding, hidden layer for each of the two places, and readout."""
    shapes = ((p, 64, 1.0), (64, 128, 64**-0.5), (64, 128, 64**-0.5), (128, p, 128**-0.5))
    return [(torch.randn(rows, columns) * scale).requires_grad_() for rows, columns, scale in shapes]


def _answer(weights: list[Tensor], pairs: Tensor) -> Tensor:
    table, first, second, out = weights
    return (table[pairs[:, 0]] @ first + table[pairs[:, 1]] @ second).relu() @ out


def _waves(table: Tensor) -> float:
    """The share of the embedding's power, over its inputs, in the five strongest frequencies."""
    power = torch.fft.rfft(table.detach(), dim=0).abs().square().sum(1)[1:]
    return float(power.topk(5).values.sum() / power.sum())


REPRODUCTION = Reproduction(
    id="grokking-modular-addition",
    title="Grokking modular addition",
    kind="empirical",
    papers=(
        PaperRef("Progress measures for grokking via mechanistic interpretability", "2301.05217"),
        PaperRef("Grokking: Generalization Beyond Overfitting on Small Algorithmic Datasets", "2201.02177"),
    ),
    readings=("mlss", "agisf-2023", "ml-basics"),
    claim="With weight decay and part of the data, test accuracy jumps long after training accuracy did; meanwhile the "
    "embedding becomes sparse in the Fourier basis.",
    published=(),
    scaled_down="Numbers mod 47 and a two-layer perceptron on a shared embedding, in place of mod 113 and a one-layer "
    "transformer. Delay, dependence on weight decay and sparse frequencies carry over; the circuit is not looked for.",
    params={
        "p": Param(47, "the modulus", low=11, high=113, quick=31),
        "share": Param(0.5, "share of all pairs in training", low=0.1, high=0.9, quick=0.7),
        "decay": Param(1.0, "weight decay", low=0.0, high=5.0),
        "lr": Param(0.005, "learning rate", low=1e-5, high=0.1, quick=0.01),
        "steps": Param(2500, "most training steps", low=100, high=50_000, quick=800),
    },
    checks=(
        Check("memorised first", "sanity", "test accuracy when memorised", "<=", 0.2, "not understood yet", 0, (0, 1)),
        Check(
            "understood much later", "effect", "understood later by a factor of", ">=", 5, "steps to test over train"
        ),
        Check("understood in the end", "effect", "final test accuracy", ">=", 0.95, "", 0.001, (0, 1)),
        Check("few frequencies", "effect", "gain in the top five frequencies", ">=", 0.12, "share of power gained"),
        Check("no weight decay: not understood", "control", "no decay: test accuracy", "<=", 0.2, "", 0.001, (0, 1)),
        Check("shuffled answers: nothing to find", "control", "shuffled: test accuracy", "<=", 0.15, "", 0.001, (0, 1)),
    ),
    sabotage=(
        Sabotage("understood in the end", "no decay: test accuracy", "no weight decay"),
        Sabotage("few frequencies", "no decay: gain in frequencies", "no weight decay"),
    ),
    ask_first=(
        Question(
            "How many times longer does it take to understand than to memorise?", "understood later by a factor of"
        ),
        Question("Without weight decay, is it understood?", "no decay: test accuracy", ("no", "yes"), 0.5),
    ),
    panels=(
        Panel(
            "Memorised, then understood",
            "lines",
            ("train", "test", "share of top five frequencies", "test, no weight decay"),
            "step",
            "share",
            log_x=True,
        ),
    ),
    expected=Runtime(10.3, 3.1),
    lesson="A flat test curve can hide steady progress inside; what is measured decides whether a jump is a surprise.",
    limits=(
        "The power share is a simple stand-in for the paper's progress measures, which ablate frequencies.",
        "Steps are those of full-batch training and compare with no other setting.",
    ),
    next_questions=(
        "Set share=0.3: does it still come, and when?",
        "Set decay=0.3: what happens to the delay?",
    ),
    run_seed=run_seed,
)
