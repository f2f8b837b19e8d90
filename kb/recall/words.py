"""Searching by words: FTS5 over the passages in the texts file and over the notes in the record."""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Literal

from kb.config import Home
from kb.models.search import Candidate
from kb.recall.frequency import Frequencies
from kb.recall.query import Wanted, match_expression, wanted
from kb.recall.snippets import snippet
from kb.recall.texts_schema import fault, file_identity, open_texts, read_only

__all__ = ["Words", "snippet"]

_PASSAGES = """
SELECT p.id, -f.rank FROM (
    SELECT rowid, rank FROM passages_fts
    WHERE passages_fts MATCH :match AND rank MATCH 'bm25(1.0, 0.5, 2.0)' {narrow}
    ORDER BY rank LIMIT :limit
) f JOIN passages p ON p.number = f.rowid ORDER BY f.rank
"""
_NOTES = """
SELECT note_id, -rank FROM notes_fts
WHERE notes_fts MATCH :match AND rank MATCH 'bm25(0.0, 2.0, 1.0, 1.0)' {narrow}
ORDER BY rank LIMIT :limit
"""
_OF_PAPERS = "AND +rowid IN (SELECT number FROM passages WHERE live AND paper IN (SELECT value FROM json_each(:ids)))"
_OF_NOTES = "AND note_id IN (SELECT value FROM json_each(:ids))"


class Words:
    """Both full-text indexes, each opened when it is first needed, and read only."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._open: dict[Path, tuple[object, sqlite3.Connection]] = {}
        self._frequencies: tuple[sqlite3.Connection, Frequencies] | None = None

    def __enter__(self) -> "Words":
        """The open indexes."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on the way out."""
        self.close()

    def close(self) -> None:
        """Close both files."""
        for _, connection in self._open.values():
            connection.close()
        self._open.clear()

    def passages(
        self, query: str | Wanted, limit: int, papers: Collection[str] | None = None, *, typing: bool = False
    ) -> list[Candidate]:
        """Passages by BM25, best first; ``papers`` narrows the search to those. Nothing where nothing is parsed yet."""
        narrow = "" if papers is None else _OF_PAPERS
        sql = _PASSAGES.format(narrow=narrow)
        return self._ask(self._home.texts, sql, "passage", query, limit, papers, typing)

    def notes(
        self, query: str | Wanted, limit: int, notes: Collection[str] | None = None, *, typing: bool = False
    ) -> list[Candidate]:
        """Notes by BM25, best first; ``notes`` narrows the search to those."""
        narrow = "" if notes is None else _OF_NOTES
        sql = _NOTES.format(narrow=narrow)
        return self._ask(self._home.record, sql, "note", query, limit, notes, typing)

    def _ask(
        self,
        path: Path,
        sql: str,
        what: Literal["passage", "note"],
        query: str | Wanted,
        limit: int,
        ids: Collection[str] | None,
        typing: bool,
    ) -> list[Candidate]:
        asked = wanted(query) if isinstance(query, str) else query
        if asked.is_empty or not path.exists():
            return []
        try:
            if what == "passage" and not typing:
                asked = replace(asked, words=self._frequencies_of(path).affordable(asked.words))
            match = match_expression(asked, typing=typing)
            values = {"match": match, "limit": limit, "ids": json.dumps(list(ids)) if ids is not None else ""}
            rows = self._connection(path).execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise fault(path, error) from error
        return [Candidate.model_construct(what=what, id=found, score=score) for found, score in rows]

    def _frequencies_of(self, path: Path) -> Frequencies:
        connection = self._connection(path)
        if self._frequencies is None or self._frequencies[0] is not connection:
            self._frequencies = connection, Frequencies(connection)
        return self._frequencies[1]

    def _connection(self, path: Path) -> sqlite3.Connection:
        """The open file; a file that was deleted and made anew is opened again."""
        identity, connection = self._open.get(path, (None, None))
        if connection is None or identity != file_identity(path):
            connection = open_texts(path, create=False) if path == self._home.texts else read_only(path)
            self._open[path] = file_identity(path), connection
        return connection
