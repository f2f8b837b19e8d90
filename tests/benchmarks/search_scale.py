"""How search behaves as a library grows: latency by mode and filter, memory, disk, and what building and adding cost.

    python -m tests.benchmarks.search_scale [10000 100000 1000000] [--json] [--home DIR] [--queries N]

Passages are made of words drawn as often as in real text; their vectors come from those words, not from a model, so
that what is measured is the index and the search. Everything goes through the product's own index and search.
A million passages take about 40 minutes of one core and 6 GB of disk to build; with ``--home`` that is done once.
"""

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from kb.config import Home
from kb.indexing.drain import drain
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.paper import PaperDraft
from kb.models.text import ParsedDocument, ParseReport, Passage
from kb.recall.embed import Vectors32
from kb.recall.texts import Texts
from kb.search.search_engine import SearchEngine

VOCABULARY, LENGTH, A_PAPER = 40_000, 120, 100
DIMENSION = 384


class WordSum:
    """Vectors as sums of fixed directions, one a word; as long as MiniLM's, and a thousand times as fast."""

    name, dimension, max_tokens = "word-sum", DIMENSION, 256

    def __init__(self) -> None:
        self._directions = np.random.default_rng(3).standard_normal((VOCABULARY + 1, DIMENSION)).astype(np.float32)

    def encode_query(self, texts: Sequence[str]) -> Vectors32:
        """One row for each text."""
        return np.stack([self._one(text) for text in texts])

    encode_document = encode_query

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Words."""
        return [match.span() for match in re.finditer(r"\S+", text)]

    def _one(self, text: str) -> Vectors32:
        rows = [int(word[1:]) if word[1:].isdigit() else VOCABULARY for word in text.split()] or [VOCABULARY]
        total = self._directions[rows].sum(axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def texts_of(count: int, seed: int) -> Iterator[str]:
    """Passages of words with Zipf's frequencies, each about a few rarer words that come several times."""
    random = np.random.default_rng(seed)
    common = np.searchsorted(_up_to(), random.random((count, LENGTH)))
    topics = random.integers(100, VOCABULARY, (count, 3)).repeat(4, axis=1)
    for row in np.concatenate([common, topics], axis=1).tolist():
        yield " ".join(f"w{number}" for number in row)


@lru_cache
def _up_to() -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The share of all words that each word and those before it have."""
    shares = np.cumsum(1.0 / np.arange(1, VOCABULARY + 1))
    return np.asarray(shares / (shares[-1] * (1 + 1e-12)))


def queries_of(count: int) -> list[str]:
    """Two words that are common, three that are rarer: as people ask."""
    random = np.random.default_rng(99)
    return [
        " ".join(f"w{number}" for number in (*random.integers(5, 300, 2), *random.integers(300, VOCABULARY, 3)))
        for _ in range(count)
    ]


def build(home: Home, count: int, embedder: WordSum) -> dict[str, float]:
    """Fill the home up to that many passages; returns what each step cost."""
    with Texts(home.texts) as texts, Record.open(home) as record:
        have = texts.counts()["documents"]
        start = time.perf_counter()
        for number in range(have, count // A_PAPER):
            _add_paper(record, texts, number)
        parsed = time.perf_counter()
        for _ in drain(home, record, texts, embedder, slice_size=64, step_s=10.0):
            pass
        indexed = time.perf_counter()
        _add_paper(record, texts, count // A_PAPER)
        added = time.perf_counter()
        for _ in drain(home, record, texts, embedder):
            pass
    return {
        "words_s": round(parsed - start, 1),
        "meaning_s": round(indexed - parsed, 1),
        "add_paper_words_ms": round((added - indexed) * 1000),
        "add_paper_meaning_ms": round((time.perf_counter() - added) * 1000),
    }


def _add_paper(record: Record, texts: Texts, number: int) -> None:
    papers = Papers(record)
    year = 1990 + number % 35
    paper = papers.add(PaperDraft(title=f"Paper {number}", authors=(f"Author {number % 500}",), year=year))
    sha256 = f"{number:016x}" * 4
    passages = tuple(
        Passage(
            id=f"{sha256[:16]}:{at}",
            index=at,
            text=text,
            section=None,
            section_title=f"Section {at // 10}",
            page=1 + at // 5,
            first_block=at,
            last_block=at,
            tokens=LENGTH,
        )
        for at, text in enumerate(texts_of(A_PAPER, number))
    )
    report = ParseReport(stage=1, parser="benchmark 1", pages=20)
    texts.put(paper.id, ParsedDocument(sha256=sha256, report=report, passages=passages), title=paper.title)


def measure_apart(home: Home, queries: Sequence[str]) -> dict[str, Any]:
    """The same in a process that has built nothing, so that its memory is that of searching."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        return other.submit(measure, home, WordSum(), queries).result()


def measure(home: Home, embedder: WordSum, queries: Sequence[str]) -> dict[str, Any]:
    """Latency of each mode, warm, and of filters that leave much and little."""
    asked: dict[str, Callable[[SearchEngine, str], Any]] = {
        "hybrid": lambda search_engine, query: search_engine.search(query),
        "words": lambda search_engine, query: search_engine.search(query, mode="words"),
        "meaning": lambda search_engine, query: search_engine.search(query, mode="meaning"),
        "grouped": lambda search_engine, query: search_engine.search(query, grouped=True),
        "year: half": lambda search_engine, query: search_engine.search(f"year:2007.. {query}"),
        "author: 1 in 500": lambda search_engine, query: search_engine.search(f'author:"author 7" {query}'),
        "typing": lambda search_engine, query: search_engine.search(query, mode="words", typing=True),
    }
    found: dict[str, Any] = {}
    with SearchEngine(home, embedder, resident=True) as search_engine:
        start = time.perf_counter()
        search_engine.warm()
        search_engine.search(queries[0])
        found["open_and_first_ms"] = round((time.perf_counter() - start) * 1000)
        for name, ask in asked.items():
            for query in queries[:3]:
                ask(search_engine, query)
            found[name] = _spread([_timed(ask, search_engine, query) for query in queries])
    found["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    sizes = {file: file.stat().st_size for file in home.derived.rglob("*") if file.is_file()}
    found["disk_mb"] = round(sum(sizes.values()) / 2**20)
    return found


def _timed(ask: Callable[[SearchEngine, str], Any], search_engine: SearchEngine, query: str) -> tuple[float, float]:
    """Milliseconds by the clock, and of processor time, which a busy machine does not lengthen as much."""
    start, worked = time.perf_counter(), time.process_time()
    ask(search_engine, query)
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


def _spread(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    found = {}
    for name, values in zip(("ms", "cpu_ms"), zip(*times, strict=True), strict=True):
        ordered = sorted(values)
        found[f"p50_{name}"] = round(ordered[len(ordered) // 2], 1)
        found[f"p95_{name}"] = round(ordered[int(len(ordered) * 0.95)], 1)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search_scale", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--home", type=Path, help="keep the library here, to measure again without building")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args(arguments)
    embedder, found = WordSum(), {}
    with tempfile.TemporaryDirectory(prefix="kb-scale-") as temporary:
        home = Home(options.home or Path(temporary))
        for size in options.sizes:
            cost = build(home, size, embedder)
            found[str(size)] = {**cost, **measure_apart(home, queries_of(options.queries))}
            if not options.json:
                print(size, json.dumps(found[str(size)], indent=1))
    if options.json:
        print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
