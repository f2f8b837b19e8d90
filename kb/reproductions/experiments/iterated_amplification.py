"""Iterated amplification: answers composed from the model's own sub-answers reach questions that no human can answer.

A permutation sigma of 64 things. A question (x, j) asks for x after 2^j steps. The human can only take one step. For
j > 0 the target is composed: ask the model (x, j - 1), and then (that answer, j - 1). The model learns from its own
composed answers, the easy ones first. Without the human's step nothing anchors it.
"""

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
    Published,
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)
from kb.reproductions.parts.nets import fresh

_EVERY = 10


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Amplification; distillation of the model alone; and amplification with a human who makes mistakes."""
    generator = fresh(seed)
    things, depth = knobs["things"], knobs["depth"]
    sigma = torch.randperm(things, generator=generator)
    wrong = torch.rand(things, generator=generator) < knobs["errors"]
    human = torch.where(wrong, torch.randint(0, things, (things,), generator=generator), sigma)
    truth, said = _powers(sigma, depth), _powers(human, depth)
    lines = {}
    for at, (arm, teacher, composed) in enumerate(
        (("amplified", sigma, True), ("alone", sigma, False), ("noisy human", human, True))
    ):
        lines[arm] = _train(
            seed, at, teacher, truth, composed, knobs, lambda done, at=at: say("training", (at + done) / 3)
        )
    reached = [_reached(lines["amplified"][level], 0.9) for level in range(depth)]
    expected = float((said[-1] == truth[-1]).double().mean())
    metrics = {
        "amplified: hardest question": lines["amplified"][-1][-1],
        "alone: hardest question": lines["alone"][-1][-1],
        "alone: easiest question": lines["alone"][0][-1],
        "easy before hard": _in_order(reached),
        "alone: easy before hard": _in_order([_reached(lines["alone"][level], 0.9) for level in range(depth)]),
        "noisy human: hardest question": lines["noisy human"][-1][-1],
        "noisy human: expected from composed errors": expected,
        "noisy human: distance from expected": abs(lines["noisy human"][-1][-1] - expected),
        "noisy human: distance from no compounding": abs(lines["noisy human"][-1][-1] - (1 - knobs["errors"])),
    }
    steps = tuple(float(_EVERY * at) for at in range(len(lines["amplified"][0])))
    curves = {f"2^{level} steps": Curve(steps, tuple(lines["amplified"][level])) for level in range(depth)}
    return SeedResult(metrics, {**curves, "hardest, alone": Curve(steps, tuple(lines["alone"][-1]))})


def _powers(step: Tensor, depth: int) -> Tensor:
    """Where each thing is after 1, 2, 4, ... steps."""
    powers = [step]
    for _ in range(depth - 1):
        powers.append(powers[-1][powers[-1]])
    return torch.stack(powers)


def _weights(things: int, depth: int, width: int = 96) -> list[Tensor]:
    """Embeddings of thing and of level (which gates it), a hidden layer, and the answer."""
    shapes = ((things, width, 1.0), (depth, width, 1.0), (width, 2 * width, width**-0.5), (2 * width, things, 0.07))
    return [(torch.randn(rows, columns) * scale).requires_grad_() for rows, columns, scale in shapes]


def _answer(weights: list[Tensor], things: Tensor, levels: Tensor) -> Tensor:
    table, gate, up, down = weights
    return ((table[things] * gate[levels]) @ up).relu() @ down


def _train(
    seed: int, arm: int, teacher: Tensor, truth: Tensor, composed: bool, knobs: Knobs, say: Any
) -> list[list[float]]:
    """Accuracy at each level on the way. A slow copy of the model gives the sub-answers."""
    generator, (depth, count) = fresh(seed, arm), truth.shape
    weights = _weights(count, depth)
    slow = [weight.detach().clone() for weight in weights]
    optimiser = torch.optim.Adam(weights, lr=knobs["lr"])
    things, levels = torch.arange(count).repeat(depth), torch.arange(depth).repeat_interleave(count)
    lines: list[list[float]] = [[] for _ in range(depth)]
    for step in range(knobs["steps"]):
        asked, level = (torch.randint(0, most, (512,), generator=generator) for most in (count, depth))
        with torch.no_grad():
            below = (level - 1).clamp(min=0)
            half = _answer(slow, asked, below).argmax(-1)
            whole = _answer(slow, half, below).argmax(-1) if composed else _answer(slow, asked, level).argmax(-1)
            target = torch.where(level == 0, teacher[asked], whole)
        loss = F.cross_entropy(_answer(weights, asked, level), target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        for old, new in zip(slow, weights, strict=True):
            old.lerp_(new.detach(), 0.1)
        if step % _EVERY == 0 or step == knobs["steps"] - 1:
            with torch.no_grad():
                right = (_answer(weights, things, levels).argmax(-1).view(depth, count) == truth).double().mean(1)
            for line, value in zip(lines, right.tolist(), strict=True):
                line.append(value)
            say(step / knobs["steps"])
    return lines


def _reached(line: list[float], level: float) -> float:
    """When a line first reaches a level; never is later than any time."""
    return next((float(at) for at, value in enumerate(line) if value >= level), float("inf"))


def _in_order(times: list[float]) -> float:
    """The share of neighbouring levels of which the easier was reached, and not after the harder."""
    pairs = list(pairwise(times))
    return sum(easy <= hard and hard != float("inf") for easy, hard in pairs) / len(pairs)


REPRODUCTION = Reproduction(
    id="iterated-amplification",
    title="Iterated amplification on permutation powers",
    kind="empirical",
    papers=(PaperRef("Supervising strong learners by amplifying weak experts", "1810.08575", "permutation powering"),),
    readings=("agisf-2022", "agisf-2023"),
    claim="Trained on answers composed from its own sub-answers and a human who can take one step, a model reaches "
    "questions that the human cannot answer, easy ones first; the human's errors compound.",
    published=(
        Published(
            "five algorithmic tasks: learned with at worst a modest slowdown against supervised learning",
            "1810.08575, section 4.2, figure 2",
        ),
        Published("about twice the computation for each question", "1810.08575, section 4.2"),
    ),
    scaled_down="One fixed permutation of 64 things, learned as a table, in place of a transformer that reads the "
    "problem. The paper's generalisation to new permutations is not there.",
    params={
        "things": Param(64, "things that are permuted", low=8, high=128),
        "depth": Param(6, "levels: 1, 2, 4, ... steps", low=2, high=8),
        "errors": Param(0.05, "share of single steps that the noisy human gets wrong", low=0.0, high=0.5),
        "steps": Param(800, "training steps", low=50, high=10_000, quick=400),
        "lr": Param(0.003, "learning rate", low=1e-5, high=0.1, quick=0.005),
    },
    checks=(
        Check(
            "it answers the hardest question",
            "effect",
            "amplified: hardest question",
            ">=",
            0.95,
            "32 steps",
            0,
            (0, 1),
        ),
        Check("easy before hard", "effect", "easy before hard", ">=", 0.6, "of neighbouring levels", 0, (0, 1)),
        Check("errors compound as composed", "effect", "noisy human: distance from expected", "<=", 0.03, ""),
        Check("without the human: no", "control", "alone: hardest question", "<=", 0.1, "chance: 1/64", 0, (0, 1)),
        Check("though it learns the single step", "control", "alone: easiest question", ">=", 0.95, "", 0, (0, 1)),
    ),
    sabotage=(
        Sabotage("it answers the hardest question", "alone: hardest question", "the model alone"),
        Sabotage("easy before hard", "alone: easy before hard", "the model alone"),
        Sabotage("errors compound as composed", "noisy human: distance from no compounding", "no compounding"),
    ),
    ask_first=(
        Question(
            "A human who is wrong on 5 % of single steps: accuracy after 32 steps?", "noisy human: hardest question"
        ),
        Question(
            "Without composing, does the model get anywhere on the hardest question?",
            "alone: hardest question",
            ("no", "yes"),
            0.1,
        ),
    ),
    panels=(
        Panel(
            "Amplified: accuracy at each level",
            "lines",
            ("2^0 steps", "2^1 steps", "2^2 steps", "2^3 steps", "2^4 steps", "2^5 steps", "hardest, alone"),
            "step",
            "accuracy",
        ),
    ),
    expected=Runtime(6.6, 3.6),
    lesson="Oversight can be bootstrapped from weak judgement, and so can its mistakes.",
    limits=(
        "How to decompose is given; finding a decomposition is the hard part outside of such puzzles.",
        "The human is asked for single steps alone and is always available.",
    ),
    next_questions=(
        "Set errors=0.01: is accuracy at 32 steps .99, or nearer .72?",
        "What would happen if the model's own answers were occasionally checked by the human?",
    ),
    run_seed=run_seed,
)
