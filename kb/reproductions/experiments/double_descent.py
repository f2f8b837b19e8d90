"""Double descent: the test error peaks where a model can just interpolate, and falls again beyond.

Ridgeless regression on N random ReLU features of n noisy digits. At N = n the only interpolating solution is wild; with
more features the smallest one is chosen among many. A little ridge removes the peak.
"""

from typing import Any

from kb.reproductions.lazy_numpy import Array, np
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
from kb.reproductions.parts.digits import all_digits

_RATIOS = (0.03, 0.1, 0.3, 0.6, 0.8, 0.9, 1.0, 1.1, 1.3, 2.0, 4.0, 10.0)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Fit with more and more features: without ridge, with ridge, and without noise in the labels."""
    arms = {"no ridge": (0.0, knobs["flip"]), "ridge": (knobs["ridge"], knobs["flip"]), "clean labels": (0.0, 0.0)}
    lines: dict[str, list[float]] = {}
    trains: list[float] = []
    counts = [max(round(ratio * knobs["n"]), 2) for ratio in _RATIOS if ratio <= knobs["widest"]]
    for at, (arm, (ridge, flip)) in enumerate(arms.items()):
        say(arm, at / 3)
        data = _data(seed, knobs["n"], flip)
        errors = [_errors(data, count, ridge, np.random.default_rng([seed, count])) for count in counts]
        lines[arm] = [test for _, test in errors]
        if arm == "no ridge":
            trains = [train for train, _ in errors]
    metrics = {f"{arm}: peak minus widest": _peak(line, counts, knobs["n"]) - line[-1] for arm, line in lines.items()}
    metrics |= {f"{arm}: error at the peak": _peak(line, counts, knobs["n"]) for arm, line in lines.items()}
    beyond = [
        (error, count) for error, count in zip(lines["no ridge"], counts, strict=True) if count >= 0.25 * knobs["n"]
    ]
    metrics["no ridge: features at the peak"] = float(max(beyond)[1])
    before = [error for error, count in zip(lines["no ridge"], counts, strict=True) if count < 0.7 * knobs["n"]]
    metrics["classical minimum minus widest"] = min(before) - lines["no ridge"][-1]
    metrics["widest: training error"] = trains[-1]
    metrics["ridge: best error"] = min(lines["ridge"])
    shown = tuple(float(count) for count in counts)
    curves = {f"test, {arm}": Curve(shown, tuple(line)) for arm, line in lines.items()}
    return SeedResult(metrics, {**curves, "training, no ridge": Curve(shown, tuple(trains))})


def _data(seed: int, n: int, flip: float) -> tuple[Array, Array, Array, Array]:
    """Images and one-hot labels, a share of the training labels drawn at random, and a test set."""
    rng = np.random.default_rng(seed)
    images, labels = all_digits()
    order = rng.permutation(len(labels))
    x, y = images[order].astype(float), labels[order]
    noisy = np.where(rng.random(n) < flip, rng.integers(0, 10, n), y[:n])
    return x[:n], np.eye(10)[noisy], x[n : n + 800], y[n : n + 800]


def _errors(data: tuple[Array, Array, Array, Array], count: int, ridge: float, rng: Any) -> tuple[float, float]:
    """Training and test error with this many features."""
    x, y, x_test, y_test = data
    first, shift = rng.normal(size=(x.shape[1], count)) / 4, rng.normal(size=count) / 4
    seen, unseen = (np.maximum(one @ first + shift, 0) / np.sqrt(count) for one in (x, x_test))
    if ridge:
        weights = seen.T @ np.linalg.solve(seen @ seen.T + ridge * np.eye(len(seen)), y)
    else:
        weights = np.linalg.pinv(seen, rcond=1e-10) @ y
    train = float(((seen @ weights).argmax(1) != y.argmax(1)).mean())
    return train, float(((unseen @ weights).argmax(1) != y_test).mean())


def _peak(line: list[float], counts: list[int], n: int) -> float:
    """The largest error near the threshold, N = n."""
    return max(error for error, count in zip(line, counts, strict=True) if 0.75 * n <= count <= 1.35 * n)


REPRODUCTION = Reproduction(
    id="double-descent",
    title="Double descent in random features",
    kind="empirical",
    papers=(
        PaperRef("Deep Double Descent: Where Bigger Models and More Data Hurt", "1912.02292"),
        PaperRef("Reconciling modern machine learning practice and the bias-variance trade-off", "1812.11118"),
    ),
    readings=("ml-basics", "mlss"),
    claim="Test error peaks where a model can just interpolate its training data, and falls again as it grows further. "
    "Regularisation removes the peak.",
    published=(),
    scaled_down="300 digits and random ReLU features with a linear readout in place of trained deep networks: the peak "
    "is the same phenomenon, and here it can be computed in a second.",
    params={
        "n": Param(300, "training images", low=30, high=900),
        "flip": Param(0.15, "share of random training labels", low=0.0, high=1.0),
        "ridge": Param(0.03, "ridge penalty of the second arm", low=0.0, high=10.0),
        "widest": Param(10.0, "most features, as a multiple of n", low=1.3, high=20.0, quick=2.0),
    },
    checks=(
        Check("a peak at the threshold", "effect", "no ridge: peak minus widest", ">=", 0.3, "test error"),
        Check("ridge removes it", "control", "ridge: peak minus widest", "<=", 0.05, ""),
        Check("beyond the classical minimum", "extra", "classical minimum minus widest", ">=", 0.0, "often said"),
    ),
    sabotage=(Sabotage("a peak at the threshold", "ridge: peak minus widest", "with ridge"),),
    ask_first=(
        Question("How high is the test error at the peak (chance: .9)?", "no ridge: error at the peak"),
        Question(
            "Is the widest model better than the best small one?", "classical minimum minus widest", ("no", "yes"), 0.0
        ),
    ),
    panels=(
        Panel(
            "Error against the number of features (n = 300)",
            "lines",
            ("test, no ridge", "test, ridge", "test, clean labels", "training, no ridge"),
            "features",
            "error",
            log_x=True,
        ),
    ),
    expected=Runtime(1.4, 1.2),
    lesson="Parameters do not measure complexity: which of many solutions is chosen does. The peak goes with the "
    "number of labels: with n = 150, 300 and 600 it stood at 165, 330 and about 650 features. Without noise in the "
    "labels it is lower (an error of .56 in place of .79), but there.",
    limits=(
        "Random features with a linear readout: nothing of feature learning is in it.",
        "Ridge is better than any unregularised width here, which the famous picture hides.",
    ),
    next_questions=(
        "Set flip=0: how much of the peak is noise in the labels?",
        "Sweep n=150,300,600 for the features at the peak: where does it go, and what does more data do just there?",
    ),
    run_seed=run_seed,
    did_not_reproduce=("The second descent is not clearly below the classical minimum here; ridge is below both.",),
    needs_torch=False,
)
