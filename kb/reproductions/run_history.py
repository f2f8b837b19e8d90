"""A run beside the earlier runs of the same experiment, and how well the reader's predictions have done."""

from collections.abc import Sequence

from kb.reproductions.code_hash import present_hash
from kb.reproductions.environment import processor
from kb.reproductions.model import Reproduction
from kb.reproductions.store import Data


def comparable(run: Data, earlier: Sequence[Data]) -> list[Data]:
    """Earlier runs with the same knobs and the same version of the experiment."""
    same = ("version", "mode", "knobs")
    return [one for one in earlier if one["run"] != run["run"] and all(one[name] == run[name] for name in same)]


def repeats(run: Data, earlier: Sequence[Data]) -> list[str]:
    """Metrics that differ from the last comparable run's although seed, code and libraries are the same."""
    same = [one for one in comparable(run, earlier) if _code(one) == _code(run)]
    same = [one for one in same if one["environment"] == run["environment"]]
    if not same:
        return []
    before = {seed["seed"]: seed.get("metrics", {}) for seed in same[-1]["seeds"]}
    changed = set()
    for seed in run["seeds"]:
        for name, value in seed.get("metrics", {}).items():
            if before.get(seed["seed"], {}).get(name, value) != value:
                changed.add(name)
    return sorted(changed)


def _code(run: Data) -> str:
    return present_hash(run["reproduction"], run["code"])


def seconds_a_seed(reproduction: Reproduction, runs: Sequence[Data], *, quick: bool = False) -> tuple[float, str]:
    """How long a seed takes, and where that was measured: here, if it has run here; else where it was written."""
    mode, here = ("quick" if quick else "full"), processor()
    for run in reversed(runs):
        took = [seed["seconds"] for seed in run["seeds"] if "seconds" in seed]
        if (run["mode"], run["version"], run["environment"]["cpu"]) == (mode, reproduction.version, here) and took:
            return sum(took) / len(took), "measured here, in your last run"
    expected = reproduction.expected
    return (expected.quick_s if quick else expected.seed_s), expected.measured_on


def calibration(runs: Sequence[Data]) -> dict[str, int]:
    """How many of the reader's predictions, over these runs and sweeps, were right; one asked again counts again."""
    scored = [one for run in runs for one in run.get("scored", ())]
    return {"right": sum(1 for one in scored if one["right"]), "asked": len(scored)}
