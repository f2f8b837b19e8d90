"""Bringing the index of meaning up to date with texts and notes, in small steps that lose nothing if stopped."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.config import Home
from kb.errors import BusyError, DamagedError
from kb.models.note import Note
from kb.models.progress import Progress
from kb.recall.cache import EmbeddingCache
from kb.recall.context import in_context, text_hash
from kb.recall.embed import Embedder
from kb.recall.lock import index_lock
from kb.recall.texts import Texts
from kb.recall.vectors import Vectors, What, discard

if TYPE_CHECKING:
    from kb.library.outbox import OutboxItem
    from kb.library.record import Record

SLICE = 16
"""Passages in one step at most."""
FIRST_SLICE = 4
STEP_S = 0.15
"""About how long a step may take: a search waits for one, so a slow or busy machine takes smaller ones."""
BATCH = 64
"""Passages after which finished versions are settled, and open readers told."""


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

    return Outbox(record).backlog() + texts.counts()["queued"]


@dataclass(frozen=True)
class _Text:
    """Something to put into the index."""

    id: str
    text: str
    tags: dict[str, str]

    @property
    def hash(self) -> bytes:
        return text_hash(self.text)


class _Drain:
    """One run under the lock."""

    def __init__(
        self, home: Home, record: "Record", texts: Texts, embedder: Embedder, slice_size: int, step_s: float
    ) -> None:
        from kb.library.outbox import Outbox

        self._home, self._record, self._texts = home, record, texts
        self._embedder, self._slice = embedder, slice_size
        self._step_s, self._pace = step_s, min(slice_size, FIRST_SLICE)
        self._outbox = Outbox(record)
        self._done = self._total = 0

    def run(self) -> Iterator[Progress]:
        """Notes first, since there are few and the reader looks for them at once; then the papers' passages."""
        yield from self._open_cache()
        try:
            yield from self._open()
            try:
                self._sync_papers()
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
            counts = self._vectors.counts()
        except DamagedError as damaged:
            message = f"{damaged.what}: it is built again from the vectors that are kept"
            yield Progress(what="step", stage="meaning", message=message)
            discard(self._home, self._home.settings, self._embedder.name)
            self._vectors = self._opened()
            counts = self._vectors.counts()
        if not any(counts.values()):
            self._cache.forget_indexed()
            self._texts.requeue_all()
            self._outbox.requeue_all()

    def _opened(self) -> Vectors:
        return Vectors.open(self._home, self._home.settings, self._embedder.name, write=True)

    def _sync_papers(self) -> None:
        """Titles as the record has them, and a card for each paper that has no text to be found by."""
        from kb.library.papers import Papers

        titles, cards = self._texts.titles(), self._texts.cards()
        for paper in Papers(self._record).all():
            if titles.get(paper.id, paper.title) != paper.title:
                self._texts.rename(paper.id, paper.title)
            text = paper.abstract or ", ".join(paper.authors) or paper.title
            if paper.id not in titles and cards.get(paper.id) != f"{paper.title}\n{text}":
                self._texts.put_card(paper.id, paper.title, text)

    def _waiting(self) -> int:
        rows = self._texts.connection.execute(
            "SELECT count(*) FROM queue JOIN passages USING (sha256) WHERE live"
        ).fetchone()
        return int(rows[0]) + self._outbox.backlog()

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
        texts = [_Text(note.id, note_text(note), _note_tags(note)) for note in found.values()]
        texts = [text for text in texts if text.text.strip()]
        self._put("note", texts)
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
        """A few versions at a time, so that short texts of several papers fill a step together."""
        while waiting := self._texts.queued(BATCH):
            taken: list[int] = []
            batch: list[_Text] = []
            for ticket, sha256 in waiting:
                if batch and len(batch) >= BATCH:
                    break
                batch.extend(self._texts_of(sha256))
                taken.append(ticket)
            yield from self._take_passages(batch)
            for ticket in taken:
                self._texts.settle(ticket)
            self._cache.advance()
            self._outbox.done([])

    def _texts_of(self, sha256: str) -> list[_Text]:
        """The version's live passages; those that it no longer has leave the index."""
        version = sha256[:16]
        paper = self._texts.paper_of(sha256) or ""
        rows = self._texts.connection.execute(
            "SELECT id, title, heading, text FROM passages WHERE sha256 = ? AND live ORDER BY position", (sha256,)
        ).fetchall()
        if self._cache.is_indexed(sha256):
            live = {row[0] for row in rows}
            self._vectors.delete("passage", [id_ for id_ in self._vectors.ids("passage", version) if id_ not in live])
        self._cache.mark_indexed(sha256)
        tags = {"paper": paper, "version": version}
        return [_Text(id_, in_context(title, heading, text), tags) for id_, title, heading, text in rows]

    def _take_passages(self, texts: Sequence[_Text]) -> Iterator[Progress]:
        """Texts of like length together, since a step costs as much as its longest."""
        ordered = sorted(texts, key=lambda text: len(text.text))
        while ordered:
            part, ordered = ordered[: self._pace], ordered[self._pace :]
            began = time.perf_counter()
            self._put("passage", part)
            each = (time.perf_counter() - began) / len(part)
            self._pace = max(1, min(self._slice, int(self._step_s / each)))
            self._done += len(part)
            yield self._step(part[0].tags["paper"])

    def _put(self, what: What, texts: Sequence[_Text]) -> None:
        """Embed what has no vector yet, and put all of it into the index."""
        import numpy as np

        known = self._cache.sound(text.hash for text in texts)
        fresh = {text.hash: text.text for text in texts if text.hash not in known}
        if fresh:
            made = self._embedder.encode_document(list(fresh.values()))
            self._cache.put(list(fresh), made)
            known.update(zip(fresh, made, strict=True))
        if texts:
            vectors = np.stack([known[text.hash] for text in texts])
            self._vectors.upsert(what, [text.id for text in texts], vectors, [text.tags for text in texts])

    def _step(self, paper: str = "") -> Progress:
        total = max(self._total, self._done)
        return Progress(what="step", stage="meaning", paper=paper, done=self._done, total=total)


def note_text(note: Note) -> str:
    """What the model reads of a note: its fields, its body, and what it quotes."""
    from kb.library.note_rows import words_of

    return "\n".join(part for part in words_of(note) if part.strip())


def _note_tags(note: Note) -> dict[str, str]:
    return {"paper": note.paper or "", "kind": note.kind.value}
