"""Looking a second time: the query moves a little towards what was found first, and all candidates are weighed anew.

What the first hits say besides the query's words tells what it is about. No new search is needed: the candidates of
both ways have vectors that are kept, and only their order changes.
"""

from collections.abc import Mapping, Sequence

from kb.models.search import Candidate
from kb.recall.embed.protocol import Vectors32
from kb.recall.search import MEANING_WEIGHT, Key, Ranked, rank

FIRST = 3
"""So many of the first ranking are looked at."""
MOVE = 0.3
"""How far the query moves towards them."""


class Gathered:
    """The candidates' vectors, and the query's."""

    def __init__(self, query: Vectors32, keys: Sequence[Key], vectors: Vectors32) -> None:
        self._query, self._vectors = query, vectors
        self._rows = {key: row for row, key in enumerate(keys)}

    def fuse(
        self, words: Sequence[Candidate], meaning: Sequence[Candidate], *, weight: float = MEANING_WEIGHT
    ) -> list[Ranked]:
        """Both rankings as one, by where the query lies after it has moved."""
        limit = len(words) + len(meaning)
        nearness = self.nearness()
        first = [
            entry
            for entry in rank(words, meaning, limit, nearness=nearness, weight=weight)
            if _key(entry) in self._rows
        ][:FIRST]
        if not first or any(_key(candidate) not in self._rows for candidate in meaning):
            return rank(words, meaning, limit, nearness=nearness, weight=weight)
        again = self.nearness(self._moved(first))
        nearer = [candidate._replace(score=again[_key(candidate)]) for candidate in meaning]
        return rank(words, nearer, limit, nearness=again, weight=weight)

    def nearness(self, query: Vectors32 | None = None) -> Mapping[Key, float]:
        """The cosine of each candidate to the query, or to another vector."""
        query = self._query if query is None else query
        return dict(zip(self._rows, (self._vectors @ query).tolist(), strict=True)) if self._rows else {}

    def _moved(self, first: Sequence[Ranked]) -> Vectors32:
        import numpy as np

        scores = np.array([entry.score for entry in first], dtype=np.float32)
        towards = scores @ self._vectors[[self._rows[_key(entry)] for entry in first]]
        moved = (1.0 - MOVE) * self._query + MOVE * towards / max(float(np.linalg.norm(towards)), 1e-9)
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def _key(entry: Ranked | Candidate) -> Key:
    return entry.what, entry.id
