"""Everything that a reading summary tells, collected from the library into one frozen value."""

from collections.abc import Collection, Sequence

from kb.errors import NotFoundError
from kb.export.arrange import Arranger
from kb.export.bibtex import ARXIV_PAGE, bibliography, bibtex_entry
from kb.export.places import Places
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.library.shelves import Shelves
from kb.models.note import Note
from kb.models.paper import Paper
from kb.models.reading_list import Entry
from kb.models.summary import NoteGroups, PaperPart, Summary, Waiting


def gather_paper(record: Record, paper_id: str) -> Summary:
    """The summary of one paper; raises NotFoundError for an unknown id."""
    paper = Papers(record).get(paper_id)
    heading = Summary(about="paper", id=paper.id, title=paper.title)
    return _filled(record, heading, [paper], Notes(record).all(paper=paper.id))


def gather_list(record: Record, list_id: str, week: int | None = None) -> Summary:
    """The summary of a list or of one week of it, in the list's order; raises NotFoundError for an unknown one."""
    shelves = Shelves(record)
    entries = shelves.entries(list_id, week)
    if week is not None and not entries:
        raise NotFoundError(f"the list {list_id!r} has no week {week}", next=f"kb lists show {list_id}")
    attached = shelves.papers_of(list_id)
    papers = Papers(record).many({paper for entry in entries for paper in attached.get(entry.id, ())})
    ordered = {paper: papers[paper] for entry in entries for paper in attached.get(entry.id, ()) if paper in papers}
    notes = [note for note in Notes(record).all() if note.paper in ordered]
    noted = {note.paper for note in notes}
    waiting = tuple(_waiting(entry) for entry in entries if noted.isdisjoint(attached.get(entry.id, ())))
    heading = Summary(about="list", id=list_id, week=week, title=_list_title(shelves, list_id, week, entries))
    return _filled(
        record, heading.model_copy(update={"waiting": waiting}), [p for p in ordered.values() if p.id in noted], notes
    )


def gather_agenda(record: Record, agenda: str, title: str = "", names: Collection[str] = ()) -> Summary:
    """What was noted as bearing on an agenda, under any of its names, by paper; NotFoundError where nothing was."""
    notes = Notes(record).all(agenda=names or agenda)
    if not notes:
        raise NotFoundError(
            f"no note bears on the agenda {agenda!r}", next=f"kb note add PAPER --kind claim --agenda {agenda}"
        )
    papers = Papers(record).many({note.paper for note in notes if note.paper})
    ordered = sorted(papers.values(), key=lambda paper: (paper.year or 0, paper.key))
    credence = Credences(record).standing().get(agenda)
    heading = Summary(about="agenda", id=agenda, title=title or _in_words(agenda), credence=credence)
    return _filled(record, heading, ordered, notes)


def _filled(record: Record, heading: Summary, papers: Sequence[Paper], notes: Sequence[Note]) -> Summary:
    """The summary with its notes arranged, those linked to them fetched, and its bibliography made."""
    ids = {note.id for note in notes}
    links = [link for link in Links(record).all() if link.source in ids or link.target in ids]
    ends = {end for link in links for end in (link.source, link.target)} - ids
    known = {name: note for name, note in Notes(record).many(list(ends)).items() if not note.trashed}
    titled = Papers(record).many({note.paper for note in (*notes, *known.values()) if note.paper})
    places = Places(record)
    try:
        arranger = Arranger(notes, known, links, titled, Credences(record).standing(), places.quote)
        parts = tuple(
            PaperPart(
                paper=paper, versions=places.labels(paper.id), bibtex=bibtex_entry(paper), **arranger.groups(paper.id)
            )
            for paper in papers
        )
        thoughts = NoteGroups(**arranger.groups(None))
    finally:
        places.close()
    filled = {"papers": parts, "thoughts": thoughts, "bibtex": bibliography(papers), "notice": places.notice}
    return heading.model_copy(update=filled)


def _waiting(entry: Entry) -> Waiting:
    arxiv_id = entry.arxiv_id or entry.paper_arxiv_id
    return Waiting(
        title=entry.title,
        authors=entry.authors,
        year=entry.year,
        level=entry.level,
        minutes=entry.minutes,
        url=entry.url or (ARXIV_PAGE + arxiv_id if arxiv_id else ""),
    )


def _list_title(shelves: Shelves, list_id: str, week: int | None, entries: Sequence[Entry]) -> str:
    shelf = next(shelf for shelf in shelves.all() if shelf.list == list_id)
    if week is None:
        return shelf.title
    sections = {entry.section for entry in entries}
    section = sections.pop() if len(sections) == 1 else ""
    return f"{shelf.title}: {section or f'week {week}'}"


def _in_words(identifier: str) -> str:
    words = identifier.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
