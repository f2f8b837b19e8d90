"""Hits by words, straight from the full-text indexes, for the time until the engine answers."""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.library.record import Record
    from kb.models.note import Note
    from kb.models.search import Candidate, Hit, SearchResult
    from kb.recall.words import Words
    from tui.shelf import Shelf


def word_hits(shelf: "Shelf", query: str, where: str, limit: int) -> "SearchResult":
    """Passages and notes that have the words, best first."""
    from kb.models.search import SearchResult
    from kb.recall.words import Words

    began = time.perf_counter()
    record = shelf.record()
    with Words(shelf.home) as words:
        hits = passage_hits(shelf, words, query, limit) if where != "notes" else []
        if where != "passages":
            hits += note_hits(record, words, query, limit)
    hits = [hit.model_copy(update={"rank": rank}) for rank, hit in enumerate(with_titles(record, hits), 1)]
    return SearchResult(query=query, took_ms=(time.perf_counter() - began) * 1000, hits=tuple(hits[:limit]))


def passage_hits(shelf: "Shelf", words: "Words", query: str, limit: int) -> "list[Hit]":
    """The passages that match, each with a window around the words."""
    from kb.library.papers import Papers
    from kb.models.search import Hit
    from kb.recall.words import snippet

    texts = shelf.texts()
    papers = {version.sha256[:16]: version.paper for version in Papers(shelf.record()).all_versions()}
    hits = []
    for candidate in words.passages(query, limit, typing=True):
        passage = texts.passage(candidate.id)
        window, marks = snippet(passage.text, query)
        hits.append(
            Hit(
                rank=0,
                score=candidate.score,
                what="passage",
                paper=papers.get(passage.id.partition(":")[0]),
                section=passage.section_title,
                page=passage.page,
                text=passage.text,
                snippet=window,
                marks=tuple(marks),
                block=passage.first_block,
                matched=("words",),
            )
        )
    return hits


def note_hits(record: "Record", words: "Words", query: str, limit: int) -> "list[Hit]":
    """The notes that match."""
    from kb.library.notes import Notes

    candidates = words.notes(query, limit, typing=True)
    notes = Notes(record).many([candidate.id for candidate in candidates])
    return [note_hit(notes[one.id], one, query) for one in candidates if one.id in notes]


def note_hit(note: "Note", candidate: "Candidate", query: str) -> "Hit":
    """One note as a hit."""
    from kb.models.search import Hit
    from kb.recall.words import snippet

    anchor = note.anchors[0] if note.anchors else None
    text = "\n".join(filter(None, [note.headline, note.body, anchor.quote if anchor else ""]))
    window, marks = snippet(text, query)
    return Hit(
        rank=0,
        score=candidate.score,
        what="note",
        paper=note.paper,
        page=anchor.page if anchor else None,
        text=text,
        snippet=window,
        marks=tuple(marks),
        note=note.id,
        kind=note.kind.value,
        block=anchor.first_block if anchor else None,
        matched=("words",),
    )


def with_titles(record: "Record", hits: "list[Hit]") -> "list[Hit]":
    """The same hits with their papers' titles, best first."""
    from kb.library.papers import Papers

    papers = Papers(record).many({hit.paper for hit in hits if hit.paper})
    named = [hit.model_copy(update={"title": papers[hit.paper].title}) if hit.paper in papers else hit for hit in hits]
    return sorted(named, key=lambda hit: -hit.score)
