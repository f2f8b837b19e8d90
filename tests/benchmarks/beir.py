"""A collection in BEIR layout, and the measures that are published for such collections."""

import csv
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.recall.query import FILTERS

_MINUS = re.compile(r"(?<!\S)-(?=\S)")
_FILTER = re.compile(rf"\b({'|'.join(FILTERS)}):(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """One entry of the corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Collection:
    """Documents, queries that have judgements, and how relevant which document is to which query."""

    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path, split: str = "test") -> Collection:
    """``corpus.jsonl``, ``queries.jsonl`` and ``qrels/{split}.tsv`` of the folder."""
    documents = tuple(
        Document(str(row["_id"]), row.get("title") or "", row.get("text") or "")
        for row in _rows(folder / "corpus.jsonl")
    )
    judged = _judged(folder / "qrels" / f"{split}.tsv")
    rows = _rows(folder / "queries.jsonl")
    queries = {str(row["_id"]): as_text(row["text"]) for row in rows if str(row["_id"]) in judged}
    return Collection(documents, queries, judged)


def as_text(query: str) -> str:
    """The query without what search would read as an exact phrase, an unwanted word or a filter.

    Queries of a collection are sentences: what stands in quotation marks there need not stand in the answer.
    """
    return _FILTER.sub(r"\1 ", _MINUS.sub(" ", query.replace('"', " "))).strip() or query


def ndcg(found: Sequence[str], relevant: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain, as trec_eval computes it."""
    gain = sum(max(relevant.get(id_, 0), 0) / math.log2(place + 2) for place, id_ in enumerate(found[:depth]))
    best = sorted((value for value in relevant.values() if value > 0), reverse=True)[:depth]
    ideal = sum(value / math.log2(place + 2) for place, value in enumerate(best))
    return gain / ideal if ideal else 0.0


def recall(found: Sequence[str], relevant: Mapping[str, int], depth: int = 100) -> float:
    """Share of the relevant documents that are among the first ``depth``."""
    wanted = {id_ for id_, value in relevant.items() if value > 0}
    return len(wanted.intersection(found[:depth])) / len(wanted) if wanted else 0.0


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _judged(file: Path) -> dict[str, dict[str, int]]:
    """Judgements by query; a query without any relevant document is left out, as is usual."""
    judged: dict[str, dict[str, int]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t"):
            if len(row) == 3 and row[2].lstrip("-").isdigit():
                judged.setdefault(row[0], {})[row[1]] = int(row[2])
    return {query: found for query, found in judged.items() if any(value > 0 for value in found.values())}
