"""Whether the index of meaning can be trusted: complete, without leftovers, and finding each text by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.config import Home
from kb.recall.brute_force import nearest_passages
from kb.recall.embed import Embedder
from kb.recall.embedding_cache import EmbeddingCache
from kb.recall.text_queries import queued_versions, searched_passages
from kb.recall.texts import Texts
from kb.recall.vectors import Vectors

SAMPLE = 100
"""Passages that are asked for: enough to see a loss of three in a hundred nearly always (1 − .97¹⁰⁰ = .95)."""
LEAST_SELF_RECALL = 0.99
"""An index written by two processes at once falls to .79 to .84, a whole one finds all."""
LEAST_AGREEMENT = 0.95
"""Share of the nearest that an approximate graph must have in common with an exact search; Chroma's usual graph
has .98 and more."""
DEPTH = 10
"""Nearest passages that are compared, as many as a search shows."""
SAME = 1e-5
"""Cosines this close belong to texts that cannot be told apart."""


@dataclass(frozen=True)
class Probe:
    """What one look at the index found."""

    name: str
    ok: bool
    detail: str


def probe_index(home: Home, texts: Texts, embedder: Embedder) -> Iterator[Probe]:
    """Every look in turn; raises DamagedError or NotFoundError where there is no index to look at."""
    if not texts.counts()["searched"]:
        yield Probe("index", True, "nothing is to be indexed yet")
        return
    with Vectors.open(home, home.settings, embedder.name) as vectors:
        cache = EmbeddingCache(home.derived, embedder.name, embedder.dimension)
        try:
            yield _contents(texts, vectors, cache)
            yield _kept(texts, cache)
            yield from _answers(texts, vectors, cache)
        finally:
            cache.close()


def _contents(texts: Texts, vectors: Vectors, cache: EmbeddingCache) -> Probe:
    """The same ids on both sides, apart from versions that still wait."""
    late = _late(texts, cache)
    versions = {sha256[:16] for sha256 in late}
    live = {passage.id for passage in searched_passages(texts) if passage.sha256 not in late}
    held = {id_ for id_ in vectors.ids("passage") if id_.partition(":")[0] not in versions}
    missing, orphans = len(live - held), len(held - live)
    detail = f"{len(held)} vectors for {len(live)} passages"
    if late:
        detail += f"; {len(late)} texts wait to be taken in, and are searched without the index"
    if missing or orphans:
        detail += f"; {missing} missing, {orphans} of passages that are gone"
    return Probe("index contents", not missing and not orphans, detail)


def _late(texts: Texts, cache: EmbeddingCache) -> set[str]:
    """Versions that are not in the index yet, or not as they are now."""
    return queued_versions(texts) | set(cache.late())


def _kept(texts: Texts, cache: EmbeddingCache) -> Probe:
    """Kept vectors are whole, so that they can stand in for the index."""
    hashes = {passage.hash for passage in searched_passages(texts)}
    broken = len(cache.rows(hashes)) - len(cache.sound(hashes))
    return Probe("kept vectors", not broken, f"{broken} are damaged" if broken else f"{len(hashes)} are whole")


def _answers(texts: Texts, vectors: Vectors, cache: EmbeddingCache) -> Iterator[Probe]:
    """A sample of passages, each asked for by its own vector; the same questions answered exactly."""
    late = _late(texts, cache)
    rows = [passage for passage in searched_passages(texts) if passage.sha256 not in late]
    sample = rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]
    known = cache.sound(passage.hash for passage in sample)
    asked = [(passage.id, known[passage.hash]) for passage in sample if passage.hash in known]
    found_itself, shares = 0, []
    for id_, vector in asked:
        found = vectors.query("passage", vector, DEPTH)
        exact = nearest_passages(texts, cache, vector, DEPTH)
        found_itself += bool(found) and (id_ in {near.id for near in found} or found[0].score >= 1.0 - SAME)
        least = exact[-1].score - SAME if exact else 0.0
        shares.append(sum(near.score >= least for near in found) / max(len(exact), 1))
    self_recall = found_itself / max(len(asked), 1)
    agreement = sum(shares) / max(len(shares), 1)
    detail = f"{self_recall:.1%} of {len(asked)} passages find themselves"
    yield Probe("self-recall", not asked or self_recall >= LEAST_SELF_RECALL, detail)
    detail = f"{agreement:.1%} of the {DEPTH} nearest are those of an exact search"
    yield Probe("agreement with exact search", not asked or agreement >= LEAST_AGREEMENT, detail)
