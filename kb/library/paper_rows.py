"""Papers as rows: putting them in within the caller's transaction, and reading them and their place in lists back."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from kb.library import names
from kb.library.outbox import enqueue
from kb.library.record import now
from kb.library.schema import entries, entry_papers, note_agendas, notes, paper_aliases, papers, versions
from kb.models.paper import Paper, PaperDraft, Version, VersionDraft


def insert(connection: sa.Connection, draft: PaperDraft, paper_id: str | None) -> Paper:
    """A new paper with an id and a key of its own."""
    paper = Paper(
        **draft.model_dump(),
        id=paper_id or names.slug(draft, lambda name: is_taken(connection, name)),
        key=names.citation_key(draft, lambda name: is_taken(connection, name)),
        added_at=now(),
    )
    connection.execute(papers.insert().values(_row(paper)))
    return paper


def update(connection: sa.Connection, paper_id: str, values: Mapping[str, Any]) -> None:
    """Write what is now known of a paper, by column."""
    connection.execute(papers.update().where(papers.c.id == paper_id).values(dict(values)))


def add_alias(connection: sa.Connection, paper_id: str, alias: str) -> None:
    """Let a paper be found by one more name, which must not be taken."""
    connection.execute(paper_aliases.insert().values(alias=alias, paper_id=paper_id))


def insert_version(connection: sa.Connection, paper_id: str, file: VersionDraft) -> None:
    """A file of a paper, queued for the index; the same bytes twice are one version."""
    if connection.execute(sa.select(versions.c.sha256).where(versions.c.sha256 == file.sha256)).scalar():
        return
    connection.execute(versions.insert().values(paper_id=paper_id, added_at=now(), **file.model_dump(mode="json")))
    enqueue(connection, "paper", file.sha256, "upsert")


def is_taken(connection: sa.Connection, name: str) -> bool:
    """Whether an id, a key or an old name is in use: all three share one space, so that any of them can be typed."""
    in_papers = sa.select(papers.c.id).where(sa.or_(papers.c.id == name, papers.c.key == name))
    in_aliases = sa.select(paper_aliases.c.alias).where(paper_aliases.c.alias == name)
    return connection.execute(sa.union(in_papers, in_aliases)).first() is not None


def listed_papers(connection: sa.Connection, list_id: str | None) -> dict[str, dict[str, Any]]:
    """Entry data by paper id, of one list or of all, in list order."""
    query = (
        sa.select(entry_papers.c.paper_id, entries.c.data)
        .join(entries, sa.and_(entries.c.list_id == entry_papers.c.list_id, entries.c.id == entry_papers.c.entry_id))
        .where(entries.c.listed)
        .order_by(entries.c.position)
    )
    if list_id:
        query = query.where(entries.c.list_id == list_id)
    listed: dict[str, dict[str, Any]] = {}
    for paper_id, data in connection.execute(query):
        kept = listed.setdefault(paper_id, {**data, "weeks": [], "tags": []})
        kept["weeks"].append(data.get("week"))
        kept["tags"].extend(data.get("agendas", ()))
    return listed


def noted_on(connection: sa.Connection, names: Collection[str]) -> set[str]:
    """Papers that have a note on an agenda, under one of its names."""
    query = (
        sa.select(notes.c.paper_id)
        .join(note_agendas, note_agendas.c.note_id == notes.c.id)
        .where(note_agendas.c.agenda.in_(names), notes.c.trashed.is_(False), notes.c.paper_id.is_not(None))
    )
    return set(connection.execute(query).scalars())


def select(
    found: list[Paper], listed: dict[str, dict[str, Any]], week: int | None, names: frozenset[str], bearing: set[str]
) -> tuple[Paper, ...]:
    """Papers of the lists, week and agenda asked for, in list order."""

    def wanted(paper: Paper) -> bool:
        entry = listed.get(paper.id)
        if entry is None:
            return paper.id in bearing
        in_week = week is None or week in entry["weeks"]
        return in_week and (not names or not names.isdisjoint(entry["tags"]) or paper.id in bearing)

    order = {paper_id: position for position, paper_id in enumerate(listed)}
    return tuple(sorted(filter(wanted, found), key=lambda paper: order.get(paper.id, len(order))))


def _row(paper: Paper) -> dict[str, Any]:
    return {**paper.model_dump(mode="json", exclude={"added_at"}), "added_at": paper.added_at}


def to_paper(row: Any) -> Paper:
    """A paper from its row."""
    return Paper.model_validate(dict(row))


def to_version(row: Any) -> Version:
    """A version from its row."""
    return Version(paper=row["paper_id"], **{name: value for name, value in row.items() if name != "paper_id"})
