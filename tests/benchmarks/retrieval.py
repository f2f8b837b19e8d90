"""Ranking quality on any collection in BEIR layout, through the product's own index and search.

    python -m tests.benchmarks.retrieval DIR [--json] [--split test] [--home DIR] [--ablation]

Each document becomes a paper, cut into passages as every paper is; a query's answer is the search grouped by paper.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any, get_args

from kb.config import Home
from kb.indexing.drain import drain
from kb.library.record import Record
from kb.models.search import Mode
from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport
from kb.reading.passages import cut
from kb.recall.embed import Embedder, load_embedder
from kb.recall.texts import Texts
from kb.search.search_engine import SearchEngine
from tests.benchmarks.ablation import ablate
from tests.benchmarks.beir import Collection, Document, ndcg, read_collection, recall

PARSER = "beir 1"
DEPTH = 100


def build(home: Home, collection: Collection, embedder: Embedder) -> None:
    """Put every document into the index that is not there yet; a run that was stopped is taken up again."""
    with Texts(home.texts) as texts, Record.open(home) as record:
        known = texts.stamps()
        for document in collection.documents:
            parsed = as_parsed(document, embedder)
            if parsed.sha256 not in known:
                texts.put(document.id, parsed, title=document.title)
        shown = time.monotonic()
        for step in drain(home, record, texts, embedder):
            if time.monotonic() - shown > 10 or step.what != "step":
                shown = time.monotonic()
                print(f"{step.done} of {step.total} {step.message}", file=sys.stderr)


def as_parsed(document: Document, embedder: Embedder) -> ParsedDocument:
    """The document as a parser would hand it over."""
    sha256 = hashlib.sha256(document.id.encode()).hexdigest()
    lines = [line for line in document.text.splitlines() if line.strip()] or [document.title]
    blocks = tuple(Block(index=at, kind=BlockKind.TEXT, text=line, page=1) for at, line in enumerate(lines))
    return ParsedDocument(
        sha256=sha256,
        report=ParseReport(stage=1, parser=PARSER, pages=1),
        blocks=blocks,
        passages=cut(blocks, (), embedder.spans, sha256),
    )


def measure(search_engine: SearchEngine, collection: Collection, mode: Mode) -> dict[str, Any]:
    """Mean nDCG@10 and recall@100 of one mode, and how long a query took."""
    gains, recalls, times = [], [], []
    for id_, query in collection.queries.items():
        result = search_engine.search(query, where="passages", mode=mode, limit=DEPTH + 1, grouped=True)
        found = [hit.paper or "" for hit in result.hits if hit.paper != id_]
        gains.append(ndcg(found, collection.judged[id_]))
        recalls.append(recall(found, collection.judged[id_], DEPTH))
        times.append(result.took_ms)
    times.sort()
    return {
        "ndcg@10": round(mean(gains), 4),
        "recall@100": round(mean(recalls), 4),
        "median_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
    }


def run(folder: Path, home: Home, split: str, *, ablation: bool = False) -> dict[str, Any]:
    """Index what is not indexed yet, and measure every mode; with ``ablation`` also what each part is worth."""
    start = time.perf_counter()
    collection = read_collection(folder, split)
    embedder = load_embedder(home.settings)
    build(home, collection, embedder)
    built = time.perf_counter() - start
    with SearchEngine(home, embedder, resident=True) as search_engine:
        search_engine.warm()
        found = {mode: measure(search_engine, collection, mode) for mode in get_args(Mode)}
        parts = {"ablation": ablate(search_engine, collection)} if ablation else {}
    names = ("ndcg@10", "recall@100", "median_ms", "p95_ms")
    return {
        **{name: {mode: found[mode][name] for mode in found} for name in names},
        **parts,
        "queries": len(collection.queries),
        "documents": len(collection.documents),
        "build_seconds": round(built, 1),
        "seconds": round(time.perf_counter() - start, 1),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.retrieval", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--home", type=Path, help="keep the index here, to measure again without building")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--ablation", action="store_true", help="also measure the ranking without each of its parts")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kb-retrieval-") as temporary:
        found = run(options.folder, Home(options.home or Path(temporary)), options.split, ablation=options.ablation)
    if options.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            if name == "ablation":
                print(*(f"  {way:<36} {kinds}" for way, kinds in value.items()), sep="\n")
            else:
                print(f"{name}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
