"""Bringing the index of meaning up to date with texts and notes, in small steps that lose nothing if stopped."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kb.config import Home
from kb.errors import BusyError, DamagedError
from kb.indexing.passages import IndexText, PassageIndex
from kb.models.note import Note
from kb.models.progress import Progress
from kb.recall.embed import Embedder
from kb.recall.embedding_cache import EmbeddingCache
from kb.recall.lock import index_lock
from kb.recall.text_queries import versions_without_text, waiting_passages
from kb.recall.texts import Texts
from kb.recall.vectors import NEXT, Vectors, discard

if TYPE_CHECKING:
    from kb.library.outbox import OutboxItem
    from kb.library.record import Record

SLICE = 16
"""Passages in one step at most."""
STEP_S = 0.15
"""About how long a step may take: a search waits for one, so a slow or busy machine takes smaller ones."""


def drain(
    home: Home,
    record: "Record",
    texts: Texts,
    embedder: Embedder,
    *,
    slice_size: int = SLICE,
    step_s: float = STEP_S,
) -> Iterator[Progress]:
    """Take in everything that waits, under the index's lock.

    Where another process holds the lock, the work is left to it, and the one event yielded says so.
    """
    try:
        with index_lock(home, home.settings):
            yield from _Drain(home, record, texts, embedder, slice_size, step_s).run()
    except BusyError as busy:
        yield Progress(what="skipped", stage="meaning", message=f"{busy.what}; it takes this in as well")


def rebuild(home: Home, record: "Record", texts: Texts, embedder: Embedder) -> Iterator[Progress]:
    """Throw the index away and fill it again from the vectors that are kept; only texts without one are embedded."""
    try:
        with index_lock(home, home.settings):
            discard(home, home.settings, embedder.name)
            yield from _Drain(home, record, texts, embedder, SLICE, STEP_S).run()
    except BusyError as busy:
        yield Progress(what="skipped", stage="meaning", message=f"{busy.what}; next: {busy.next}")


def backlog(record: "Record", texts: Texts) -> int:
    """How many versions and notes wait to be taken in."""
    from kb.library.outbox import Outbox

    return Outbox(record).backlog() + texts.waiting()


class _Drain:
    """One run under the lock."""

    def __init__(
        self, home: Home, record: "Record", texts: Texts, embedder: Embedder, slice_size: int, step_s: float
    ) -> None:
        from kb.library.outbox import Outbox

        self._home, self._record, self._texts = home, record, texts
        self._embedder, self._slice, self._step_s = embedder, slice_size, step_s
        self._outbox = Outbox(record)
        self._done = self._total = 0

    def run(self) -> Iterator[Progress]:
        """Notes first, since there are few and the reader looks for them at once; then the papers' passages."""
        yield from self._open_cache()
        try:
            yield from self._open()
            try:
                self._passages = PassageIndex(
                    self._texts, self._cache, self._vectors, self._embedder, self._slice, self._step_s
                )
                self._sync_papers()
                self._passages.discard_gone(self._gone())
                self._total = self._waiting()
                yield from self._drain_outbox()
                yield from self._drain_texts()
                self._cache.mark_filled(self._home.settings.model)
            finally:
                self._vectors.close()
        finally:
            self._cache.close()
        yield Progress(what="done", stage="meaning", done=self._done, total=self._done)

    def _open_cache(self) -> Iterator[Progress]:
        try:
            self._cache = self._opened_cache()
        except DamagedError as damaged:
            message = f"{damaged.what}: they are computed again"
            yield Progress(what="step", stage="meaning", message=message)
            EmbeddingCache.discard(self._home.derived)
            self._cache = self._opened_cache()

    def _opened_cache(self) -> EmbeddingCache:
        return EmbeddingCache(self._home.derived, self._embedder.name, self._embedder.dimension)

    def _open(self) -> Iterator[Progress]:
        """Open the index; one that is damaged is thrown away, and one that is empty is filled with everything."""
        try:
            self._vectors = self._opened()
            is_empty = self._vectors.are_new() or not self._cache.has_indexed()
            if is_empty and not self._home.settings.chroma_url and any(self._vectors.counts().values()):
                self._vectors.close()
                raise DamagedError("the index of meaning is not the one that was filled", "", NEXT)
        except DamagedError as damaged:
            message = f"{damaged.what}: it is built again from the vectors that are kept"
            yield Progress(what="step", stage="meaning", message=message)
            discard(self._home, self._home.settings, self._embedder.name)
            self._vectors = self._opened()
            is_empty = self._vectors.are_new()
        if is_empty:
            self._cache.forget_indexed()
            self._texts.requeue_all()
            self._outbox.requeue_all()

    def _opened(self) -> Vectors:
        return Vectors.open(self._home, self._home.settings, self._embedder.name, write=True)

    def _sync_papers(self) -> None:
        """Titles as the record has them, and a card for each paper that has no text to be found by."""
        from kb.library.papers import Papers

        papers = Papers(self._record)
        known, titles, cards = papers.titles(), self._texts.titles(), self._texts.cards()
        for paper_id, title in known.items():
            if titles.get(paper_id, title) != title:
                self._texts.rename(paper_id, title)
        for paper in papers.many(known.keys() - titles.keys()).values():
            text = paper.abstract or ", ".join(paper.authors) or paper.title
            if cards.get(paper.id) != f"{paper.title}\n{text}":
                self._texts.put_card(paper.id, paper.title, text)

    def _gone(self) -> list[str]:
        """Versions that left vectors behind: their text is gone, and no version of the record will bring it back."""
        from kb.library.papers import Papers

        papers = Papers(self._record)
        left = versions_without_text(self._texts, self._cache)
        return [sha256 for sha256 in left if papers.version(sha256) is None]

    def _waiting(self) -> int:
        return waiting_passages(self._texts) + self._outbox.backlog()

    def _drain_outbox(self) -> Iterator[Progress]:
        while items := self._outbox.pending(self._slice):
            notes = [item.ref for item in items if item.what == "note"]
            if notes:
                self._take_notes(notes)
            for item in items:
                if item.what == "paper":
                    self._take_version(item)
            self._cache.advance()
            self._outbox.done([item.seq for item in items])
            self._done += len(items)
            yield self._step()

    def _take_notes(self, refs: Sequence[str]) -> None:
        """Put each note in as it stands now, or take it out, whatever the order of its changes was."""
        from kb.library.notes import Notes

        found = {id_: note for id_, note in Notes(self._record).many(list(refs)).items() if not note.trashed}
        texts = [IndexText(note.id, note_text(note), _note_tags(note)) for note in found.values()]
        texts = [text for text in texts if text.text.strip()]
        self._passages.put("note", texts)
        for text in texts:
            self._cache.note(text.id, text.hash)
        gone = sorted(set(refs) - {text.id for text in texts})
        self._vectors.delete("note", gone)
        for id_ in gone:
            self._cache.note(id_, None)

    def _take_version(self, item: "OutboxItem") -> None:
        """Bring the texts in step with the record; texts that change by it queue themselves."""
        from kb.library.papers import Papers

        if item.op == "delete":
            self._texts.remove(item.ref)
            return
        papers = Papers(self._record)
        version = papers.version(item.ref)
        if version is None or self._texts.paper_of(item.ref) is None:
            return
        self._texts.rename(version.paper, papers.get(version.paper).title)
        current = papers.current(version.paper)
        if current and self._texts.paper_of(current.sha256):
            self._texts.set_current(version.paper, current.sha256)

    def _drain_texts(self) -> Iterator[Progress]:
        while self._texts.queued():
            for count, paper in self._passages.embed():
                self._done += count
                yield self._step(paper)
            yield from self._take_in(going_on=True)
            self._outbox.done([])
        yield from self._take_in(going_on=False)

    def _take_in(self, *, going_on: bool) -> Iterator[Progress]:
        if self._passages.is_due(going_on=going_on and not self._home.settings.chroma_url):
            for _ in self._passages.take_in():
                yield self._step()

    def _step(self, paper: str = "") -> Progress:
        total = max(self._total, self._done)
        return Progress(what="step", stage="meaning", paper=paper, done=self._done, total=total)


def note_text(note: Note) -> str:
    """What the model reads of a note: its fields, its body, and what it quotes."""
    from kb.library.note_rows import words_of

    return "\n".join(part for part in words_of(note) if part.strip())


def _note_tags(note: Note) -> dict[str, str]:
    return {"paper": note.paper or "", "kind": note.kind.value}
