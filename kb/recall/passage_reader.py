"""Reading passages for a search from the shell, which must not wait for parsed documents' models to load."""

import json
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, NamedTuple

from kb.config import Home
from kb.recall.texts_schema import open_texts
from kb.storage.sqlite_file import ReopeningConnection

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


class PassageRow(NamedTuple):
    """A passage that is searched, and where it stands."""

    id: str
    paper: str
    title: str
    heading: str
    page: int
    """0 where it stands on none."""
    text: str
    first_block: int


class PassageReader:
    """Passages that are searched; nothing where no text is there yet, and asking makes no file."""

    def __init__(self, home: Home) -> None:
        self._texts = ReopeningConnection(home.texts, partial(open_texts, create=False))

    def close(self) -> None:
        """Close the file."""
        self._texts.close()

    def has_texts(self) -> bool:
        """Whether any paper has a text of its own; raises DamagedError or BusyError."""
        return bool(self._rows(_ANY_TEXT))

    def passages(self, ids: Sequence[str]) -> list[PassageRow]:
        """Those of the passages that are searched."""
        return [PassageRow(*row) for row in self._rows(_PASSAGES, ids)] if ids else []

    def papers_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The paper of each passage that is still searched; reads no text, since hundreds are asked for."""
        return dict(self._rows(_PAPERS, ids)) if ids else {}

    def beginnings(self, papers: Collection[str]) -> list[str]:
        """The first passage of each paper, by title."""
        return [id_ for id_, _ in self._rows(_BEGINNINGS, sorted(papers))] if papers else []

    def _rows(self, query: str, ids: Sequence[str] | None = None) -> list[tuple[Any, ...]]:
        if not self._texts.path.exists():
            return []
        values = () if ids is None else (json.dumps(ids),)
        return self._texts.get().execute(query, values).fetchall()
