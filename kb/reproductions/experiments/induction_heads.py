"""Induction heads: an attention-only model with two layers copies; one with a single layer cannot.

Sequences repeat a random stretch. A two-layer model learns to look for the token after the last occurrence of the
present one: its first layer marks every token with the one before it, its second layer matches on that mark. Both heads
are found by where they attend.
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


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Train one and two layers on repeats, and two layers without any; look at losses and heads."""
    losses, curves, scores, grids = {}, {}, {}, {}
    for at, (name, layers, repeats) in enumerate(
        (("1 layer", 1, True), ("2 layers", 2, True), ("no repeats", 2, False))
    ):
        model, curve = _train(seed, at, layers, repeats, knobs, lambda share, at=at: say("training", (at + share) / 3))
        tokens, known = _sequences(256, knobs, fresh(seed, 20), True)
        losses[name], hits = _measure(model, tokens, known)
        scores[name] = _heads(model, tokens, known)
        scores[name]["accuracy"] = hits
        if repeats:
            curves[name] = curve
        if name == "2 layers":
            grids["strongest head"] = _strongest(model, tokens, known)
    metrics = {f"loss on repeats, {name}": value for name, value in losses.items()}
    metrics |= {f"{what}, {name}": value for name, found in scores.items() for what, value in found.items()}
    metrics["loss gap, 1 and 2 layers"] = losses["1 layer"] - losses["2 layers"]
    metrics["loss gap, 1 layer and no repeats"] = losses["1 layer"] - losses["no repeats"]
    return SeedResult(metrics, curves, grids)


