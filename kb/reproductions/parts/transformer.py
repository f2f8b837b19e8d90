"""A small decoder-only transformer as a dictionary of weights and pure functions, so that every part can be opened.

Pre-norm residual blocks without biases: attention, then (if wanted) a two-layer perceptron.
"""

from dataclasses import dataclass, field
from typing import Any

from kb.reproductions.lazy_numpy import F, Tensor, torch


@dataclass(frozen=True)
class Shape:
    """How large it is; ``mlp`` is the hidden width of the perceptrons, 0 for attention only."""

    width: int
    layers: int
    heads: int
    length: int
    outputs: int
    mlp: int = 0


@dataclass
class Transformer:
    """A shape and its weights."""

    shape: Shape
    weights: dict[str, Tensor]
    seen: list[Tensor] = field(default_factory=list)
    """The attention of each layer in the last call that asked for it: batch, head, to, from."""

    def parameters(self) -> list[Tensor]:
        """All weights."""
        return list(self.weights.values())


def make(shape: Shape, *, tokens: int = 0, inputs: int = 0) -> Transformer:
    """Fresh weights; ``tokens`` makes an embedding table, ``inputs`` a linear map from numbers."""
    width = shape.width
    weights = {"position": _random(shape.length, width, 0.1), "head": _random(width, shape.outputs, width**-0.5)}
    if tokens:
        weights["token"] = _random(tokens, width, 0.5)
    if inputs:
        weights["input"] = _random(inputs, width, 1.0)
    for layer in range(shape.layers):
        for name in ("query", "key", "value", "out"):
            weights[f"{layer}.{name}"] = _random(width, width, width**-0.5)
        if shape.mlp:
            weights[f"{layer}.up"] = _random(width, shape.mlp, width**-0.5)
            weights[f"{layer}.shift"] = torch.zeros(shape.mlp, requires_grad=True)
            weights[f"{layer}.down"] = _random(shape.mlp, width, shape.mlp**-0.5)
    return Transformer(shape, weights)


def embed(model: Transformer, tokens: Tensor) -> Tensor:
    """Tokens as vectors, with their positions."""
    return model.weights["token"][tokens] + model.weights["position"][: tokens.shape[1]]


def run(model: Transformer, hidden: Tensor, *, myopic: bool = False, look: bool = False) -> Tensor:
    """Logits at every place; ``myopic`` cuts the gradient from later places into earlier hidden states.

    With ``look`` the attention of each layer is kept in ``model.seen``.
    """
    model.seen.clear()
    weights = model.weights
    for layer in range(model.shape.layers):
        mixed, attention = _attend(model, layer, _norm(hidden), myopic=myopic)
        hidden = hidden + mixed
        if look:
            model.seen.append(attention.detach())
        if model.shape.mlp:
            inner = F.gelu(_norm(hidden) @ weights[f"{layer}.up"] + weights[f"{layer}.shift"])
            hidden = hidden + inner @ weights[f"{layer}.down"]
    return _norm(hidden) @ weights["head"]


def _attend(model: Transformer, layer: int, hidden: Tensor, *, myopic: bool) -> tuple[Tensor, Tensor]:
    """Causal attention; a myopic place still reads earlier keys and values, but does not train them."""
    batch, length, width = hidden.shape
    heads = model.shape.heads

    def split(name: str, source: Tensor) -> Tensor:
        projected = source @ model.weights[f"{layer}.{name}"]
        return projected.view(batch, length, heads, width // heads).transpose(1, 2)

    query, key, value = split("query", hidden), split("key", hidden), split("value", hidden)
    toward = query.transpose(-1, -2) * (width // heads) ** -0.5
    scores = key @ toward  # from, to: a softmax over rows is several times faster than one over short lines
    if myopic:
        key_cut, value_cut = split("key", hidden.detach()), split("value", hidden.detach())
        own = torch.eye(length, dtype=torch.bool)
        scores = torch.where(own, scores, key_cut @ toward)
    future = torch.ones(length, length, dtype=torch.bool).tril(-1)
    attention = scores.masked_fill(future, -torch.inf).softmax(-2).transpose(-1, -2)
    if myopic:
        itself = attention.diagonal(dim1=-2, dim2=-1)[..., None]
        mixed = attention @ value_cut + itself * (value - value_cut)
    else:
        mixed = attention @ value
    return mixed.transpose(1, 2).reshape(batch, length, width) @ model.weights[f"{layer}.out"], attention


def _norm(hidden: Tensor) -> Tensor:
    return F.layer_norm(hidden, hidden.shape[-1:])


def _random(rows: int, columns: int, scale: float) -> Any:
    return (torch.randn(rows, columns) * scale).requires_grad_()
