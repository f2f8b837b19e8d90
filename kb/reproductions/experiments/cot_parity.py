"""Chain of thought: parity in one step cannot be learned here, with a scratchpad it is learned at once.

A small transformer reads n bits and answers whether the number of ones is odd: at once, after writing the running
parity bit by bit, or after as many filler tokens, which give the same extra computation but nothing to imitate.
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
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)
from kb.reproductions.parts import transformer
from kb.reproductions.parts.nets import fresh

_GO, _FILLER = 2, 3


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train one model a format, and the direct one on few bits as well."""
    arms = {"scratchpad": knobs["bits"], "direct": knobs["bits"], "filler": knobs["bits"], "direct, 4 bits": 4}
    metrics, curves = {}, {}
    for at, (name, bits) in enumerate(arms.items()):
        model_format = name.split(",")[0]
        told = lambda share, at=at, name=name: say(name, (at + share) / len(arms))  # noqa: E731 - bound to this arm
        metrics[name], curves[name] = _learn(seed, at, model_format, bits, knobs, told)
    return SeedResult(metrics, curves)


def _learn(seed: int, arm: int, kind: str, bits: int, knobs: Knobs, say: Any) -> tuple[float, Curve]:
    """Train on fresh inputs; returns the accuracy on others, and on the way that on the training batch."""
    generator = fresh(seed, arm)
    places = 2 * bits + 1 if kind != "direct" else bits + 1
    shape = transformer.Shape(knobs["width"], knobs["layers"], 4, places, 2, 4 * knobs["width"])
    model = transformer.make(shape, tokens=4)
    optimiser = torch.optim.Adam(model.parameters(), lr=knobs["lr"])
    steps, right = [], []
    for step in range(knobs["steps"]):
        inputs, targets = _batch(kind, bits, 64, generator)
        logits = transformer.run(model, transformer.embed(model, inputs))[:, -targets.shape[1] :]
        loss = F.cross_entropy(logits.transpose(1, 2), targets)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 20 == 0:
            steps.append(float(step))
            right.append(float((logits[:, -1].argmax(-1) == targets[:, -1]).double().mean()))
            say(step / knobs["steps"])
    return _test(model, kind, bits, fresh(seed, 30)), Curve(tuple(steps), tuple(right))


def _batch(kind: str, bits: int, count: int, generator: Any) -> tuple[Tensor, Tensor]:
    """Bits and a start token, then what the format writes; and the targets at the last places."""
    numbers = torch.randint(0, 2, (count, bits), generator=generator)
    running = numbers.cumsum(1) % 2
    start = torch.full((count, 1), _GO)
    if kind == "scratchpad":
        return torch.cat([numbers, start, running[:, :-1]], 1), running
    if kind == "filler":
        return torch.cat([numbers, start, torch.full((count, bits - 1), _FILLER)], 1), running[:, -1:]
    return torch.cat([numbers, start], 1), running[:, -1:]


def _test(model: transformer.Transformer, kind: str, bits: int, generator: Any, count: int = 512) -> float:
    """Greedy decoding: what the model writes itself is what it reads next."""
    inputs, targets = _batch(kind, bits, count, generator)
    written = inputs[:, : bits + 1] if kind == "scratchpad" else inputs
    with torch.no_grad():
        for _ in range(bits if kind == "scratchpad" else 1):
            answer = transformer.run(model, transformer.embed(model, written))[:, -1].argmax(-1)
            if written.shape[1] < model.shape.length:
                written = torch.cat([written, answer[:, None]], 1)
    return float((answer == targets[:, -1]).double().mean())


REPRODUCTION = Reproduction(
    id="cot-parity",
    title="Chain of thought: parity with a scratchpad",
    kind="empirical",
    papers=(
        PaperRef("Show Your Work: Scratchpads for Intermediate Computation with Language Models", "2112.00114"),
        PaperRef("Sub-Task Decomposition Enables Learning in Sequence to Sequence Tasks", "2204.02892"),
    ),
    readings=("ml-basics", "mlss"),
    claim="A small transformer does not learn the parity of n bits in one step from answers alone, but learns it at "
    "once when it writes the running parity.",
    published=(),
    scaled_down="Twelve bits, two layers, a width of 48 and 500 steps. The separation at a fixed budget carries over; "
    "that no budget would suffice is not claimed.",
    params={
        "bits": Param(12, "bits", low=2, high=32, quick=6),
        "layers": Param(2, "layers", low=1, high=6),
        "width": Param(48, "width; divisible by 4", low=8, high=256),
        "steps": Param(500, "training steps", low=10, high=20_000, quick=160),
        "lr": Param(0.0015, "learning rate", low=1e-5, high=0.1, quick=0.003),
    },
    checks=(
        Check("learned with a scratchpad", "effect", "scratchpad", ">=", 0.95, "accuracy", 1 / 512, (0, 1)),
        Check("not learned directly", "effect", "direct", "<=", 0.65, "chance is .5", 1 / 512, (0, 1)),
        Check(
            "filler tokens do not help", "control", "filler", "<=", 0.65, "it is not the extra steps", 1 / 512, (0, 1)
        ),
        Check("directly learned for 4 bits", "control", "direct, 4 bits", ">=", 0.95, "the code can", 1 / 512, (0, 1)),
    ),
    sabotage=(
        Sabotage("learned with a scratchpad", "filler", "filler tokens instead of the scratchpad"),
        Sabotage("not learned directly", "direct, 4 bits", "four bits"),
    ),
    ask_first=(
        Question("Accuracy of the direct answer on 12 bits (chance is .5)?", "direct"),
        Question("Do as many filler tokens, before the answer, help?", "filler", ("no", "yes"), 0.65),
    ),
    panels=(
        Panel(
            "Accuracy of the last token in training",
            "lines",
            ("scratchpad", "direct", "filler", "direct, 4 bits"),
            "step",
            "accuracy",
            (("chance", 0.5),),
        ),
    ),
    expected=Runtime(19.0, 4.7),
    lesson="Each token gets a fixed amount of computation; writing the steps down buys more of it.",
    limits=(
        "A statement about learning at a fixed budget: two layers could express the parity of 12 bits.",
        "Only parity, where every prefix matters and no partial credit is to be had.",
    ),
    next_questions=(
        "Set bits=6, then 8: where does direct learning stop?",
        "Would filler tokens help if the running parity had been shown for some of the training?",
    ),
    run_seed=run_seed,
    did_not_reproduce=("Filler tokens are known to help on some other tasks (2404.15758); not on parity here.",),
)
