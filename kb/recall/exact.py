"""Exact search over the kept vectors with numpy: for a few passages, for a first query, and where Chroma is damaged."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import Literal

from kb.models.search import Candidate
from kb.recall.cache import EmbeddingCache, is_sound
from kb.recall.embed.protocol import Vectors32

_ALL = "SELECT id, hash FROM passages WHERE live"
_SOME = "SELECT id, hash FROM passages WHERE live AND paper IN (SELECT value FROM json_each(?))"


def nearest_passages(
    texts: sqlite3.Connection,
    cache: EmbeddingCache,
    query: Vectors32,
    limit: int,
    papers: Collection[str] | None = None,
) -> list[Candidate]:
    """The passages nearest to the query vector, of those that have a vector."""
    rows = texts.execute(_ALL).fetchall() if papers is None else texts.execute(_SOME, (json.dumps(list(papers)),))
    return _nearest("passage", list(rows), cache, query, limit)


def nearest_notes(
    cache: EmbeddingCache, query: Vectors32, limit: int, notes: Collection[str] | None = None
) -> list[Candidate]:
    """The notes nearest to the query vector."""
    allowed = set(notes) if notes is not None else None
    known = [(note, key) for note, key in cache.notes().items() if allowed is None or note in allowed]
    return _nearest("note", known, cache, query, limit)


def _nearest(
    what: Literal["passage", "note"],
    texts: Sequence[tuple[str, bytes]],
    cache: EmbeddingCache,
    query: Vectors32,
    limit: int,
) -> list[Candidate]:
    import numpy as np

    rows = cache.rows(key for _, key in texts)
    kept = [(id_, rows[key]) for id_, key in texts if key in rows]
    if not kept:
        return []
    vectors = cache.vectors([row for _, row in kept])
    scores = np.where(is_sound(vectors), vectors @ query.reshape(-1), -1.0)
    best = np.argsort(-scores, kind="stable")[:limit]
    return [
        Candidate.model_construct(what=what, id=kept[index][0], score=float(scores[index]))
        for index in best
        if scores[index] > -1.0
    ]
