"""From ids to hits: the text, title, section and page of what was found, read from the texts and from the record."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from kb.config import Home
from kb.errors import KbError
from kb.models.note_kind import field_words
from kb.models.search import Candidate, Hit
from kb.recall.context import in_context
from kb.recall.fusion import Ranked, best_of_each
from kb.recall.query import ParsedQuery
from kb.recall.snippets import shares_words, snippet
from kb.recall.texts_schema import file_identity, open_texts
from kb.search.record_reader import RecordReader, json_column

_PASSAGES = """
SELECT id, paper, title, heading, page, text, first_block FROM passages
WHERE live AND id IN (SELECT value FROM json_each(?))
"""
_PAPERS = "SELECT id, paper FROM passages WHERE live AND id IN (SELECT value FROM json_each(?))"
_BEGINNINGS = """
SELECT id, min(number) FROM passages
WHERE live AND paper IN (SELECT value FROM json_each(?)) GROUP BY paper ORDER BY max(title)
"""
_ANY_TEXT = "SELECT 1 FROM documents WHERE NOT card LIMIT 1"
_STANDING_NOTES = "SELECT id FROM notes WHERE NOT trashed AND id IN {ids}"
_NOTES = """
SELECT n.id, n.kind, n.paper_id, p.title, n.headline, r.content FROM notes n
JOIN note_revisions r ON r.note_id = n.id AND r.number = n.head
LEFT JOIN papers p ON p.id = n.paper_id
WHERE NOT n.trashed AND n.id IN {ids}
"""


@dataclass(frozen=True)
class HitSource:
    """What stands behind a candidate."""

    text: str
    paper: str | None
    title: str
    section: str = ""
    page: int | None = None
    block: int | None = None
    note: str | None = None
    kind: str | None = None
    headline: str = ""
    colour: str = ""

    @property
    def in_context(self) -> str:
        """The text as a model reads it."""
        return in_context(self.title, self.section, self.text)


class HitLoader:
    """Reads what candidates point to; what no longer stands anywhere is left out."""

    def __init__(self, home: Home, reader: RecordReader) -> None:
        self._home = home
        self._reader = reader
        self._texts: tuple[object, sqlite3.Connection] | None = None

    def close(self) -> None:
        """Close the texts; the record's reader is the caller's."""
        if self._texts:
            self._texts[1].close()
        self._texts = None

    def lacks_texts(self) -> bool:
        """Whether papers have files, and none has a text: the texts were deleted, or are of an older form."""
        try:
            if self._home.texts.exists() and self._connection().execute(_ANY_TEXT).fetchone():
                return False
        except KbError:
            return False  # what is damaged, the search in it says
        return bool(self._reader.rows("SELECT 1 FROM versions LIMIT 1"))

    def hits(self, ranked: Sequence[Ranked], asked: ParsedQuery) -> tuple[Hit, ...]:
        """The entries of a ranking as hits, in its order."""
        found = self.found([(entry.what, entry.id) for entry in ranked])
        standing = [(entry, found[entry.what, entry.id]) for entry in ranked if (entry.what, entry.id) in found]
        return tuple(_hit(rank, entry, behind, asked) for rank, (entry, behind) in enumerate(standing, start=1))

    def best_of_each_paper(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """The best passage of each paper, and every note; a paper counts by all of its passages' best."""
        papers = self._papers_of([entry.id for entry in ranked if entry.what == "passage"])
        groups: dict[str, list[Ranked]] = {}
        for entry in ranked:
            if entry.what == "note":
                groups[f"note {entry.id}"] = [entry]
            elif entry.id in papers:
                groups.setdefault(f"paper {papers[entry.id]}", []).append(entry)
        return best_of_each(list(groups.values()))

    def beginnings(self, papers: Collection[str]) -> list[str]:
        """The first passage of each paper, by title."""
        if not papers or not self._home.texts.exists():
            return []
        return [id_ for id_, _ in self._connection().execute(_BEGINNINGS, (json.dumps(sorted(papers)),))]

    def standing(self, candidates: Sequence[Candidate], asked: ParsedQuery) -> list[Candidate]:
        """The candidates that are still there, and that have the phrases, and lack the words, that the query names."""
        if asked.is_strict:
            found = self.found([(candidate.what, candidate.id) for candidate in candidates])
            there = {key for key, behind in found.items() if asked.admits(behind.text)}
        else:
            passages = [candidate.id for candidate in candidates if candidate.what == "passage"]
            notes = [candidate.id for candidate in candidates if candidate.what == "note"]
            there = {("passage", id_) for id_ in self._papers_of(passages)}
            there.update(("note", str(id_)) for (id_,) in self._reader.rows_of(_STANDING_NOTES, notes))
        return [candidate for candidate in candidates if (candidate.what, candidate.id) in there]

    def coverage(self, candidate: Candidate, asked: ParsedQuery) -> float:
        """Which share of the query's words stands in the candidate's text."""
        behind = self.found([(candidate.what, candidate.id)]).get((candidate.what, candidate.id))
        return shares_words(f"{behind.title} {behind.section} {behind.text}", asked) if behind else 0.0

    def found(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], HitSource]:
        """What stands behind each id."""
        passages = [id_ for what, id_ in keys if what == "passage"]
        notes = [id_ for what, id_ in keys if what == "note"]
        return {**self._passages(passages), **self._notes(notes)}

    def _passages(self, ids: Sequence[str]) -> dict[tuple[str, str], HitSource]:
        if not ids or not self._home.texts.exists():
            return {}
        rows = self._connection().execute(_PASSAGES, (json.dumps(ids),))
        return {
            ("passage", id_): HitSource(
                text, paper, title, section=heading, page=page or None, block=block if page else None
            )
            for id_, paper, title, heading, page, text, block in rows
        }

    def _papers_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The paper of each passage that is still searched; reads no text, since hundreds are asked for."""
        if not ids or not self._home.texts.exists():
            return {}
        return dict(self._connection().execute(_PAPERS, (json.dumps(ids),)))

    def _notes(self, ids: Sequence[str]) -> dict[tuple[str, str], HitSource]:
        found = {}
        for id_, kind, paper, title, headline, content in self._reader.rows_of(_NOTES, ids):
            found["note", id_] = _of_note(id_, kind, paper, title or "", headline, json_column(content))
        return found

    def _connection(self) -> sqlite3.Connection:
        identity = file_identity(self._home.texts)
        if self._texts is None or self._texts[0] != identity:
            self._texts = identity, open_texts(self._home.texts, create=False)
        return self._texts[1]


def note_words(content: dict[str, object]) -> str:
    """What a note says: its fields, its body, and what it quotes."""
    fields = content.get("fields")
    anchors = content.get("anchors")
    said = field_words(fields) if isinstance(fields, dict) else []
    quotes = [str(anchor.get("quote", "")) for anchor in anchors] if isinstance(anchors, list) else []
    return "\n".join(part for part in (*said, str(content.get("body") or ""), *quotes) if part.strip())


def _of_note(id_: str, kind: str, paper: str | None, title: str, headline: str, content: dict[str, Any]) -> HitSource:
    quoted: dict[str, int | None] = next(iter(content.get("anchors") or ()), {})
    return HitSource(
        note_words(content),
        paper,
        title,
        page=quoted.get("page"),
        block=quoted.get("first_block"),
        note=id_,
        kind=kind,
        headline=headline,
        colour=str((content.get("fields") or {}).get("colour") or ""),
    )


def _hit(rank: int, entry: Ranked, behind: HitSource, asked: ParsedQuery) -> Hit:
    window, marks = snippet(behind.text, asked)
    return Hit(
        rank=rank,
        score=round(entry.score, 6),
        what=entry.what,
        paper=behind.paper,
        title=behind.title,
        section=behind.section,
        page=behind.page,
        text=behind.text,
        snippet=window,
        marks=marks,
        note=behind.note,
        kind=behind.kind,
        block=behind.block,
        matched=entry.matched,
        id=entry.id,
        headline=behind.headline,
        colour=behind.colour,
    )
