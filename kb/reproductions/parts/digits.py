"""scikit-learn's 1797 handwritten digits, 8 by 8 pixels: part of that package, so nothing is downloaded."""

from dataclasses import dataclass

from kb.reproductions.lazy_numpy import Array, Tensor, np, torch


@dataclass(frozen=True)
class Split:
    """Images with pixels in [0, 1] and their labels, to train on and to test on."""

    x: Tensor
    y: Tensor
    x_test: Tensor
    y_test: Tensor


def all_digits() -> tuple[Array, Array]:
    """Every image as 64 numbers in [0, 1], and its label."""
    from sklearn.datasets import load_digits

    data = load_digits()
    return (data.data / 16.0).astype(np.float32), data.target.astype(np.int64)


def digits(seed: int, train: int = 1200) -> Split:
    """The digits, shuffled by the seed and split."""
    images, labels = all_digits()
    order = np.random.default_rng(seed).permutation(len(labels))
    x, y = torch.from_numpy(images[order]), torch.from_numpy(labels[order])
    return Split(x[:train], y[:train], x[train:], y[train:])
