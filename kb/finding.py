"""Answering a search: words and meaning asked, fused, and turned into hits that a reader can go to."""

import time
from typing import TYPE_CHECKING, Literal

from kb.config import Home
from kb.errors import DamagedError, KbError, NotFoundError
from kb.hits import Shelf
from kb.models.search import Candidate, Mode, SearchResult
from kb.recall.query import Wanted, wanted
from kb.recall.search import Key, Ranked, rank
from kb.recall.words import Words

if TYPE_CHECKING:
    from kb.recall.embed import Embedder
    from kb.recall.meaning import Meaning

Where = Literal["passages", "notes", "all"]
DEPTH = 200
"""Candidates from each way of searching, before they are fused."""
_WHAT: dict[Where, tuple[Literal["passage", "note"], ...]] = {
    "passages": ("passage",),
    "notes": ("note",),
    "all": ("passage", "note"),
}


class Finder:
    """Searches one home. Kept open it searches fast, and still sees what others add."""

    def __init__(self, home: Home, embedder: "Embedder | None" = None, *, resident: bool = False) -> None:
        """``resident`` says that many searches will follow, so that opening Chroma pays."""
        self._home = home
        self._embedder = embedder
        self._resident = resident
        self._words = Words(home)
        self._shelf = Shelf(home)
        self._meaning: Meaning | None = None

    def __enter__(self) -> "Finder":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all that was opened."""
        self._words.close()
        self._shelf.close()
        if self._meaning:
            self._meaning.close()

    def warm(self) -> None:
        """Load the model and open the index now, so that the first search does not have to."""
        self._ready_meaning().warm()

    def search(
        self,
        query: str,
        where: Where = "all",
        mode: Mode = "hybrid",
        limit: int = 10,
        *,
        typing: bool = False,
        grouped: bool = False,
    ) -> SearchResult:
        """The best ``limit`` hits; what could not be asked is said in the result's notice, and the rest answers.

        ``typing`` lets the last word be the beginning of one; ``grouped`` gives each paper its best hit alone.
        """
        start = time.perf_counter()
        asked = wanted(query)
        notices: list[str] = []
        ranked: list[Ranked] = []
        if not asked.is_empty:
            words = self._by_words(asked, where, typing, notices) if mode != "meaning" else []
            meaning = self._by_meaning(asked, where, notices) if mode != "words" else []
            nearness = self._nearness(asked, words) if meaning else {}
            ranked = rank(words, meaning, limit if not grouped else len(words) + len(meaning), nearness=nearness)
            if grouped:
                ranked = self._shelf.best_of_each_paper(ranked)[:limit]
        hits = self._shelf.hits(ranked, asked)
        took = (time.perf_counter() - start) * 1000
        return SearchResult(query=query, took_ms=round(took, 2), hits=hits, notice=" ".join(dict.fromkeys(notices)))

    def _by_words(self, asked: Wanted, where: Where, typing: bool, notices: list[str]) -> list[Candidate]:
        found: list[Candidate] = []
        for what in _WHAT[where]:
            ask = self._words.passages if what == "passage" else self._words.notes
            try:
                candidates = ask(asked, DEPTH, typing=typing)
            except DamagedError as damaged:
                notices.append(f"{damaged.what}; next: {damaged.next}.")
                continue
            found.extend(self._comparable(candidates, asked))
        return found

    def _comparable(self, candidates: list[Candidate], asked: Wanted) -> list[Candidate]:
        """BM25 counts for more in a large collection; on one scale, the best counts by how much of the query it has."""
        if not candidates:
            return []
        top = candidates[0]
        share = self._shelf.coverage(top, asked) / (top.score or 1.0)
        return [candidate.model_copy(update={"score": candidate.score * share}) for candidate in candidates]

    def _by_meaning(self, asked: Wanted, where: Where, notices: list[str]) -> list[Candidate]:
        try:
            meaning = self._ready_meaning()
            found = meaning.nearest(asked.text, _WHAT[where], DEPTH)
        except NotFoundError as missing:
            notices.append(f"Only words answered: {missing.what}; next: {missing.next}.")
            return []
        except KbError as error:
            notices.append(f"Only words answered: {error.what} ({error.why}); next: {error.next}.")
            return []
        notices.extend(meaning.notices())
        return self._shelf.standing(found, asked)

    def _nearness(self, asked: Wanted, words: list[Candidate]) -> dict[Key, float]:
        try:
            return self._ready_meaning().nearness(asked.text, words)
        except KbError:
            return {}  # a refinement only: what could not be asked has been said already

    def _ready_meaning(self) -> "Meaning":
        if self._meaning is None:
            from kb.recall.meaning import Meaning

            self._meaning = Meaning(self._home, self._embedder, resident=self._resident)
        return self._meaning
