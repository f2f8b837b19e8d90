"""The off-switch game: a robot that is unsure what the human wants gains by letting itself be switched off.

The robot may act (worth U to the human), switch itself off (worth 0), or wait and let the human decide, who knows U.
Waiting is worth Delta = E[p(U) U] - max(E[U], 0) more than the best alternative, where p(U) is the chance that the
human lets it act: a rational human does where U > 0; a noisy one with chance 1 / (1 + exp(-U / noise)).
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

_SPREADS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
_NOISES = (0.0, 0.5, 1.0, 2.0, 4.0)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """The gain from waiting over the robot's doubt and the human's noise."""
    rng = np.random.default_rng(seed)
    draws = rng.normal(size=knobs["draws"])
    mean = knobs["mean"]
    table = [[gain(mean + spread * draws, noise) for spread in _SPREADS] for noise in _NOISES]
    say("other means", 0.8)
    anywhere = [gain(rng.normal() + abs(rng.normal()) * draws, 0.0) for _ in range(20)]
    metrics = {
        "smallest gain, rational human": min(anywhere),
        "gain, unsure robot": gain(mean + knobs["spread"] * draws, 0.0),
        "gain, sure robot": abs(gain(np.full(10, mean + 1.0), 0.0)),
        "gain, sure robot, signed": gain(np.full(10, mean + 1.0), 0.0),
        "gain, fairly sure robot, noisy human": gain(0.5 + 0.2 * draws, knobs["noise"]),
        "gain, fairly sure robot, rational human": gain(0.5 + 0.2 * draws, 0.0),
        "smallest gain, noisy human": min(gain(0.5 + spread * draws, knobs["noise"]) for spread in _SPREADS),
    }
    curves = {f"human noise {noise:g}": Curve(_SPREADS, tuple(row)) for noise, row in zip(_NOISES, table, strict=True)}
    return SeedResult(metrics, curves, {"gain": table})


def gain(utility: Array, noise: float) -> float:
    """Delta of the paper: what waiting is worth beyond acting or switching off."""
    allowed: Any = (utility > 0).astype(float) if noise == 0 else 1 / (1 + np.exp(-np.clip(utility / noise, -60, 60)))
    return float((allowed * utility).mean() - max(float(utility.mean()), 0.0))


REPRODUCTION = Reproduction(
    id="off-switch-game",
    title="The off-switch game",
    kind="theory-check",
    papers=(PaperRef("The Off-Switch Game", "1611.08219", "theorem 1"),),
    readings=("agisf-2022", "probabilistic-foundations"),
    claim="A robot that is unsure of the human's utility gains by deferring to a rational human. Where it is sure, or "
    "the human irrational, the incentive vanishes or turns round.",
    published=(),
    scaled_down="The game itself, with normal beliefs, by simulation. It is as large as the paper's; what it says of "
    "trained agents is another matter.",
    params={
        "mean": Param(0.0, "the robot's mean belief about U", low=-5.0, high=5.0),
        "spread": Param(1.5, "standard deviation of that belief", low=0.0, high=10.0),
        "noise": Param(1.0, "the noisy human's noise", low=0.01, high=20.0),
        "draws": Param(200_000, "draws of U", low=100, high=2_000_000),
    },
    checks=(
        Check("unsure robot gains by waiting", "effect", "gain, unsure robot", ">=", 0.3, "theory: .6 of a unit"),
        Check("never loses with a rational human", "effect", "smallest gain, rational human", ">=", -0.001, ""),
        Check("loses with a noisy human if sure", "effect", "gain, fairly sure robot, noisy human", "<=", -0.05, ""),
        Check("sure robot gains nothing", "control", "gain, sure robot", "<=", 1e-6, "exact"),
    ),
    sabotage=(
        Sabotage("unsure robot gains by waiting", "gain, sure robot, signed", "sure robot"),
        Sabotage("never loses with a rational human", "smallest gain, noisy human", "noisy human"),
        Sabotage("loses with a noisy human if sure", "gain, fairly sure robot, rational human", "rational human"),
    ),
    ask_first=(
        Question("Belief with mean 0 and spread 1.5: what is waiting worth?", "gain, unsure robot"),
        Question(
            "Belief .5 plus or minus .2 and a noisy human: does waiting gain or lose?",
            "gain, fairly sure robot, noisy human",
            ("lose", "gain"),
            0.0,
        ),
    ),
    panels=(
        Panel(
            "What waiting is worth (mean belief 0)",
            "lines",
            tuple(f"human noise {noise:g}" for noise in _NOISES),
            "spread of the robot's belief",
            "gain",
        ),
        Panel("The same: noise (down) by spread (across)", "grid", ("gain",)),
    ),
    expected=Runtime(0.2, 0.2),
    lesson="Deference is worth something only while there is doubt, and doubt only while the human is worth asking.",
    limits=(
        "The robot's doubt is given and never updated; in a long game it would shrink.",
        "A human who is wrong without knowing it is only one of many kinds of irrationality.",
    ),
    next_questions=(
        "At which noise does an unsure robot (spread 1.5) stop gaining?",
        "What would a robot do that could choose how much to learn beforehand?",
    ),
    run_seed=run_seed,
    needs_torch=False,
)
