"""Questions to the record and the texts, answered with values that a screen can show; all run on the shelf's thread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tui.rows import ListRow, OpenedPaper, Overview, PaperRow

if TYPE_CHECKING:
    from kb.library.shelves import Coverage
    from kb.models.note import Note
    from kb.models.paper import Paper
    from kb.models.reading_list import Entry
    from kb.models.search import SearchResult
    from kb.models.text import Block
    from tui.shelf import Shelf


def overview(shelf: "Shelf") -> Overview:
    """Lists, weeks and papers, each with how far the reader has come."""
    from kb.library.notes import Notes
    from kb.library.papers import Papers
    from kb.library.shelves import Shelves

    record = shelf.record()
    papers, shelves = Papers(record), Shelves(record)
    readable = {version.paper for version in papers.all_versions()}
    noted = Counter(note.paper for note in Notes(record).all())
    everything = papers.all()
    by_id = {paper.id: paper_row(paper, noted[paper.id], paper.id in readable) for paper in everything}
    lists = [ListRow("All papers", total=len(by_id), read=sum(row.state in READ for row in by_id.values()))]
    entries: dict[str, tuple[PaperRow, ...]] = {}
    for shelf_row in shelves.all():
        list_id = shelf_row.list
        of_entry = shelves.papers_of(list_id)
        entries[list_id] = tuple(
            entry_row(list_id, entry, [by_id[one] for one in of_entry.get(entry.id, ()) if one in by_id])
            for entry in shelves.entries(list_id)
        )
        lists += list_rows(list_id, shelf_row.title, shelves.coverage(list_id))
    last = papers.last_read()
    title = by_id[last].title if last in by_id else ""
    return Overview(tuple(lists), tuple(by_id.values()), entries, last, title)


READ = {"read", "studied", "reproduced"}


def paper_row(paper: "Paper", notes: int, readable: bool) -> PaperRow:
    """A paper in one line."""
    return PaperRow(
        title=paper.title,
        paper=paper.id,
        authors=short_authors(paper.authors),
        year=paper.year,
        state=paper.state.value,
        notes=notes,
        abstract=paper.abstract,
        readable=readable,
        kind=paper.kind.value,
        source=source_of(paper.arxiv_id),
    )


def entry_row(list_id: str, entry: "Entry", here: list[PaperRow]) -> PaperRow:
    """An entry of a list in one line; the paper's own facts are used where it is in the library."""
    best = next((row for row in here if row.readable), here[0] if here else None)
    missing = PaperRow(
        title=entry.title,
        authors=short_authors(entry.authors),
        year=entry.year,
        kind=entry.kind.value,
        source=source_of(entry.arxiv_id or entry.paper_arxiv_id),
    )
    return replace(
        best or missing,
        list_id=list_id,
        week=entry.week,
        section=entry.section,
        core=entry.level == "core",
        minutes=entry.minutes,
        why=entry.why or entry.portion,
    )


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


def short_authors(authors: tuple[str, ...]) -> str:
    """``Christiano et al.``: the last name, with how many more."""
    if not authors:
        return ""
    names = [name.split(",")[0] if "," in name else (name.split() or [""])[-1] for name in authors]
    return names[0] if len(names) == 1 else " & ".join(names) if len(names) == 2 else f"{names[0]} et al."


def open_paper(shelf: "Shelf", paper_id: str) -> OpenedPaper:
    """A paper with its text as it is parsed now."""
    from kb.library.papers import Papers
    from kb.library.readings import Readings

    papers, readings = Papers(shelf.record()), Readings(shelf.record())
    paper = papers.get(paper_id)
    version = papers.current(paper.id)
    if version is None:
        return OpenedPaper(paper, notes=notes_of(shelf, paper.id))
    texts = shelf.texts()
    report = texts.report(version.sha256)
    return OpenedPaper(
        paper,
        version,
        readable_blocks(texts.blocks(version.sha256)),
        tuple(texts.sections(version.sha256)),
        notes_of(shelf, paper.id),
        papers.place(paper.id),
        report.stage if report else 0,
        report.warnings if report else (),
        readings.seen(paper.id),
        readings.bookmarks(paper.id),
    )


def readable_blocks(blocks: "Sequence[Block]") -> "tuple[Block, ...]":
    """The blocks without all but the last of a run of bare pictures: parsers find dozens in one figure."""
    return tuple(
        block
        for block, after in zip_longest(blocks, blocks[1:])
        if not (is_bare_picture(block) and after is not None and is_bare_picture(after) and after.page == block.page)
    )


def is_bare_picture(block: "Block") -> bool:
    """A picture of which there is nothing to read."""
    return block.kind.value == "picture" and block.text.strip("[] ").lower() in ("", "figure", "picture")


def notes_of(shelf: "Shelf", paper_id: str) -> "tuple[Note, ...]":
    """A paper's notes."""
    from kb.library.notes import Notes

    return Notes(shelf.record()).all(paper=paper_id)


def search_words(shelf: "Shelf", query: str, where: str, limit: int) -> "SearchResult":
    """Hits by words alone; the engine's answer, which also knows meaning, replaces them later."""
    from tui.word_hits import word_hits

    return word_hits(shelf, query, where, limit)
