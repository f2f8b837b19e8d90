"""Reading lists as the record knows them: their entries, and the papers that entries point to."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from kb.errors import NotFoundError
from kb.library.record import Record
from kb.library.schema import entries, entry_papers, lists, notes, papers, versions
from kb.models.base import Value
from kb.models.minutes import minutes_of, work_of
from kb.models.natural import natural
from kb.models.paper import WITHOUT_ADDRESS
from kb.models.provenance import Provenance
from kb.models.reading_list import Entry, ReadingList
from kb.models.reading_state import WAS_READ, ReadingState


class ListSummary(Value):
    """A list in one line."""

    list: str
    title: str
    edition: str
    entries: int


class Coverage(Value):
    """How far the reader has come with one week, section or agenda of a list; counts of entries."""

    list: str
    week: int | None
    section: str
    agenda: str = ""
    entries: int
    core: int
    fetched: int
    read: int
    noted: int
    claimed: int
    reproduced: int
    minutes: int
    """Of all its entries."""
    minutes_left: int
    """Of the entries that are not read yet."""


class ReadingLists:
    """Lists in the record. The YAML files stay the source; a sync takes over what they say now."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def sync(self, reading_list: ReadingList) -> None:
        """Take over a list; entries that left it are kept unlisted, so that papers and notes keep their place."""
        row = {column.name: getattr(reading_list, column.name) for column in lists.columns}
        with self._record.write() as connection:
            if connection.execute(sa.select(lists.c.id).where(lists.c.id == reading_list.id)).first():
                connection.execute(lists.update().where(lists.c.id == reading_list.id).values(row))
            else:
                connection.execute(lists.insert().values(row))
            _replace_entries(connection, reading_list)

    def all(self) -> tuple[ListSummary, ...]:
        """Every list that was synced, by title."""
        query = (
            sa.select(
                lists.c.id.label("list"), lists.c.title, lists.c.edition, sa.func.count(entries.c.id).label("entries")
            )
            .join(entries, sa.and_(entries.c.list_id == lists.c.id, entries.c.listed), isouter=True)
            .group_by(lists.c.id, lists.c.title, lists.c.edition)
        )
        with self._record.read() as connection:
            found = [ListSummary(**row) for row in connection.execute(query).mappings()]
        return tuple(sorted(found, key=lambda shelf: natural(shelf.title)))

    def entries(self, list_id: str, week: int | None = None) -> tuple[Entry, ...]:
        """A list's entries in order; raises NotFoundError for a list that was never synced."""
        query = sa.select(entries.c.data).where(entries.c.list_id == list_id, entries.c.listed)
        with self._record.read() as connection:
            if not connection.execute(sa.select(lists.c.id).where(lists.c.id == list_id)).first():
                raise NotFoundError(f"no list has the id {list_id!r}", next="kb lists")
            found = connection.execute(query.order_by(entries.c.position)).scalars()
            loaded = tuple(Entry.model_validate(data) for data in found)
        return tuple(entry for entry in loaded if week is None or entry.week == week)

    def attach(self, list_id: str, entry_id: str, paper_id: str) -> None:
        """Say that an entry points to a paper; a post with a paper behind it points to both."""
        row = {"list_id": list_id, "entry_id": entry_id, "paper_id": paper_id}
        with self._record.write() as connection:
            same = sa.and_(*(entry_papers.c[name] == value for name, value in row.items()))
            if not connection.execute(entry_papers.select().where(same)).first():
                connection.execute(entry_papers.insert().values(row))

    def attach_known(self) -> int:
        """Tie every entry to the paper with its id or address, whatever road it came in by; returns how many were tied.

        A work without an address, such as a primer, goes by its kind and title.
        """
        with self._record.write() as connection:
            known = _works(connection)
            tied = {tuple(row) for row in connection.execute(sa.select(entry_papers))}
            called = [
                entries.c.data[name].as_string() for name in ("arxiv_id", "paper_arxiv_id", "url", "kind", "title")
            ]
            found = connection.execute(sa.select(entries.c.list_id, entries.c.id, *called).where(entries.c.listed))
            wanted = {
                (list_id, entry_id, known[name])
                for list_id, entry_id, *names in found
                for name in _names(*names)
                if name in known
            }
            for list_id, entry_id, paper_id in sorted(wanted - tied):
                row = {"list_id": list_id, "entry_id": entry_id, "paper_id": paper_id}
                connection.execute(entry_papers.insert().values(row))
        return len(wanted - tied)

    def papers_of(self, list_id: str) -> dict[str, tuple[str, ...]]:
        """Paper ids by entry id."""
        query = sa.select(entry_papers.c.entry_id, entry_papers.c.paper_id).where(entry_papers.c.list_id == list_id)
        found: dict[str, tuple[str, ...]] = {}
        with self._record.read() as connection:
            for entry_id, paper_id in connection.execute(query):
                found[entry_id] = (*found.get(entry_id, ()), paper_id)
        return found

    def lists_of(self, paper_id: str) -> tuple[tuple[str, Entry], ...]:
        """Where a paper is listed: list ids with the entry."""
        query = (
            sa.select(entries.c.list_id, entries.c.data)
            .join(
                entry_papers,
                sa.and_(entry_papers.c.list_id == entries.c.list_id, entry_papers.c.entry_id == entries.c.id),
            )
            .where(entry_papers.c.paper_id == paper_id, entries.c.listed)
        )
        with self._record.read() as connection:
            return tuple((row[0], Entry.model_validate(row[1])) for row in connection.execute(query))

    def coverage(
        self,
        list_id: str,
        *,
        by_agenda: bool = False,
        minutes: Mapping[str, int] | None = None,
        entries: Sequence[Entry] | None = None,
    ) -> tuple[Coverage, ...]:
        """Counts a week (a section, where a list has no weeks) in list order; or an agenda's tag, by name.

        ``minutes`` are those of this reader by entry; the rule's own where they are not known. ``entries`` are the
        list's, where they were read already.
        """
        with self._record.read() as connection:
            known = _known(connection, list_id)
        groups: dict[tuple[int | None, str, str], list[Entry]] = {}
        for entry in self.entries(list_id) if entries is None else entries:
            places = [(None, "", tag) for tag in entry.agendas] if by_agenda else [(entry.week, entry.section, "")]
            for place in places:
                groups.setdefault(place, []).append(entry)
        ordered = sorted(groups.items(), key=lambda item: item[0][2])
        return tuple(_covered(list_id, place, group, known, minutes or {}) for place, group in ordered)


