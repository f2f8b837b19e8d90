"""Answering a search: words and meaning asked, fused, and turned into hits that a reader can go to."""

import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kb.config import Home
from kb.errors import DamagedError, KbError, NotFoundError
from kb.library.light_reader import RecordReader
from kb.library.search_queries import newest_first
from kb.models.search import Candidate, Hit, Mode, SearchResult
from kb.recall.full_text import FullTextSearch
from kb.recall.fusion import Key, Ranked, What, rank
from kb.recall.query import ParsedQuery, wanted
from kb.search.did_you_mean import remarks
from kb.search.filters import AllowedItems, FilterResolver
from kb.search.hit_loader import HitLoader
from kb.search.hit_metadata import with_facts
from kb.search.note_full_text import NoteFullText

if TYPE_CHECKING:
    from kb.recall.embed import Embedder
    from kb.recall.rerank import Reranker
    from kb.recall.semantic import SemanticSearch

Where = Literal["passages", "notes", "all"]
DEPTH = 200
"""Candidates from each way of searching, before they are fused."""
_WHAT: dict[Where, tuple[What, ...]] = {"passages": ("passage",), "notes": ("note",), "all": ("passage", "note")}


@dataclass(frozen=True)
class _Ask:
    """One search, taken apart."""

    wanted: ParsedQuery
    whats: tuple[What, ...]
    allowed: AllowedItems
    typing: bool = False

    def within(self, what: What) -> Collection[str] | None:
        """Papers that passages, or notes that notes, are narrowed to."""
        return self.allowed.papers if what == "passage" else self.allowed.notes

    @property
    def narrowed(self) -> Mapping[What, Collection[str]] | None:
        """The same for both kinds; None where nothing is narrowed."""
        if self.allowed.papers is None or self.allowed.notes is None:
            return None
        return {"passage": self.allowed.papers, "note": self.allowed.notes}


