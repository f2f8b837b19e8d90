"""A tiny experiment without any library: for tests of the runner, and told to misbehave by a knob."""

import os
import random
import time

from kb.reproductions.model import (
    Check,
    Curve,
    Knobs,
    Panel,
    Param,
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """A number near ``size``, a number near 0, and whatever trouble is asked for."""
    say("thinking", 0.5)
    trouble = knobs["trouble"]
    if trouble == "raise" or (trouble == "raise on 2" and seed == 2):
        raise ValueError("told to")
    if trouble == "die":
        os._exit(7)
    if trouble == "hang" or (trouble == "hang on 2" and seed == 2):
        time.sleep(600)
    if trouble == "memory":
        return SeedResult({"effect": float(len(bytearray(64 * 1024**3)))})
    value = random.Random(seed).random()
    effect = float("nan") if trouble == "nan" else knobs["size"] + value / 100
    print("libraries print things")
    line = Curve((1.0, 10.0), (value, effect))
    return SeedResult({"effect": effect, "control": value / 100}, {"line": line}, {"grid": [[0.0, value], [1.0, 0.5]]})


REPRODUCTION = Reproduction(
    id="made-up",
    title="Made up",
    kind="empirical",
    papers=(),
    readings=(),
    claim="A number is large.",
    published=(),
    scaled_down="Everything.",
    params={
        "size": Param(1.0, "the number", low=0.0, high=10.0),
        "count": Param(3, "not used"),
        "loud": Param(False, "not used"),
        "trouble": Param("", "what goes wrong"),
    },
    checks=(Check("large", "effect", "effect", ">=", 0.5), Check("small", "control", "control", "<=", 0.1)),
    sabotage=(Sabotage("large", "control", "the control"),),
    ask_first=(Question("How large?", "effect"), Question("Large?", "effect", ("no", "yes"), 0.5)),
    panels=(
        Panel("A line", "lines", ("line", "no such line"), "x", "y", (("one", 1.0),), log_x=True),
        Panel("Bars", "bars", ("effect", "control")),
        Panel("Grid", "grid", ("grid",)),
    ),
    expected=Runtime(0.1, 0.1),
    lesson="None.",
    limits=(),
    next_questions=(),
    run_seed=run_seed,
    seeds=(1, 2, 3),
    needs_torch=False,
)