def _sequences(count: int, knobs: Knobs, generator: Any, repeats: bool) -> tuple[Tensor, Tensor]:
    """Tokens, and for each place the stretch's length, or 0 where nothing is repeated yet."""
    length, vocabulary = knobs["length"], knobs["vocabulary"]
    tokens = torch.randint(0, vocabulary, (count, length), generator=generator)
    if not repeats:
        return tokens, torch.zeros_like(tokens)
    stretch = torch.randint(length // 4, length // 2 + 1, (count, 1), generator=generator)
    places = torch.arange(length)[None]
    return tokens.gather(1, places % stretch), torch.where(places >= stretch, stretch, 0)


def _train(
    seed: int, arm: int, layers: int, repeats: bool, knobs: Knobs, say: Any
) -> tuple[transformer.Transformer, Curve]:
    generator, width = fresh(seed, arm), knobs["width"]
    shape = transformer.Shape(width, layers, knobs["heads"], knobs["length"], knobs["vocabulary"])
    model = transformer.make(shape, tokens=knobs["vocabulary"])
    optimiser = torch.optim.Adam(model.parameters(), lr=knobs["lr"])
    steps, losses = [], []
    for step in range(knobs["steps"]):
        tokens, known = _sequences(64, knobs, generator, repeats)
        logits = transformer.run(model, transformer.embed(model, tokens))[:, :-1]
        each = F.cross_entropy(logits.transpose(1, 2), tokens[:, 1:], reduction="none")
        optimiser.zero_grad()
        each.mean().backward()
        optimiser.step()
        if repeats and step % 10 == 0:
            steps.append(float(step))
            losses.append(float(each.detach()[known[:, 1:] > 0].mean()))
        say(step / knobs["steps"])
    return model, Curve(tuple(steps), tuple(losses))


def _measure(model: transformer.Transformer, tokens: Tensor, known: Tensor) -> tuple[float, float]:
    """Loss and accuracy where the next token is a repeat."""
    with torch.no_grad():
        logits = transformer.run(model, transformer.embed(model, tokens), look=True)[:, :-1]
    repeat = known[:, 1:] > 0
    each = F.cross_entropy(logits.transpose(1, 2), tokens[:, 1:], reduction="none")
    return float(each[repeat].mean()), float((logits.argmax(-1) == tokens[:, 1:])[repeat].double().mean())


def _heads(model: transformer.Transformer, tokens: Tensor, known: Tensor) -> dict[str, float]:
    """The best head's attention to the token after the last occurrence (last layer), and to the one before (first)."""
    where, repeat = _targets(tokens, known)
    last = model.seen[-1].gather(-1, where[:, None, :, None].expand(-1, model.shape.heads, -1, 1))[..., 0]
    matching = max(float(last[:, head][repeat].mean()) for head in range(model.shape.heads))
    before = model.seen[0].diagonal(offset=-1, dim1=-2, dim2=-1)
    previous = max(float(before[:, head].mean()) for head in range(model.shape.heads))
    return {"prefix-matching head": matching, "previous-token head": previous}


def _targets(tokens: Tensor, known: Tensor) -> tuple[Tensor, Tensor]:
    """For each place the one that follows the present token's earlier occurrence, where there is one."""
    places = torch.arange(tokens.shape[1])[None].expand_as(tokens)
    return (places - known + 1).clamp(min=0), known > 0


def _strongest(model: transformer.Transformer, tokens: Tensor, known: Tensor) -> list[list[float]]:
    """The attention of the best matching head on the first sequence."""
    where, repeat = _targets(tokens, known)
    last = model.seen[-1].gather(-1, where[:, None, :, None].expand(-1, model.shape.heads, -1, 1))[..., 0]
    best = max(range(model.shape.heads), key=lambda head: float(last[:, head][repeat].mean()))
    return [[float(value) for value in row] for row in model.seen[-1][0, best]]


REPRODUCTION = Reproduction(
    id="induction-heads",
    title="Induction heads need two layers",
    kind="empirical",
    papers=(PaperRef("In-context Learning and Induction Heads", "2209.11895"),),
    readings=("mlss", "agisf-2023"),
    claim="Attention-only models with two layers copy in context, by a head that looks one token back and another that "
    "matches on it; models with one layer cannot.",
    published=(),
    scaled_down="Sixteen tokens, 24 places, a width of 48 and sequences made to repeat, in place of language. The "
    "composition of two heads is the same; when it forms in training on text is not.",
    params={
        "vocabulary": Param(16, "different tokens", low=4, high=200),
        "length": Param(24, "tokens a sequence", low=8, high=64, quick=20),
        "width": Param(48, "width of the model", low=8, high=256),
        "heads": Param(2, "heads a layer; divides the width", choices=(1, 2, 3, 4)),
        "lr": Param(0.002, "learning rate", low=1e-5, high=0.1, quick=0.004),
        "steps": Param(600, "training steps", low=10, high=20_000, quick=250),
    },
    checks=(
        Check("two layers copy far better", "effect", "loss gap, 1 and 2 layers", ">=", 0.8, "nats on repeats"),
        Check("a prefix-matching head", "effect", "prefix-matching head, 2 layers", ">=", 0.25, "attention", 0, (0, 1)),
        Check("a previous-token head", "effect", "previous-token head, 2 layers", ">=", 0.18, "first layer", 0, (0, 1)),
        Check("one layer has no such head", "control", "prefix-matching head, 1 layer", "<=", 0.18, "", 0, (0, 1)),
        Check("not without repeats", "control", "accuracy, no repeats", "<=", 0.12, "chance is 1/16", 0, (0, 1)),
    ),
    sabotage=(
        Sabotage("two layers copy far better", "loss gap, 1 layer and no repeats", "trained without repeats"),
        Sabotage("a prefix-matching head", "prefix-matching head, no repeats", "trained without repeats"),
        Sabotage("a previous-token head", "previous-token head, no repeats", "trained without repeats"),
    ),
    ask_first=(
        Question("Guessing costs 2.77 nats. What does one layer get to on repeats?", "loss on repeats, 1 layer"),
        Question("And two layers: below or above 1 nat?", "loss on repeats, 2 layers", ("below", "above"), 1.0),
    ),
    panels=(
        Panel(
            "Loss on the repeated part",
            "lines",
            ("1 layer", "2 layers"),
            "step",
            "nats",
            (("guessing", 2.7726),),
        ),
        Panel("Attention of the strongest head (to by from)", "grid", ("strongest head",)),
    ),
    expected=Runtime(8.8, 4.0),
    lesson="What a head can do depends on what an earlier layer wrote: depth buys composition.",
    limits=(
        "One layer is not helpless: it learns which tokens have been seen, which is well below guessing.",
        "The head's score is far from 1, since early repeats of a token are ambiguous with so few tokens.",
    ),
    next_questions=(
        "Set heads=1: do two layers still manage?",
        "Where in training does the drop come, and does it move with the learning rate?",
    ),
    run_seed=run_seed,
)