class SearchEngine:
    """Searches one home. Kept open it searches fast, and still sees what others add."""

    def __init__(self, home: Home, embedder: "Embedder | None" = None, *, resident: bool = False) -> None:
        """``resident`` says that many searches will follow, so that opening Chroma pays."""
        self._home = home
        self._embedder = embedder
        self._resident = resident
        self._words = FullTextSearch(home)
        self._reader = RecordReader(home)
        self._note_words = NoteFullText(self._reader)
        self._narrower = FilterResolver(home, self._reader)
        self._shelf = HitLoader(home, self._reader)
        self._meaning: SemanticSearch | None = None
        self._reranker: Reranker | None = None

    def __enter__(self) -> "SearchEngine":
        """The finder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on the way out."""
        self.close()

    def close(self) -> None:
        """Close all that was opened."""
        self._words.close()
        self._shelf.close()
        self._reader.close()
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

        The query may hold phrases, unwanted words and filters; with filters alone it lists what meets them.
        ``typing`` lets the last word be the beginning of one; ``grouped`` gives each paper its best hit alone.
        Raises UsageError or NotFoundError for a filter that cannot be met; one that is being typed is remarked on.
        """
        start = time.perf_counter()
        asked = wanted(query)
        notices = remarks(query, typing=typing)
        ask = _Ask(asked, _WHAT[where], self._allowed(asked, typing, notices), typing)
        ranked = self._listed(ask) if asked.is_empty else self._ranked(ask, mode, notices)
        if grouped and not asked.is_empty:
            ranked = self._shelf.best_of_each_paper(ranked)
        if mode != "words" and not (typing or asked.is_empty):
            ranked = self._reread(ranked, asked, notices)
        return self._result(query, start, self._shelf.hits(ranked[:limit], asked), notices, ask)

    def like(
        self,
        text: str,
        where: Where = "all",
        limit: int = 10,
        *,
        but: Collection[Key] = (),
        filters: str = "",
        grouped: bool = False,
    ) -> SearchResult:
        """What is near in meaning to a passage, a note or a selection, ``but`` not that itself.

        ``filters`` are words of a query such as ``year:2018..``; a text that looks like one is a text all the same.
        """
        start = time.perf_counter()
        notices = remarks(filters)
        ask = _Ask(ParsedQuery(text), _WHAT[where], self._allowed(wanted(filters), False, notices))
        near = self._by_meaning(ask, notices)
        ranked = rank([], [found for found in near if (found.what, found.id) not in but], len(near))
        if grouped:
            ranked = self._shelf.best_of_each_paper(ranked)
        return self._result(text, start, self._shelf.hits(ranked[:limit], wanted(text)), notices, ask)

    def closeness(self, text: str, others: Sequence[str]) -> list[float]:
        """How near in meaning each of some sentences is to a text; 0 for all where there is no model to ask."""
        try:
            embedder = self._ready_meaning().embedder
            vector, found = embedder.encode_query([text])[0], embedder.encode_document(list(others))
        except KbError:
            return [0.0] * len(others)
        return [float(score) for score in found @ vector] if others else []

    def _result(self, query: str, start: float, hits: tuple[Hit, ...], notices: list[str], ask: _Ask) -> SearchResult:
        return SearchResult(
            query=query,
            took_ms=round((time.perf_counter() - start) * 1000, 2),
            hits=with_facts(self._reader, hits),
            notice=" ".join(dict.fromkeys(notices)),
            filters=ask.allowed.read,
        )

    def _allowed(self, asked: ParsedQuery, typing: bool, notices: list[str]) -> AllowedItems:
        allowed = self._narrower.narrow(asked.filters, lenient=typing)
        notices.extend(f"{read.problem}." for read in allowed.read if read.problem)
        return allowed

    def _ranked(self, ask: _Ask, mode: Mode, notices: list[str]) -> list[Ranked]:
        words, meaning = self._both(ask, notices) if mode == "hybrid" else ([], [])
        if mode == "words":
            words = self._by_words(ask, notices)
        elif mode == "meaning":
            meaning = self._by_meaning(ask, notices)
        if words and meaning:
            return self._fused(ask.wanted, words, meaning)
        return rank(words, meaning, len(words) + len(meaning))

    def _both(self, ask: _Ask, notices: list[str]) -> tuple[list[Candidate], list[Candidate]]:
        """What words find and what meaning finds, asked at the same time: both wait for C code most of the time."""
        with ThreadPoolExecutor(1) as beside:
            asked = beside.submit(self._nearest, ask)
            words = self._by_words(ask, notices)
            nearest, said = asked.result()
        notices.extend(said)
        return words, self._shelf.standing(nearest, ask.wanted)

    def _listed(self, ask: _Ask) -> list[Ranked]:
        """Without anything to rank by: the notes that meet the filters, newest first, then the papers by title."""
        if ask.narrowed is None:
            return []
        listed: list[Ranked] = []
        if "note" in ask.whats:
            newest = newest_first(self._reader, ask.narrowed["note"])
            listed.extend(Ranked("note", id_, 0.0, ()) for id_ in newest)
        if "passage" in ask.whats:
            beginnings = self._shelf.beginnings(ask.narrowed["passage"])
            listed.extend(Ranked("passage", id_, 0.0, ()) for id_ in beginnings)
        return listed

    def _by_words(self, ask: _Ask, notices: list[str]) -> list[Candidate]:
        found: list[Candidate] = []
        if "passage" in ask.whats and self._shelf.lacks_texts():
            notices.append("The papers' texts are missing, or of an older form; next: kb reindex reads them again.")
        for what in ask.whats:
            search = self._words.passages if what == "passage" else self._note_words.notes
            try:
                candidates = search(ask.wanted, DEPTH, ask.within(what), typing=ask.typing)
            except DamagedError as damaged:
                notices.append(f"{damaged.what}; next: {damaged.next}.")
                continue
            found.extend(self._comparable(candidates, ask.wanted) if len(ask.whats) > 1 else candidates)
        return found

    def _comparable(self, candidates: list[Candidate], asked: ParsedQuery) -> list[Candidate]:
        """BM25 counts for more in a large collection; on one scale, the best counts by how much of the query it has."""
        if not candidates:
            return []
        top = candidates[0]
        share = self._shelf.coverage(top, asked) / (top.score or 1.0)
        return [Candidate(what=each.what, id=each.id, score=each.score * share) for each in candidates]

    def _by_meaning(self, ask: _Ask, notices: list[str]) -> list[Candidate]:
        found, said = self._nearest(ask)
        notices.extend(said)
        return self._shelf.standing(found, ask.wanted)

    def _nearest(self, ask: _Ask) -> tuple[list[Candidate], list[str]]:
        """What is near in meaning, and what there is to say of it; uses nothing that a search by words uses."""
        try:
            meaning = self._ready_meaning()
            found = meaning.nearest(ask.wanted.text, ask.whats, DEPTH, ask.narrowed)
        except NotFoundError as missing:
            return [], [f"Only words answered: {missing.what}; next: {missing.next}."]
        except KbError as error:
            return [], [f"Only words answered: {error.what} ({error.why}); next: {error.next}."]
        return found, meaning.notices()

    def _fused(self, asked: ParsedQuery, words: list[Candidate], meaning: list[Candidate]) -> list[Ranked]:
        try:
            gathered = self._ready_meaning().gathered(asked.text, [*words, *meaning])
        except KbError:
            return rank(words, meaning, len(words) + len(meaning))  # what could not be asked has been said already
        return gathered.fuse(words, meaning)

    def _reread(self, ranked: list[Ranked], asked: ParsedQuery, notices: list[str]) -> list[Ranked]:
        """The first of the ranking in the order of the cross-encoder, where the settings name one."""
        setting = self._home.settings.rerank_model
        if not setting or not ranked:
            return ranked
        from kb.recall.rerank import READ, Reranker

        self._reranker = self._reranker or Reranker(setting)
        first, rest = ranked[:READ], ranked[READ:]
        behind = self._shelf.found([(entry.what, entry.id) for entry in first])
        read = [entry for entry in first if (entry.what, entry.id) in behind]
        try:
            scores = self._reranker.scores(asked.text, [behind[entry.what, entry.id].in_context for entry in read])
        except KbError as error:
            notices.append(f"Not ordered by the cross-encoder: {error.what} ({error.why}); next: {error.next}.")
            return ranked
        least = rest[0].score if rest else 0.0
        again = [entry._replace(score=least + score) for entry, score in zip(read, scores, strict=True)]
        return sorted(again, key=lambda entry: (-entry.score, entry.what, entry.id)) + rest

    def _ready_meaning(self) -> "SemanticSearch":
        if self._meaning is None:
            from kb.recall.semantic import SemanticSearch

            self._meaning = SemanticSearch(self._home, self._embedder, resident=self._resident)
        return self._meaning
