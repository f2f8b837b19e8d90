"""Searching by meaning: Chroma where many searches follow; exact search for a single one, and where Chroma fails."""

import json
from collections.abc import Collection, Mapping, Sequence

from kb.config import Home
from kb.errors import BusyError, DamagedError, NotFoundError
from kb.models.search import Candidate
from kb.recall.brute_force import UnindexedPassages, nearest_notes, nearest_passages, rows_of
from kb.recall.embed import Embedder, Vectors32, load_embedder
from kb.recall.embedding_cache import INDEX, EmbeddingCache
from kb.recall.fusion import Key
from kb.recall.pseudo_relevance import RelevanceFeedback
from kb.recall.texts import Texts
from kb.recall.vectors import NEXT, Vectors, What, check_files

EXACT_LIMIT = 20_000
"""Up to so many passages one exact search costs less than importing and opening Chroma."""
OVERASK = 1.5
"""Asked for beyond what a filter should leave, since its share is only an estimate; a search in a filter of a
tenth then found all of its ten hits in the scale benchmark (``tests.benchmarks.search_scale``)."""
DEEPEST = 2000
"""What Chroma is asked for at most; of a filter that leaves little, some of the farther ones are not seen."""
FEW = 4000
"""Up to so many passages that a filter leaves, an exact search costs less than asking Chroma for many."""


