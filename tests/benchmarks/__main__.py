"""``make bench``: every benchmark in turn, each in its own process; ``python -m tests.benchmarks NAME…`` runs some.

Those that need real data say so and are skipped where it is missing. Quote ratios and medians: machines are noisy.
"""

import subprocess
import sys
import time
from pathlib import Path

from tests.support.shared_data import SHARED

HERE = Path(__file__).parent
TRUTH = SHARED / "parse_truth" / "outlines.jsonl"
NEEDS = {
    "parsing": (str(SHARED / "papers"), "--truth", str(TRUTH)),
    "retrieval": (str(SHARED / "retrieval" / "scifact"),),
    "anchors": (),
    "everyday": (),
}
"""Benchmarks that need the real data, and what they are called with."""
HELPERS = {
    "__init__",
    "__main__",
    "ablation",
    "beir",
    "big_library",
    "breakable",
    "mutation",
    "parsing_truth",
    "screen_driving",
}


def names() -> list[str]:
    """All benchmarks, by file name."""
    return sorted(file.stem for file in HERE.glob("*.py") if file.stem not in HELPERS)


def run(name: str) -> int:
    """Run one; its output goes where ours does."""
    if name in NEEDS and not SHARED.exists():
        print(f"== {name}: skipped, the real data is missing ({SHARED})", flush=True)
        return 0
    print(f"== {name}", flush=True)
    start = time.perf_counter()
    code = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", *NEEDS.get(name, ())], check=False
    ).returncode
    print(
        f"== {name}: {'done' if code == 0 else f'exit code {code}'} in {time.perf_counter() - start:.0f} s", flush=True
    )
    return code


def main() -> None:
    """Run what is named, or everything."""
    chosen = sys.argv[1:] or names()
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        sys.exit(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(names())}")
    sys.exit(max(run(name) for name in chosen))


if __name__ == "__main__":
    main()
