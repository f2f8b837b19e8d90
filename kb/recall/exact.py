"""Exact search over the kept vectors with numpy: for a few passages, for a first query, and where Chroma is damaged."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import Literal

from kb.models.search import Candidate
from kb.recall.cache import EmbeddingCache, is_sound
from kb.recall.embed.protocol import Vectors32

_ROWS = """
SELECT p.id, e.row FROM passages p CROSS JOIN {kept}.embeddings e ON e.model = :model AND e.hash = p.hash
WHERE p.live AND e.row < :room {narrow}
"""
_SOME = "AND p.paper IN (SELECT value FROM json_each(:papers))"


def nearest_passages(
    texts: sqlite3.Connection,
    cache: EmbeddingCache,
    query_vector: Vectors32,
    limit: int,
    papers: Collection[str] | None = None,
) -> list[Candidate]:
    """The passages nearest to the query vector, of those that have a vector."""
    query = _ROWS.format(kept=cache.attached_to(texts), narrow="" if papers is None else _SOME)
    values = {"model": cache.model, "room": cache.room(), "papers": json.dumps(list(papers or ()))}
    return _nearest("passage", texts.execute(query, values).fetchall(), cache, query_vector, limit)


def nearest_notes(
    cache: EmbeddingCache, query: Vectors32, limit: int, notes: Collection[str] | None = None
) -> list[Candidate]:
    """The notes nearest to the query vector."""
    allowed = set(notes) if notes is not None else None
    known = [(note, key) for note, key in cache.notes().items() if allowed is None or note in allowed]
    rows = cache.rows(key for _, key in known)
    return _nearest("note", [(note, rows[key]) for note, key in known if key in rows], cache, query, limit)


def _nearest(
    what: Literal["passage", "note"],
    kept: Sequence[tuple[str, int]],
    cache: EmbeddingCache,
    query: Vectors32,
    limit: int,
) -> list[Candidate]:
    import numpy as np

    if not kept:
        return []
    vectors = cache.vectors([row for _, row in kept])
    scores = np.where(is_sound(vectors), vectors @ query.reshape(-1), -1.0)
    best = np.argsort(-scores, kind="stable")[:limit]
    return [
        Candidate(what=what, id=kept[index][0], score=float(scores[index])) for index in best if scores[index] > -1.0
    ]