class SemanticSearch:
    """The model, the kept vectors and Chroma, each opened when it is needed, and anew when the index has moved."""

    def __init__(self, home: Home, embedder: Embedder | None = None, *, resident: bool = False) -> None:
        self._home = home
        self._resident = resident
        self._embedder = embedder
        self._answering: Embedder | None = None
        self._cache: EmbeddingCache | None = None
        self._texts: Texts | None = None
        self._vectors: Vectors | None = None
        self._generation = -1
        self._notices: list[str] = []
        self._last: tuple[str, Vectors32] | None = None
        self._late: tuple[int, UnindexedPassages] | None = None

    def close(self) -> None:
        """Close all that was opened."""
        for opened in (self._vectors, self._cache, self._texts):
            if opened:
                opened.close()
        self._vectors = self._cache = self._texts = self._late = None

    def warm(self) -> None:
        """Do now what the first search would otherwise wait for; what is damaged, that search says."""
        try:
            self._choose_model()
            self.embedder.encode_query(["warm"])
            if self._resident and self._is_filled():
                self._chroma()
        except (BusyError, DamagedError):
            self._forget_chroma()

    @property
    def embedder(self) -> Embedder:
        """The model that answers: that of the settings, once its index was filled; until then the one before it."""
        return self._answering or self._wanted()

    def _wanted(self) -> Embedder:
        if self._embedder is None:
            self._embedder = load_embedder(self._home.settings, self._home)
        return self._embedder

    def _choose_model(self) -> None:
        """Once a search: see which model's index was filled; when another answers, all is opened anew."""
        wanted = self._wanted()
        filled = EmbeddingCache.filled(self._home.derived)
        earlier = [(model, setting) for model, setting in filled.items() if model != wanted.name]
        name, setting = earlier[-1] if earlier and wanted.name not in filled else (wanted.name, "")
        if name != self.embedder.name:
            self.close()
            self._last = None
            settings = self._home.settings.model_copy(update={"model": setting})
            self._answering = None if name == wanted.name else load_embedder(settings, self._home)
        if self._answering is not None:
            self._notices.append(f"The index of {wanted.name} is being filled; {name} answers until then.")

    def notices(self) -> list[str]:
        """What the reader should know of the last search."""
        return self._notices

    def nearest(
        self, text: str, whats: Sequence[What], limit: int, within: Mapping[What, Collection[str]] | None = None
    ) -> list[Candidate]:
        """The nearest of each kind, ``within`` some papers and some notes.

        Raises NotFoundError where nothing is indexed, and KbError where nothing works.
        """
        self._notices = []
        self._choose_model()
        if not self._home.settings.chroma_url and not self._is_filled():
            raise NotFoundError("nothing is indexed by meaning yet", "", NEXT)
        vector = self._encoded(text)
        return [
            candidate
            for what in whats
            for candidate in self.near_vector(vector, what, limit, None if within is None else within[what])
        ]

    def gathered(self, text: str, candidates: Sequence[Candidate]) -> RelevanceFeedback:
        """The query's vector, and those of the candidates that are kept, however far from the query they are."""
        vector = self._encoded(text)
        cache = self._open_cache()
        known = self._kept_rows(candidates, cache)
        return RelevanceFeedback(vector, list(known), cache.vectors(list(known.values())))

    def _kept_rows(self, candidates: Sequence[Candidate], cache: EmbeddingCache) -> dict[Key, int]:
        """In which row the vector of each candidate is kept."""
        passages = [candidate.id for candidate in candidates if candidate.what == "passage"]
        notes = {candidate.id for candidate in candidates if candidate.what == "note"}
        found: dict[Key, int] = {}
        if passages:
            for id_, row in rows_of(self._open_texts(), cache, passages):
                found["passage", id_] = row
        if notes:
            hashes = {note: hash_ for note, hash_ in cache.notes().items() if note in notes}
            rows = cache.rows(hashes.values())
            found.update((("note", note), rows[hash_]) for note, hash_ in hashes.items() if hash_ in rows)
        return found

    def _encoded(self, text: str) -> Vectors32:
        """The query's vector; the last one is kept, since one search needs it twice."""
        if self._last is None or self._last[0] != text:
            self._last = text, self.embedder.encode_query([text])[0]
        return self._last[1]

    def near_vector(
        self, vector: Vectors32, what: What, limit: int, within: Collection[str] | None = None
    ) -> list[Candidate]:
        """The nearest to a vector; ``within`` names papers for passages, and notes for notes."""
        if within is not None:
            return self._within(vector, what, limit, within)
        if self._home.settings.chroma_url:
            return self._chroma().query(what, vector, limit)
        try:
            if self._is_exact_cheaper():
                check_files(self._home)
                return self._exact(vector, what, limit)
            return self._indexed(vector, what, limit)
        except (DamagedError, NotFoundError) as fault:
            self._forget_chroma()
            self._notices.append(f"Exact search stands in: {fault.what}; next: {fault.next}.")
            return self._exact(vector, what, limit)

    def _indexed(self, vector: Vectors32, what: What, limit: int) -> list[Candidate]:
        """What Chroma finds, and beside it the passages that it has not taken in yet."""
        found = self._chroma().query(what, vector, limit)
        if what == "note":
            return found
        cache = self._open_cache()
        changes = cache.changes()
        if self._late is None or self._late[0] != changes:
            self._late = changes, UnindexedPassages(self._open_texts(), cache)
        return self._late[1].beside(found, vector, limit)

    def _within(self, vector: Vectors32, what: What, limit: int, within: Collection[str]) -> list[Candidate]:
        """Exactly where little is left; else more are asked for, so that enough of them are of what is left."""
        share = self._open_texts().share_of(within) if what == "passage" else float(bool(within))
        if not share:
            return []
        is_few = what == "note" or share * self._open_texts().size() <= FEW or self._is_exact_cheaper()
        if is_few and self._is_filled():
            return self._exact(vector, what, limit, within)
        depth = int(limit / share * OVERASK)
        allowed = set(within)
        found = self.near_vector(vector, what, min(depth, DEEPEST))
        papers = self._papers_of([candidate.id for candidate in found])
        return [candidate for candidate in found if papers.get(candidate.id) in allowed][:limit]

    def _papers_of(self, ids: Sequence[str]) -> dict[str, str]:
        query = "SELECT id, paper FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._open_texts().connection.execute(query, (json.dumps(ids),)))

    def _is_exact_cheaper(self) -> bool:
        if self._resident or self._vectors is not None:
            return False
        return self._open_texts().size() <= EXACT_LIMIT

    def _is_filled(self) -> bool:
        """Whether any text has a vector; asked before the model is loaded for nothing."""
        if not (self._home.derived / INDEX).exists():
            return False
        return EmbeddingCache.has_any(self._home.derived, self.embedder.name)

    def _exact(
        self, vector: Vectors32, what: What, limit: int, within: Collection[str] | None = None
    ) -> list[Candidate]:
        cache = self._open_cache()
        if what == "note":
            return nearest_notes(cache, vector, limit, within)
        return nearest_passages(self._open_texts(), cache, vector, limit, within)

    def _chroma(self) -> Vectors:
        generation = self._open_cache().generation()
        if self._vectors is not None and generation != self._generation:
            self._forget_chroma()
        if self._vectors is None:
            self._vectors = Vectors.open(self._home, self._home.settings, self.embedder.name)
            self._generation = generation
        return self._vectors

    def _forget_chroma(self) -> None:
        vectors, self._vectors = self._vectors, None
        if vectors is not None:
            vectors.close()

    def _open_cache(self) -> EmbeddingCache:
        if self._cache is None or self._cache.is_replaced():
            if self._cache is not None:
                self._cache.close()
            self._late = None
            self._cache = EmbeddingCache(self._home.derived, self.embedder.name, self.embedder.dimension)
        return self._cache

    def _open_texts(self) -> Texts:
        if self._texts is None or self._texts.is_replaced():
            if self._texts is not None:
                self._texts.close()
            self._texts = self._late = None
            try:
                self._texts = Texts(self._home.texts, create=False)
            except FileNotFoundError as error:
                raise NotFoundError("no text is parsed yet", str(error), NEXT) from error
        return self._texts
