"""What the library shows: lists, weeks and papers, each with how far the reader has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.models.authors import short_authors
from kb.models.reading_state import WAS_READ
from tui.data.view_models import ListRow, Overview, PaperRow

if TYPE_CHECKING:
    from kb.library.reading_lists import Coverage
    from kb.library.record import Record
    from kb.models.minutes import Minutes
    from kb.models.paper import Paper
    from kb.models.reading_list import Entry
    from tui.data.library_files import LibraryFiles

OnLists = dict[str, tuple["tuple[Entry, ...]", dict[str, tuple[str, ...]]]]
"""For each list its entries, and the papers behind each entry."""


def overview(files: "LibraryFiles") -> Overview:
    """Lists, weeks and papers."""
    from kb.insight.reading_minutes import ReadingMinutes
    from kb.library.papers import Papers
    from kb.library.reading_lists import ReadingLists

    record = files.record()
    minutes = ReadingMinutes.open(files.home, record)
    papers, reading_lists = Papers(record), ReadingLists(record)
    shown = reading_lists.all()
    on_lists = {one.list: (reading_lists.entries(one.list), reading_lists.papers_of(one.list)) for one in shown}
    by_id = paper_rows(record, papers.all(), on_lists)
    lists = [ListRow("All papers", total=len(by_id), read=sum(row.state in WAS_READ for row in by_id.values()))]
    entries: dict[str, tuple[PaperRow, ...]] = {}
    for one in shown:
        listed, of_entry = on_lists[one.list]
        takes = minutes.of_list(listed, of_entry)
        entries[one.list] = tuple(
            entry_row(one.list, entry, [by_id[paper] for paper in of_entry.get(entry.id, ()) if paper in by_id], takes)
            for entry in listed
        )
        values = {entry: length.value for entry, length in takes.items()}
        lists += list_rows(one.list, one.title, reading_lists.coverage(one.list, minutes=values, entries=listed))
    last = papers.last_read()
    title = by_id[last].title if last in by_id else ""
    return Overview(tuple(lists), tuple(by_id.values()), entries, last, title)


def paper_rows(record: "Record", papers: "Iterable[Paper]", on_lists: OnLists) -> dict[str, PaperRow]:
    """Every paper in one line, by its id."""
    from kb.library.note_list import NoteListing
    from kb.library.papers import Papers
    from kb.library.reading_sessions import ReadingSessions

    readings, notes = ReadingSessions(record), NoteListing(record)
    readable = {version.paper for version in Papers(record).all_versions()}
    noted, seconds, seen = notes.per_paper(), readings.seconds(), readings.all_seen()
    agendas, lists = tags(notes.agendas_per_paper(), on_lists)
    return {
        paper.id: replace(
            paper_row(paper),
            notes=noted.get(paper.id, 0),
            readable=paper.id in readable,
            seconds=seconds.get(paper.id, 0),
            share=sum(end - start for start, end in seen.get(paper.id, ())) / 1000,
            agendas=tuple(sorted(agendas[paper.id])) if paper.id in agendas else (),
            lists=tuple(lists[paper.id]) if paper.id in lists else (),
        )
        for paper in papers
    }


def tags(noted: dict[str, set[str]], on_lists: OnLists) -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """The agendas that notes and lists tie each paper to, and the lists that it is on."""
    agendas: dict[str, set[str]] = defaultdict(set, {paper: set(names) for paper, names in noted.items()})
    lists: dict[str, list[str]] = defaultdict(list)
    for list_id, (entries, of_entry) in on_lists.items():
        for entry in entries:
            for paper in of_entry.get(entry.id, ()):
                agendas[paper].update(entry.agendas)
                if list_id not in lists[paper]:
                    lists[paper].append(list_id)
    return agendas, lists


def paper_row(paper: "Paper") -> PaperRow:
    """What a paper says of itself."""
    return PaperRow(
        title=paper.title,
        paper=paper.id,
        authors=short_authors(paper.authors),
        year=paper.year,
        state=paper.state.value,
        abstract=paper.abstract,
        kind=paper.kind.value,
        source=source_of(paper.arxiv_id),
        url=paper.url or "",
    )


def entry_row(list_id: str, entry: "Entry", here: list[PaperRow], takes: "Mapping[str, Minutes]") -> PaperRow:
    """An entry of a list in one line; the paper's own facts are used where it is in the library."""
    best = next((row for row in here if row.readable), here[0] if here else None)
    missing = PaperRow(
        title=entry.title,
        authors=short_authors(entry.authors),
        year=entry.year,
        kind=entry.kind.value,
        source=f"primer:{entry.primer}" if entry.primer else source_of(entry.arxiv_id or entry.paper_arxiv_id),
        url=entry.url or "",
        agendas=tuple(sorted(entry.agendas)),
        lists=(list_id,),
    )
    return replace(
        best or missing,
        list_id=list_id,
        entry=entry.id,
        week=entry.week,
        section=entry.section,
        core=entry.level == "core",
        takes=takes[entry.id].told,
        why="\n\n".join(filter(None, (entry.portion, entry.why, to_run(entry)))),
    )


def to_run(entry: "Entry") -> str:
    """How an entry that is a small experiment is done."""
    return f"In a shell:  kb reproduce run {entry.reproduction}" if entry.reproduction else ""


def source_of(arxiv_id: str | None) -> str:
    """What the engine can fetch a paper by."""
    return f"arxiv:{arxiv_id}" if arxiv_id else ""


def list_rows(list_id: str, title: str, coverage: "tuple[Coverage, ...]") -> list[ListRow]:
    """A list and its weeks, or its sections where it has no weeks."""
    rows = [counted(ListRow(title, list_id), coverage)]
    for group in coverage:
        week = "" if group.week is None else f"Week {group.week}"
        name = group.section if group.section.startswith(week) else f"{week}: {group.section}".removesuffix(": ")
        if len(coverage) > 1:
            rows.append(counted(ListRow(name or week or "Other", list_id, group.week, group.section, 1), (group,)))
    return rows


def counted(row: ListRow, groups: "tuple[Coverage, ...]") -> ListRow:
    """The row with the sums over these groups."""
    return replace(
        row,
        total=sum(group.entries for group in groups),
        read=sum(group.read for group in groups),
        here=sum(group.fetched for group in groups),
    )


def tally(files: "LibraryFiles") -> tuple[dict[str, int], int]:
    """How many notes of each kind there are, and how many credences were given."""
    from kb.library.credences import Credences
    from kb.library.note_list import NoteListing

    record = files.record()
    return NoteListing(record).per_kind(), Credences(record).count()
