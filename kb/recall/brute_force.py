"""Exact search over the kept vectors with numpy: for a few passages, for a first query, and where Chroma is damaged."""

import json
from collections.abc import Collection, Sequence
from typing import Literal

from kb.models.search import Candidate
from kb.recall.embed.protocol import Vectors32
from kb.recall.embedding_cache import EmbeddingCache, is_sound
from kb.recall.texts import Texts

_ROWS = """
SELECT p.id, e.row FROM passages p CROSS JOIN {kept}.embeddings e ON e.model = :model AND e.hash = p.hash
WHERE p.live AND e.row < :room {narrow}
"""
_LATE = """
SELECT p.id, e.row FROM {kept}.late l
CROSS JOIN passages p ON p.sha256 = l.sha256 AND p.live
CROSS JOIN {kept}.embeddings e ON e.model = :model AND e.hash = p.hash
WHERE l.model = :model AND e.row < :room
"""
_ROWS_OF = """
SELECT p.id, e.row FROM json_each(:ids) i CROSS JOIN passages p ON p.id = i.value
CROSS JOIN {kept}.embeddings e ON e.model = :model AND e.hash = p.hash
WHERE e.row < :room
"""
_SOME = "AND p.paper IN (SELECT value FROM json_each(:papers))"


class UnindexedPassages:
    """Passages that the index has not taken in yet, with their vectors in memory."""

    def __init__(self, texts: Texts, cache: EmbeddingCache) -> None:
        """Read them; those that have no vector yet are not among them."""
        query = _LATE.format(kept=cache.attached_to(texts.connection))
        rows = texts.connection.execute(query, {"model": cache.model, "room": cache.room()}).fetchall()
        self._ids = [id_ for id_, _ in rows]
        self._vectors = cache.vectors([row for _, row in rows])
        self._known = frozenset(self._ids)

    def beside(self, found: list[Candidate], query: Vectors32, limit: int) -> list[Candidate]:
        """What the index found, and these, best first; where both have a passage, the index has an older vector."""
        if not self._ids:
            return found
        older = [candidate for candidate in found if candidate.id not in self._known]
        late = _best("passage", self._ids, self._vectors, query, limit)
        return sorted((*older, *late), key=lambda candidate: -candidate.score)[:limit]


def nearest_passages(
    texts: Texts,
    cache: EmbeddingCache,
    query_vector: Vectors32,
    limit: int,
    papers: Collection[str] | None = None,
) -> list[Candidate]:
    """The passages nearest to the query vector, of those that have a vector."""
    query = _ROWS.format(kept=cache.attached_to(texts.connection), narrow="" if papers is None else _SOME)
    values = {"model": cache.model, "room": cache.room(), "papers": json.dumps(list(papers or ()))}
    return _nearest("passage", texts.connection.execute(query, values).fetchall(), cache, query_vector, limit)


def rows_of(texts: Texts, cache: EmbeddingCache, ids: Sequence[str]) -> list[tuple[str, int]]:
    """In which row the vector of each of these passages is kept; asked in order, neighbours share what is read."""
    query = _ROWS_OF.format(kept=cache.attached_to(texts.connection))
    values = {"model": cache.model, "room": cache.room(), "ids": json.dumps(sorted(set(ids)))}
    return texts.connection.execute(query, values).fetchall()


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
    return _best(what, [id_ for id_, _ in kept], cache.vectors([row for _, row in kept]), query, limit)


def _best(
    what: Literal["passage", "note"], ids: Sequence[str], vectors: Vectors32, query: Vectors32, limit: int
) -> list[Candidate]:
    import numpy as np

    if not ids:
        return []
    scores = np.where(is_sound(vectors), vectors @ query.reshape(-1), -1.0)
    best = np.argsort(-scores, kind="stable")[:limit]
    return [Candidate(what, ids[index], float(scores[index])) for index in best if scores[index] > -1.0]
