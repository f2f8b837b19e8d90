"""Searching by words: FTS5 over the passages in the texts file."""

import json
import sqlite3
from collections.abc import Collection
from functools import partial
from typing import Any

from kb.config import Home
from kb.models.search import Candidate
from kb.recall.document_frequency import Frequencies
from kb.recall.query import ParsedQuery, match_expression, wanted
from kb.recall.snippets import snippet
from kb.recall.texts_schema import fault, open_texts, share_of
from kb.storage.sqlite_file import ReopeningConnection

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


class FullTextSearch:
    """The passages' full-text index, opened when it is first needed, and read only."""

    def __init__(self, home: Home) -> None:
        self._texts = ReopeningConnection(home.texts, partial(open_texts, create=False))
        self._frequencies: tuple[sqlite3.Connection, Frequencies] | None = None

    def __enter__(self) -> "FullTextSearch":
        """The open index."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on the way out."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._texts.close()

    def passages(
        self, query: str | ParsedQuery, limit: int, papers: Collection[str] | None = None, *, typing: bool = False
    ) -> list[Candidate]:
        """Passages by BM25, best first; ``papers`` narrows the search to those. Nothing where nothing is parsed yet."""
        asked = wanted(query) if isinstance(query, str) else query
        path = self._texts.path
        if asked.is_empty or not path.exists():
            return []
        try:
            rows = self._passages(asked, limit, papers, typing)
        except sqlite3.DatabaseError as error:
            raise fault(path, error) from error
        return [Candidate("passage", id_, score) for id_, score in rows]

    def _passages(
        self, asked: ParsedQuery, limit: int, papers: Collection[str] | None, typing: bool
    ) -> list[tuple[str, float]]:
        connection = self._texts.get()
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


def _json(ids: Collection[str] | None) -> str:
    return json.dumps(list(ids or ()))
