"""The model as the program runs it, beside sentence-transformers: passages a second, and a cold search from the shell.

python -m tests.benchmarks.model_speed [--passages N] [--json]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from kb.config import Home
from kb.indexing.drain import drain
from kb.library.record import Record
from kb.recall.embed import load_embedder, model_source
from kb.recall.embed.export import reference_model
from kb.recall.texts import Texts
from kb.search.search_engine import SearchEngine
from tests.support.documents import document

PRIMERS = Path(__file__).parents[2] / "reading_lists" / "primers"
QUERY = "why does the penalty keep the policy close"
_REFERENCE = """
import sys, numpy
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
scores = numpy.load(sys.argv[2]) @ model.encode_query([sys.argv[3]], normalize_embeddings=True)[0]
print(numpy.argsort(-scores)[:10])
"""


def passages(count: int) -> list[str]:
    """Passages of about 150 words, cut from the primers."""
    words = " ".join(file.read_text("utf-8") for file in sorted(PRIMERS.glob("*.md"))).split()
    starts = [number * 37 % (len(words) - 150) for number in range(count)]
    return [" ".join(words[start : start + 150]) for start in starts]


def throughput(texts: Sequence[str]) -> dict[str, float]:
    """Passages a second of both, and the least cosine between their vectors."""
    ours, reference = load_embedder(Home(Path(tempfile.gettempdir())).settings), reference_model(model_source(""))
    ours.encode_document(texts[:2])
    reference.encode_document(list(texts[:2]))
    found, mine = _timed(lambda: ours.encode_document(texts))
    expected, theirs = _timed(
        lambda: reference.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
    )
    return {
        "passages_per_s": round(len(texts) / mine, 1),
        "reference_per_s": round(len(texts) / theirs, 1),
        "ratio": round(theirs / mine, 2),
        "least_cosine": round(float(np.einsum("ij,ij->i", found, expected).min()), 7),
    }


def cold_search(home: Home, texts: Sequence[str], runs: int = 3) -> dict[str, float]:
    """The same query from the shell, in new processes, taking turns with a script that does only that."""
    embedder = load_embedder(home.settings)
    with Record.open(home) as record, Texts(home.texts) as index:
        index.put("primers", document("primers", texts), title="Primers")
        for _ in drain(home, record, index, embedder):
            pass
    vectors = home.root / "vectors.npy"
    np.save(vectors, embedder.encode_document(texts))
    environment = {**os.environ, "KB_HOME": str(home.root)}
    kb = [sys.executable, "-m", "kb", "search", QUERY, "--json"]
    script = [sys.executable, "-c", _REFERENCE, model_source("").place, str(vectors), QUERY]
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(_timed(lambda: subprocess.run(kb, env=environment, check=True, capture_output=True))[1])
        theirs.append(_timed(lambda: subprocess.run(script, check=True, capture_output=True))[1])
    return {
        "cold_s": round(median(ours), 2),
        "reference_cold_s": round(median(theirs), 2),
        "ratio": round(median(ours) / median(theirs), 3),
    }


def while_indexing(home: Home, texts: Sequence[str]) -> dict[str, float]:
    """Searches between the steps of taking in all those passages, as the engine does it: a step, then a search."""
    embedder = load_embedder(home.settings)
    waits = []
    with (
        Record.open(home) as record,
        Texts(home.texts) as index,
        SearchEngine(home, embedder, resident=True) as search_engine,
    ):
        search_engine.warm()
        index.put("more", document("more", [f"{text} again" for text in texts]), title="More")
        steps = drain(home, record, index, embedder)
        while True:
            step, worked = _timed(lambda: next(steps, None))
            if step is None:
                break
            _, searched = _timed(lambda: search_engine.search(QUERY))
            waits.append(worked + searched)
    waits.sort()
    return {
        "passages": len(texts),
        "search_median_ms": round(median(waits) * 1000),
        "search_p95_ms": round(waits[int(len(waits) * 0.95)] * 1000),
        "search_max_ms": round(waits[-1] * 1000),
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.model_speed", description=__doc__)
    parser.add_argument("--passages", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args(arguments)
    texts = passages(options.passages)
    with tempfile.TemporaryDirectory(prefix="kb-model-") as temporary:
        home = Home(Path(temporary))
        found = {
            "embedding": throughput(texts),
            "cold_search": cold_search(home, texts),
            "while_indexing": while_indexing(home, passages(400)),
        }
    print(json.dumps(found, indent=None if options.json else 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
