"""The one fake in the tests: vectors made by hashing words, so that texts that share words are near each other."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from kb.recall.embed import Vectors32

_TOKEN = re.compile(r"\w+|[^\w\s]")


class HashEmbedder:
    """An embedder without a model: each word adds a fixed pseudo-random direction."""

    def __init__(self, dimension: int = 64, name: str = "word-hash") -> None:
        self.name = name
        self.dimension = dimension
        self.max_tokens = 256
        self.encoded: list[str] = []
        """Every document that was embedded, to tell what was taken from the cache."""

    def encode_query(self, texts: Sequence[str]) -> Vectors32:
        """One row for each query."""
        return np.stack([self._vector(text) for text in texts])

    def encode_document(self, texts: Sequence[str]) -> Vectors32:
        """One row for each document."""
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Words and punctuation marks."""
        return [match.span() for match in _TOKEN.finditer(text)]

    def _vector(self, text: str) -> Vectors32:
        total = np.full(self.dimension, 1e-6, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return (total / np.linalg.norm(total)).astype(np.float32)
