"""Searching by words: FTS5 over the passages in the texts file and over the notes in the record."""

import json
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Any

from kb.config import Home
from kb.models.search import Candidate
from kb.recall.document_frequency import Frequencies
from kb.recall.query import ParsedQuery, match_expression, wanted
from kb.recall.snippets import snippet
from kb.recall.texts_schema import fault, file_identity, open_texts, read_only, share_of

__all__ = ["FullTextSearch", "snippet"]

NARROW = 0.1
"""Where a filter leaves a smaller share of the papers, only their passages are ranked."""
_PASSAGES = """
SELECT p.id, -f.rank FROM (
    SELECT rowid, rank FROM passages_fts
    WHERE passages_fts MATCH :match AND rank MATCH 'bm25(1.0, 0.5, 2.0)' AND rowid >= :least
    ORDER BY rank LIMIT :depth
) f JOIN passages p ON p.number = f.rowid {narrow} ORDER BY f.rank LIMIT :limit
"""
_OF_PAPERS = "AND p.paper IN (SELECT value FROM json_each(:ids))"
_OF_FEW_PAPERS = """
SELECT p.id, -f.score FROM (
    SELECT rowid, bm25(passages_fts, 1.0, 0.5, 2.0) AS score FROM passages_fts
    WHERE passages_fts MATCH :match
    AND +rowid IN (SELECT number FROM passages WHERE live AND paper IN (SELECT value FROM json_each(:ids)))
    ORDER BY score LIMIT :limit
) f JOIN passages p ON p.number = f.rowid ORDER BY f.score
"""
_NOTES = """
SELECT note_id, -rank FROM notes_fts
WHERE notes_fts MATCH :match AND rank MATCH 'bm25(0.0, 2.0, 1.0, 1.0)' {narrow}
ORDER BY rank LIMIT :limit
"""
_OF_NOTES = "AND note_id IN (SELECT value FROM json_each(:ids))"


class FullTextSearch:
    """Both full-text indexes, each opened when it is first needed, and read only."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._open: dict[Path, tuple[object, sqlite3.Connection]] = {}
        self._frequencies: tuple[sqlite3.Connection, Frequencies] | None = None

    def __enter__(self) -> "FullTextSearch":
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
        self, query: str | ParsedQuery, limit: int, papers: Collection[str] | None = None, *, typing: bool = False
    ) -> list[Candidate]:
        """Passages by BM25, best first; ``papers`` narrows the search to those. Nothing where nothing is parsed yet."""
        asked = wanted(query) if isinstance(query, str) else query
        path = self._home.texts
        if asked.is_empty or not path.exists():
            return []
        try:
            rows = self._passages(asked, limit, papers, typing)
        except sqlite3.DatabaseError as error:
            raise fault(path, error) from error
        return [Candidate("passage", id_, score) for id_, score in rows]

    def notes(
        self, query: str | ParsedQuery, limit: int, notes: Collection[str] | None = None, *, typing: bool = False
    ) -> list[Candidate]:
        """Notes by BM25, best first; ``notes`` narrows the search to those."""
        asked = wanted(query) if isinstance(query, str) else query
        path = self._home.record
        if asked.is_empty or not path.exists():
            return []
        sql = _NOTES.format(narrow="" if notes is None else _OF_NOTES)
        values = {"match": match_expression(asked, typing=typing), "limit": limit, "ids": _json(notes)}
        try:
            rows = self._connection(path).execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise fault(path, error) from error
        return [Candidate("note", id_, score) for id_, score in rows]

    def _passages(
        self, asked: ParsedQuery, limit: int, papers: Collection[str] | None, typing: bool
    ) -> list[tuple[str, float]]:
        connection = self._connection(self._home.texts)
        share = 1.0 if papers is None else share_of(connection, papers)
        values: dict[str, Any] = {"limit": limit, "ids": _json(papers)}
        if share <= NARROW:
            values["match"] = match_expression(asked, typing=typing)
            return connection.execute(_OF_FEW_PAPERS, values).fetchall()
        depth = limit if papers is None else int(limit / share * 1.5)
        match = self._frequencies_of(connection).match(asked, depth, typing=typing)
        values.update(match=match.expression, least=match.least, depth=depth)
        sql = _PASSAGES.format(narrow="" if papers is None else _OF_PAPERS)
        return [(id_, score / match.copies) for id_, score in connection.execute(sql, values)]

    def _frequencies_of(self, connection: sqlite3.Connection) -> Frequencies:
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


def _json(ids: Collection[str] | None) -> str:
    return json.dumps(list(ids or ()))
