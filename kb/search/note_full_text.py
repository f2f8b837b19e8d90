"""Searching the notes by words: what the reader typed as an expression for the full text that the record keeps."""

from collections.abc import Collection

from kb.library.light_reader import RecordReader
from kb.library.search_queries import matching_notes
from kb.models.search import Candidate
from kb.recall.query import ParsedQuery, match_expression, wanted


class NoteFullText:
    """The notes' full-text index, which is written with each note; the reader of the record is the caller's."""

    def __init__(self, reader: RecordReader) -> None:
        self._reader = reader

    def notes(
        self, query: str | ParsedQuery, limit: int, notes: Collection[str] | None = None, *, typing: bool = False
    ) -> list[Candidate]:
        """Notes by BM25, best first; ``notes`` narrows the search to those. Raises DamagedError or BusyError."""
        asked = wanted(query) if isinstance(query, str) else query
        if asked.is_empty:
            return []
        match = match_expression(asked, typing=typing)
        return [Candidate("note", id_, score) for id_, score in matching_notes(self._reader, match, limit, notes)]