def _works(connection: sa.Connection) -> dict[str, str]:
    """The ids of all papers by what an entry may call them."""
    query = sa.select(papers.c.id, papers.c.arxiv_id, papers.c.url, papers.c.kind, papers.c.title)
    found: dict[str, str] = {}
    for paper_id, arxiv_id, url, kind, title in connection.execute(query):
        named = [arxiv_id, url] if arxiv_id or url else [f"{kind} {title}"] if kind in WITHOUT_ADDRESS else []
        found.update(dict.fromkeys(filter(None, named), paper_id))
    return found


def _names(arxiv_id: str | None, behind: str | None, url: str | None, kind: str, title: str) -> list[str]:
    """What an entry may be known by: an arXiv id before its address, since that may lead to a page about the work."""
    own = arxiv_id or url or f"{kind} {title}"
    return [own, behind] if behind else [own]


def _replace_entries(connection: sa.Connection, reading_list: ReadingList) -> None:
    mine = entries.c.list_id == reading_list.id
    known = set(connection.execute(sa.select(entries.c.id).where(mine)).scalars())
    connection.execute(entries.update().where(mine).values(listed=False))
    rows = {
        entry.id: {"position": position, "data": entry.model_dump(mode="json"), "listed": True}
        for position, entry in enumerate(reading_list.entries)
    }
    if new := [{"list_id": reading_list.id, "id": name, **row} for name, row in rows.items() if name not in known]:
        connection.execute(entries.insert(), new)
    if held := [{"entry": name, **row} for name, row in rows.items() if name in known]:
        connection.execute(entries.update().where(mine, entries.c.id == sa.bindparam("entry")), held)


def _known(connection: sa.Connection, list_id: str) -> dict[str, set[str]]:
    """Entry ids of the list by what has happened to one of their papers."""

    def having(source: Any, condition: Any) -> set[str]:
        joined = sa.select(entry_papers.c.entry_id).join(source, source.c.paper_id == entry_papers.c.paper_id)
        return set(connection.execute(joined.where(entry_papers.c.list_id == list_id, condition)).scalars())

    def in_state(*states: str) -> set[str]:
        joined = sa.select(entry_papers.c.entry_id).join(papers, papers.c.id == entry_papers.c.paper_id)
        condition = sa.and_(entry_papers.c.list_id == list_id, papers.c.state.in_(states))
        return set(connection.execute(joined.where(condition)).scalars())

    standing = notes.c.trashed.is_(False)
    by_run = having(notes, sa.and_(standing, notes.c.provenance == Provenance.RUN.value))
    return {
        "fetched": having(versions, sa.true()),
        "read": in_state(*(state.value for state in WAS_READ)),
        "noted": having(notes, standing),
        "claimed": having(notes, sa.and_(standing, notes.c.kind == "claim")),
        "reproduced": in_state(ReadingState.REPRODUCED.value) | by_run,
    }


def _covered(
    list_id: str,
    place: tuple[int | None, str, str],
    group: list[Entry],
    known: dict[str, set[str]],
    minutes: Mapping[str, int],
) -> Coverage:
    week, section, agenda = place
    ids = {entry.id for entry in group}
    takes = {entry.id: minutes.get(entry.id) or minutes_of(work_of(entry)).value for entry in group}
    return Coverage(
        list=list_id,
        week=week,
        section=section,
        agenda=agenda,
        entries=len(group),
        core=sum(entry.level == "core" for entry in group),
        minutes=sum(takes.values()),
        minutes_left=sum(value for entry, value in takes.items() if entry not in known["read"]),
        **{name: len(ids & done) for name, done in known.items()},
    )
