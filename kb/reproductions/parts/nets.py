"""Small networks, one way to train a classifier, and what is read off it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from kb.reproductions.lazy_numpy import F, Tensor, torch


def fresh(seed: int, arm: int = 0) -> Any:
    """Seed torch for one arm of one seed, so that arms do not depend on each other's order; its own generator too."""
    torch.manual_seed(1000 * seed + arm)
    return torch.Generator().manual_seed(1000 * seed + arm + 500)


def mlp(*sizes: int, act: str = "ReLU") -> Any:
    """A multilayer perceptron with the given layer sizes."""
    layers: list[Any] = []
    for before, after in pairwise(sizes):
        layers += [torch.nn.Linear(before, after), getattr(torch.nn, act)()]
    return torch.nn.Sequential(*layers[:-1])


def fit(
    model: Any,
    x: Tensor,
    y: Tensor,
    generator: Any,
    *,
    epochs: int,
    batch: int = 64,
    lr: float = 1e-3,
    weight_decay: float = 0.0,
    change: Callable[[Any, Tensor, Tensor], Tensor] | None = None,
    after: Callable[[int], None] | None = None,
) -> Any:
    """Train with Adam on cross-entropy; ``change`` alters each batch's inputs, ``after`` is called after each epoch."""
    kind = torch.optim.AdamW if weight_decay else torch.optim.Adam
    options = {"weight_decay": weight_decay} if weight_decay else {}
    optimiser = kind(model.parameters(), lr=lr, **options)
    for epoch in range(epochs):
        for picked in torch.randperm(len(x), generator=generator).split(batch):
            inputs = x[picked] if change is None else change(model, x[picked], y[picked])
            loss = F.cross_entropy(model(inputs), y[picked])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        if after is not None:
            after(epoch)
    return model


def accuracy(model: Any, x: Tensor, y: Tensor) -> float:
    """The share of inputs that get their own label."""
    with torch.no_grad():
        return float((model(x).argmax(-1) == y).double().mean())


def probabilities(model: Any, x: Tensor) -> Tensor:
    """Softmax outputs."""
    with torch.no_grad():
        return F.softmax(model(x), -1)
