"""The papers of the library and what the lists name, read together."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from kb.library.record import Record
from kb.library.schema import entries, entry_papers, papers

_PAPERS = sa.select(
    *(papers.c[name] for name in ("id", "title", "authors", "year", "kind", "arxiv_id", "url", "state"))
)
_ENTRIES = (
    sa.select(entries.c.list_id, entries.c.data).where(entries.c.listed).order_by(entries.c.list_id, entries.c.position)
)
_ATTACHED = sa.select(entry_papers.c.list_id, entry_papers.c.entry_id, entry_papers.c.paper_id)


class ListPlaces(NamedTuple):
    """All of it, at one time."""

    papers: dict[str, dict[str, Any]]
    """By id, what a line about a paper says."""
    entries: list[tuple[str, dict[str, Any]]]
    """Each with its list, in the order of the lists."""
    attached: dict[tuple[str, str], str]
    """The paper that stands for an entry, by list and entry."""


def list_places(record: Record) -> ListPlaces:
    """Read them; the lists must have been synced into the record."""
    with record.read() as connection:
        known = {row["id"]: dict(row) for row in connection.execute(_PAPERS).mappings()}
        listed = [(str(list_id), data) for list_id, data in connection.execute(_ENTRIES)]
        attached: dict[tuple[str, str], str] = {}
        for list_id, entry_id, paper_id in connection.execute(_ATTACHED):
            attached.setdefault((list_id, entry_id), paper_id)
    return ListPlaces(known, listed, attached)
