"""A tiny scaling law: the loss of small language models falls as a power of their size, well enough to extrapolate.

Character models that read the last twelve characters, from under a thousand to about forty thousand parameters without
the embedding, on the documentation that comes with Python. A line is fitted to log loss against log size for all but
the largest, and held against the largest. On shuffled characters there is nothing to learn and no slope.
"""

import hashlib
from typing import Any

from kb.reproductions.lazy import Array, F, Tensor, np, torch
from kb.reproductions.parts.nets import fresh, mlp
from kb.reproductions.shape import (
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

_WINDOW, _EMBEDDING = 12, 8
_WIDTHS = (4, 8, 16, 32, 64, 128)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train every size on the text, some on shuffled text, and extrapolate to the largest."""
    text, kinds = _text()
    widths = _WIDTHS[:: 2 if knobs["few"] else 1]
    sizes, losses = [], []
    for at, width in enumerate(widths):
        say(f"width {width}", 0.7 * at / len(widths))
        starts = 1 if knobs["few"] or width >= 64 else 3
        found = [_learn(seed, start, width, text, kinds, knobs) for start in range(starts)]
        sizes.append(float(found[0][0]))
        losses.append(float(np.mean([loss for _, loss in found])))
    say("shuffled", 0.8)
    shuffled = text[torch.randperm(len(text), generator=fresh(seed, 50))]
    nothing = [_learn(seed, 0, width, shuffled, kinds, knobs) for width in widths[::2]]
    slope, start = np.polyfit(np.log(sizes[:-1]), np.log(losses[:-1]), 1)
    predicted = float(np.exp(start + slope * np.log(sizes[-1])))
    flat, level = np.polyfit(np.log([size for size, _ in nothing]), np.log([loss for _, loss in nothing]), 1)
    metrics = {
        "alpha": float(-slope),
        "R2": _r2(sizes, losses),
        "error of the extrapolation": abs(predicted / losses[-1] - 1),
        "error of the shuffled law": abs(float(np.exp(level + flat * np.log(sizes[-1]))) / losses[-1] - 1),
        "alpha, shuffled": float(-flat),
        "distance of alpha from 0, shuffled": abs(float(flat)),
        "loss of the largest": losses[-1],
        "shuffled loss over unigram entropy": nothing[-1][1] / _unigram(text, kinds),
        "hash of the text": float(int(hashlib.sha256(text.numpy().tobytes()).hexdigest()[:8], 16)),
    }
    line = tuple(float(np.exp(start + slope * np.log(size))) for size in sizes)
    curves = {
        "measured": Curve(tuple(sizes), tuple(losses)),
        "fitted without the largest": Curve(tuple(sizes), line),
        "shuffled": Curve(tuple(size for size, _ in nothing), tuple(loss for _, loss in nothing)),
    }
    return SeedResult(metrics, curves)


def _text() -> tuple[Tensor, int]:
    """Python's own documentation as numbers; rare characters are one kind."""
    from pydoc_data.topics import topics

    raw = np.frombuffer("\n".join(topics[name] for name in sorted(topics)).encode("ascii", "replace"), np.uint8)
    counts = np.bincount(raw, minlength=256)
    common = np.flatnonzero(counts >= 20)
    table: Array = np.zeros(256, np.int64)
    table[common] = np.arange(1, len(common) + 1)
    return torch.from_numpy(table[raw]), len(common) + 1


def _learn(seed: int, start: int, width: int, text: Tensor, kinds: int, knobs: Knobs) -> tuple[int, float]:
    """Parameters without the embedding, and the loss on the last tenth of the text, which is not trained on."""
    generator = fresh(seed, 10 * width + start)
    table = torch.randn(kinds, _EMBEDDING, generator=generator).requires_grad_()
    net = mlp(_WINDOW * _EMBEDDING, width, width, kinds)
    weights = [table, *net.parameters()]
    optimiser = torch.optim.Adam(weights, lr=knobs["lr"])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, knobs["steps"])
    cut = int(0.9 * len(text))
    for _ in range(knobs["steps"]):
        places = torch.randint(_WINDOW, cut, (256,), generator=generator)
        loss = _loss(net, table, text, places)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    places = torch.randint(cut + _WINDOW, len(text), (20_000,), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        return sum(one.numel() for one in net.parameters()), float(_loss(net, table, text, places))


def _loss(net: Any, table: Tensor, text: Tensor, places: Tensor) -> Tensor:
    window = text[places[:, None] - torch.arange(_WINDOW, 0, -1)]
    return F.cross_entropy(net(table[window].flatten(1)), text[places])


def _r2(sizes: list[float], losses: list[float]) -> float:
    """How straight all points lie in logarithms."""
    return float(np.corrcoef(np.log(sizes), np.log(losses))[0, 1] ** 2)


def _unigram(text: Tensor, kinds: int) -> float:
    shares = torch.bincount(text, minlength=kinds).double() / len(text)
    return float(-(shares * shares.clamp(min=1e-12).log()).sum())


REPRODUCTION = Reproduction(
    id="scaling-law",
    title="A tiny scaling law that can be extrapolated",
    kind="empirical",
    papers=(PaperRef("Scaling Laws for Neural Language Models", "2001.08361", "section 1.2"),),
    readings=("agisf-2023", "ml-basics"),
    claim="Loss falls as a power law in the number of parameters, smoothly enough to predict the largest model from "
    "the smaller ones.",
    published=(),
    scaled_down="Character models of at most forty thousand parameters at a fixed number of steps, in place of "
    "transformers of up to a billion and more. The exponent is not expected to be that of any other setting.",
    params={
        "steps": Param(1000, "training steps", low=50, high=20_000, quick=250),
        "lr": Param(0.005, "largest learning rate", low=1e-5, high=0.1),
        "few": Param(False, "every second size, one start each", quick=True),
    },
    checks=(
        Check("a straight line in logarithms", "effect", "R2", ">=", 0.97, "all sizes", 0, (0, 1)),
        Check(
            "it extrapolates",
            "effect",
            "error of the extrapolation",
            "<=",
            0.05,
            "relative, largest model",
            0,
            (0, None),
        ),
        Check("a slope", "effect", "alpha", ">=", 0.04, "well above nothing"),
        Check("none on shuffled text", "control", "distance of alpha from 0, shuffled", "<=", 0.025, "", 0, (0, None)),
    ),
    sabotage=(
        Sabotage("a slope", "alpha, shuffled", "shuffled text"),
        Sabotage("it extrapolates", "error of the shuffled law", "the law of shuffled text"),
    ),
    ask_first=(
        Question("By what share is the extrapolation to twice the width off?", "error of the extrapolation"),
        Question("The exponent alpha in loss ~ size^-alpha?", "alpha"),
    ),
    panels=(
        Panel(
            "Loss against size",
            "lines",
            ("measured", "fitted without the largest", "shuffled"),
            "parameters without the embedding",
            "nats a character",
            log_x=True,
            log_y=True,
        ),
    ),
    expected=Runtime(12.9, 1.3),
    lesson="Smooth aggregate loss can be forecast; what a model will be able to do at that loss is another question.",
    limits=(
        "The text changes with the version of Python; its hash is among the metrics.",
        "Two to four points more would show a bend: a straight line over two decades is not a law.",
    ),
    next_questions=(
        "Set steps=200: does the line stay straight when every model is undertrained?",
        "At which size would the text run out?",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 10)),
    changed_after_a_look=(
        "Nine seeds in place of seven, for a margin of 1.5 standard deviations on the straight line.",
    ),
)
