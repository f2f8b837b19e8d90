"""Passages on their way into the index: found as soon as they are embedded, taken into Chroma many at a time.

To write into a large graph, Chroma reads it from the disk and saves it again, and every open reader has to open it
anew. So what is embedded is kept, and searched exactly, until there is enough of it to be worth that.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kb.recall.context import in_context, text_hash
from kb.recall.embed import Embedder, Vectors32
from kb.recall.embedding_cache import EmbeddingCache
from kb.recall.text_queries import passages_to_embed
from kb.recall.texts import Texts
from kb.recall.vectors import Vectors, What

BATCH = 64
"""Passages after which finished versions are settled, and taken in together."""
FIRST_SLICE = 4
"""Passages of the first step, before it is known how long one takes on this machine."""
SMALL = 20_000
"""Up to so many passages the index takes everything in at once."""
LATE_SHARE, LATE_LEAST = 50, 1000
"""In a larger library a fiftieth of it may wait, and anywhere so many while more is being embedded."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class IndexText:
    """Something to put into the index."""

    id: str
    text: str
    tags: dict[str, str]

    @property
    def hash(self) -> bytes:
        """The key of its vector."""
        return text_hash(self.text)


class Pace:
    """How many items a step takes: as many as fit its time, so that a search never waits long."""

    def __init__(self, most: int, step_s: float) -> None:
        self._most, self._step_s = most, step_s
        self._now = min(most, FIRST_SLICE)

    def over(self, items: Sequence[Item], work: Callable[[Sequence[Item]], object]) -> Iterator[Sequence[Item]]:
        """Do the work on a few items at a time; yields what was done."""
        while items:
            part, items = items[: self._now], items[self._now :]
            began = time.perf_counter()
            work(part)
            each = (time.perf_counter() - began) / len(part)
            self._now = max(1, min(self._most, int(self._step_s / each)))
            yield part


class PassageIndex:
    """The queue of texts, the vectors that are kept, and Chroma; used under the index's lock."""

    def __init__(
        self, texts: Texts, cache: EmbeddingCache, vectors: Vectors, embedder: Embedder, slice_size: int, step_s: float
    ) -> None:
        self._texts, self._cache, self._vectors, self._embedder = texts, cache, vectors, embedder
        self._embedding = Pace(slice_size, step_s)
        self._taking = Pace(BATCH, step_s)

    def is_due(self, *, going_on: bool) -> bool:
        """Whether enough waits for Chroma to be written; ``going_on`` says that more is being embedded."""
        late = self._cache.late()
        waiting, size = sum(late.values()), self._texts.size()
        if not late or (going_on and waiting < LATE_LEAST):
            return False
        return size <= SMALL or waiting * LATE_SHARE >= size

    def embed(self) -> Iterator[tuple[int, str]]:
        """Give a vector to a few passages of the next versions; yields how many, and of which paper.

        A few versions at a time, so that short texts of several papers fill a step together.
        """
        tickets: list[int] = []
        batch: list[IndexText] = []
        for ticket, sha256 in self._texts.queued(BATCH):
            if len(batch) >= BATCH:
                break
            found = self._texts_of(sha256)
            if found or self._cache.is_indexed(sha256):
                self._cache.put_off(sha256, len(found))
            batch.extend(found)
            tickets.append(ticket)
        # A step costs as much as its longest text.
        for part in self._embedding.over(sorted(batch, key=lambda text: len(text.text)), self._embed):
            yield len(part), part[0].tags["paper"]
        for ticket in tickets:
            self._texts.settle(ticket)

    def take_in(self) -> Iterator[None]:
        """Put into Chroma what waits, and out of it what is gone; searches find all of it at any moment."""
        versions = list(self._cache.late())
        waiting = versions.copy()
        while waiting:
            batch: list[IndexText] = []
            while waiting and len(batch) < BATCH:
                batch.extend(self._renewed(waiting.pop()))
            for _ in self._taking.over(batch, self._upsert_passages):
                yield
        self._cache.advance()
        self._cache.taken_in(versions)

    def put(self, what: What, texts: Sequence[IndexText]) -> None:
        """Embed what has no vector yet, and put all of it into Chroma."""
        import numpy as np

        if texts:
            known = self._embed(texts)
            vectors = np.stack([known[text.hash] for text in texts])
            self._vectors.upsert(what, [text.id for text in texts], vectors, [text.tags for text in texts])

    def discard_gone(self, versions: Sequence[str]) -> None:
        """Versions that have vectors, and no text any more, leave the index when it is next written."""
        for sha256 in versions:
            self._cache.put_off(sha256, 0)

    def _upsert_passages(self, texts: Sequence[IndexText]) -> None:
        self.put("passage", texts)

    def _embed(self, texts: Sequence[IndexText]) -> Mapping[bytes, Vectors32]:
        known = self._cache.sound(text.hash for text in texts)
        fresh = {text.hash: text.text for text in texts if text.hash not in known}
        if fresh:
            made = self._embedder.encode_document(list(fresh.values()))
            self._cache.put(list(fresh), made)
            known.update(zip(fresh, made, strict=True))
        return known

    def _renewed(self, sha256: str) -> list[IndexText]:
        """The version's live passages; those that it no longer has leave Chroma."""
        texts = self._texts_of(sha256)
        if self._cache.is_indexed(sha256):
            live = {text.id for text in texts}
            held = self._vectors.ids("passage", sha256[:16])
            self._vectors.delete("passage", [id_ for id_ in held if id_ not in live])
        if texts:
            self._cache.mark_indexed(sha256)
        else:
            self._cache.unmark_indexed(sha256)
        return texts

    def _texts_of(self, sha256: str) -> list[IndexText]:
        tags = {"paper": self._texts.paper_of(sha256) or "", "version": sha256[:16]}
        found = passages_to_embed(self._texts, sha256)
        return [IndexText(each.id, in_context(each.title, each.heading, each.text), tags) for each in found]
