"""Looking a second time: the query moves a little towards what was found first, and all candidates are weighed anew.

What the first hits say besides the query's words tells what it is about. No new search is needed: the candidates of
both ways have vectors that are kept, and only their order changes.
"""

from collections.abc import Mapping, Sequence
from heapq import nsmallest

from kb.models.search import Candidate
from kb.recall.embed.protocol import Vectors32
from kb.recall.fusion import MEANING_WEIGHT, Key, Ranked, in_order, meaning_shares, rank, summed, word_shares

FIRST = 3
"""So many of the first ranking are looked at."""
MOVE = 0.3
"""How far the query moves towards them."""


class RelevanceFeedback:
    """The candidates' vectors, and the query's."""

    def __init__(self, query: Vectors32, keys: Sequence[Key], vectors: Vectors32) -> None:
        self._query, self._vectors = query, vectors
        self._rows = {key: row for row, key in enumerate(keys)}

    def fuse(
        self, words: Sequence[Candidate], meaning: Sequence[Candidate], *, weight: float = MEANING_WEIGHT
    ) -> list[Ranked]:
        """Both rankings as one, by where the query lies after it has moved."""
        semantic = {(candidate.what, candidate.id) for candidate in meaning}
        nearness = self.nearness()
        if not semantic or not semantic <= self._rows.keys():
            return rank(words, meaning, len(words) + len(meaning), nearness=nearness, weight=weight)
        share = weight if words else 1.0
        lexical = word_shares(words, 1.0 - weight)
        cosines = {**nearness, **{(candidate.what, candidate.id): candidate.score for candidate in meaning}}
        first = self._first(summed(lexical, meaning_shares(cosines, share)))
        again = meaning_shares(self.nearness(self._moved(first)), share)
        return in_order(lexical, {**again, **self._waiting(word_shares(words, share))}, semantic)

    def _waiting(self, shares: Mapping[Key, float]) -> dict[Key, float]:
        """What waits for its vector is taken to be as near as its words are good: a new note is found at once."""
        return {key: share for key, share in shares.items() if key not in self._rows}

    def nearness(self, query: Vectors32 | None = None) -> Mapping[Key, float]:
        """The cosine of each candidate to the query, or to another vector."""
        query = self._query if query is None else query
        return dict(zip(self._rows, (self._vectors @ query).tolist(), strict=True)) if self._rows else {}

    def _first(self, scores: Mapping[Key, float]) -> list[tuple[Key, float]]:
        """The best of the candidates that have a vector, with their scores."""
        known = ((key, score) for key, score in scores.items() if key in self._rows)
        return nsmallest(FIRST, known, key=lambda scored: (-scored[1], scored[0]))

    def _moved(self, first: Sequence[tuple[Key, float]]) -> Vectors32:
        import numpy as np

        scores = np.array([score for _, score in first], dtype=np.float32)
        towards = scores @ self._vectors[[self._rows[key] for key, _ in first]]
        moved = (1.0 - MOVE) * self._query + MOVE * towards / max(float(np.linalg.norm(towards)), 1e-9)
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)
