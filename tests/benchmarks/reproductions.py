"""The whole table of reproductions: each in full, on the seeds that it names and on other blocks, or in quick mode.

``python -m tests.benchmarks.reproductions --json`` prints what every check came to; a run takes minutes, so ``--only``
takes some of them and ``--keep FOLDER`` goes on from where an earlier call was stopped. Seconds are processor seconds
of a seed, which a busy machine changes least, beside the wall seconds that it took.

``--pace`` compares five seeds one after the other with the same five two side by side: wall and processor seconds of
each, for a machine that does nothing else.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kb.config import Home
from kb.reproductions.model import Reproduction
from kb.reproductions.registry import find_reproduction, reproductions
from kb.reproductions.runner import plan, run
from kb.reproductions.seeds import SeedLimits, SeedStep, run_seeds

PACE_SEEDS, PACE_S = 5, 130
"""Five seeds, one after the other, are to take no longer than this."""


def main() -> None:
    """Run what was asked for and print a table, or JSON."""
    options = _options()
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(options.keep or scratch))
        for one in _chosen(options.only):
            for block in options.block:
                rows.append(_pace(home, one, block) if options.pace else _row(home, one, block, options))
                print((_pace_line if options.pace else _line)(rows[-1]), file=sys.stderr)
    if options.json:
        print(json.dumps({"reproductions": rows}, indent=1))


def _chosen(names: list[str] | None) -> list[Reproduction]:
    """Those that are named, or all; a name that there is not ends it."""
    for name in names or ():
        find_reproduction(name)
    return [one for one in reproductions() if not names or one.id in names]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="ids")
    parser.add_argument(
        "--block", type=int, nargs="*", default=[0], help="add this to each seed; several are run in turn"
    )
    parser.add_argument("--quick", action="store_true", help="quick mode only")
    parser.add_argument("--pace", action="store_true", help="five seeds in turn and two side by side; no verdicts")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", help="a home in which the runs stay")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _pace(home: Home, one: Reproduction, block: int) -> dict[str, Any]:
    """Wall and processor seconds of five seeds, on one thread and on two; with imports, as a reader waits for them."""
    row: dict[str, Any] = {"reproduction": one.id, "block": block}
    seeds = [seed + block for seed in one.seeds[:PACE_SEEDS]]
    for at_once in (1, 2):
        began = time.perf_counter()
        steps = list(run_seeds(one, seeds, one.knobs(quick=False), SeedLimits.of(one, generous=True), at_once=at_once))
        results = [step.result for step in steps if step.result]
        row |= {
            f"wall_s_{at_once}": time.perf_counter() - began,
            f"cpu_s_{at_once}": sum(result["cpu_seconds"] for result in results),
            f"finished_{at_once}": len(results),
        }
    return {**row, "two_over_one": row["wall_s_2"] / row["wall_s_1"], "memory_mb": max(r["memory_mb"] for r in results)}


def _pace_line(row: dict[str, Any]) -> str:
    each = " | ".join(
        f"{at_once} at once: {row[f'wall_s_{at_once}']:6.1f} wall s, {row[f'cpu_s_{at_once}']:6.1f} cpu s"
        for at_once in (1, 2)
    )
    missing = "" if row["finished_1"] == row["finished_2"] == PACE_SEEDS else " | NOT ALL SEEDS FINISHED"
    slow = f" | over {PACE_S} s" if row["wall_s_1"] > PACE_S else ""
    return f"{row['reproduction']:<27} {each} | ratio {row['two_over_one']:.2f}{slow}{missing}"


def _row(home: Home, one: Reproduction, block: int, options: argparse.Namespace) -> dict[str, Any]:
    seeds = [seed + block for seed in (one.seeds[:1] if options.quick else one.seeds)]
    planned = plan(one, one.knobs(quick=options.quick), quick=options.quick, seeds=seeds, at_once=options.jobs)
    done: dict[str, Any] = {}
    for step in run(home, planned):
        if not isinstance(step, SeedStep):
            done = step
    main_check = next(check for check in done["checks"] if check["name"] == one.main.name)
    costs = {name: [seed.get(name, 0.0) for seed in done["seeds"]] for name in ("seconds", "cpu_seconds", "memory_mb")}
    return {
        "reproduction": one.id,
        "block": block,
        "mode": done["mode"],
        "verdict": done["verdict"],
        "why": done["why"],
        "headroom": done["headroom"],
        "main": {name: main_check[name] for name in ("name", "mean", "lo", "hi", "op", "threshold")},
        "checks": [
            {
                name: check[name]
                for name in ("name", "role", "mean", "lo", "hi", "op", "threshold", "status", "headroom")
            }
            for check in done["checks"]
        ],
        "sabotage": [{name: check[name] for name in ("name", "mean", "status")} for check in done["sabotage"]],
        "seeds": [seed["seed"] for seed in done["seeds"]],
        "wall_s_a_seed": sum(costs["seconds"]) / len(seeds),
        "cpu_s_a_seed": sum(costs["cpu_seconds"]) / len(seeds),
        "run_wall_s": done["seconds"],
        "memory_mb": max(costs["memory_mb"]),
    }


def _line(row: dict[str, Any]) -> str:
    found = row["main"]
    interval = "" if found["lo"] is None else f" [{found['lo']:.3g}, {found['hi']:.3g}]"
    mean = "–" if found["mean"] is None else f"{found['mean']:.3g}"
    passed = [one["name"] for one in row["sabotage"] if one["status"] == "pass"]
    off = [f"{one['name']}={one['mean']}" for one in row["checks"] if one["status"] != "pass"]
    costs = f"{row['cpu_s_a_seed']:.1f} cpu s, {row['wall_s_a_seed']:.1f} wall s a seed, {row['memory_mb']:.0f} MB"
    return (
        f"{row['reproduction']:<27} {row['block']:>4} {row['verdict']:<14} {found['name']}: {mean}{interval} "
        f"{found['op']} {found['threshold']:g} | {costs} | headroom {row['headroom']} | "
        f"not passed: {off} | sabotage passed: {passed}"
    )


if __name__ == "__main__":
    main()
