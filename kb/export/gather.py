"""Everything that a reading summary tells, collected from the library into one frozen value."""

from collections.abc import Collection, Mapping, Sequence

from kb.errors import NotFoundError
from kb.export.arrange import Arranger
from kb.export.bibtex import ARXIV_PAGE, bibliography, bibtex_entry
from kb.export.period import Period
from kb.export.places import Places
from kb.export.runs import runs_of, runs_within
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.library.record import Record
from kb.models.note import Note
from kb.models.paper import Paper
from kb.models.reading_list import Entry
from kb.models.summary import Move, NoteGroups, PaperPart, RunPart, Summary, Waiting


def gather_paper(record: Record, paper_id: str) -> Summary:
    """The summary of one paper; raises NotFoundError for an unknown id."""
    paper = Papers(record).get(paper_id)
    heading = Summary(about="paper", id=paper.id, title=paper.title)
    runs = runs_of(record.home, [paper.arxiv_id])
    return _filled(record, heading, [paper], Notes(record).all(paper=paper.id), runs)


def gather_list(record: Record, list_id: str, week: int | None = None) -> Summary:
    """The summary of a list or of one week of it, in the list's order; raises NotFoundError for an unknown one."""
    reading_lists = ReadingLists(record)
    entries = reading_lists.entries(list_id, week)
    if week is not None and not entries:
        raise NotFoundError(f"the list {list_id!r} has no week {week}", next=f"kb lists show {list_id}")
    attached = reading_lists.papers_of(list_id)
    papers = Papers(record).many({paper for entry in entries for paper in attached.get(entry.id, ())})
    ordered = {paper: papers[paper] for entry in entries for paper in attached.get(entry.id, ()) if paper in papers}
    notes = [note for note in Notes(record).all() if note.paper in ordered]
    noted = {note.paper for note in notes}
    waiting = tuple(_waiting(entry) for entry in entries if noted.isdisjoint(attached.get(entry.id, ())))
    title = _list_title(reading_lists, list_id, week, entries)
    heading = Summary(about="list", id=list_id, week=week, title=title, waiting=waiting)
    told = [paper for paper in ordered.values() if paper.id in noted]
    return _filled(record, heading, told, notes, runs_of(record.home, [paper.arxiv_id for paper in told]))


def gather_all(record: Record) -> Summary:
    """Everything that was noted on any paper, oldest paper first."""
    notes = Notes(record).all()
    papers = _by_year(Papers(record).many({note.paper for note in notes if note.paper}))
    heading = Summary(about="list", id="", title="all papers with notes")
    return _filled(record, heading, papers, notes, runs_of(record.home, [paper.arxiv_id for paper in papers]))


def gather_period(record: Record, period: Period) -> Summary:
    """What was noted, believed and run within a period, by paper; raises NotFoundError where nothing was."""
    notes = [note for note in Notes(record).all() if period.holds(note.created_at) or period.holds(note.revised_at)]
    papers = _by_year(Papers(record).many({note.paper for note in notes if note.paper}))
    runs = runs_within(record.home, [paper.arxiv_id for paper in papers], period.holds)
    moves = moves_within(record, period)
    if not (notes or moves or runs):
        raise NotFoundError(f"nothing was noted from {period.words}", next="kb export summary --period month")
    about = f"{period.first} {period.last}"
    heading = Summary(about="period", id=about, title=f"What I read, {period.words}", moves=moves)
    return _filled(record, heading, papers, notes, runs)


def moves_within(record: Record, period: Period) -> tuple[Move, ...]:
    """What the reader came to believe within a period, each statement once, in the order of the last change."""
    log = Credences(record)
    before = log.standing(at=period.start)
    made = [credence for credence in log.since(period.start) if period.holds(credence.at)]
    latest = {credence.subject.id: credence for credence in made}
    return tuple(Move(statement=now.subject.statement, before=before.get(at), now=now) for at, now in latest.items())


def gather_agenda(
    record: Record, agenda: str, title: str = "", names: Collection[str] = (), reproductions: Sequence[str] = ()
) -> Summary:
    """What was noted as bearing on an agenda, under any of its names, by paper; NotFoundError where nothing was."""
    notes = Notes(record).all(agenda=names or agenda)
    if not notes:
        raise NotFoundError(
            f"no note bears on the agenda {agenda!r}", next=f"kb note add PAPER --kind claim --agenda {agenda}"
        )
    papers = _by_year(Papers(record).many({note.paper for note in notes if note.paper}))
    credence = Credences(record).standing().get(agenda)
    heading = Summary(about="agenda", id=agenda, title=title or _in_words(agenda), credence=credence)
    runs = runs_of(record.home, [paper.arxiv_id for paper in papers], reproductions)
    return _filled(record, heading, papers, notes, runs)


def _by_year(papers: Mapping[str, Paper]) -> list[Paper]:
    return sorted(papers.values(), key=lambda paper: (paper.year or 0, paper.key))


def _filled(
    record: Record,
    heading: Summary,
    papers: Sequence[Paper],
    notes: Sequence[Note],
    runs: Mapping[str, Sequence[RunPart]],
) -> Summary:
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
                paper=paper,
                versions=places.labels(paper.id),
                bibtex=bibtex_entry(paper),
                runs=tuple(runs.get(paper.arxiv_id, ())) if paper.arxiv_id else (),
                **arranger.groups(paper.id),
            )
            for paper in papers
        )
        thoughts = NoteGroups(**arranger.groups(None))
    finally:
        places.close()
    told = {"papers": parts, "thoughts": thoughts, "runs": tuple(runs.get("", ()))}
    return heading.model_copy(update={**told, "bibtex": bibliography(papers), "notice": places.notice})


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


def _list_title(reading_lists: ReadingLists, list_id: str, week: int | None, entries: Sequence[Entry]) -> str:
    shelf = next(shelf for shelf in reading_lists.all() if shelf.list == list_id)
    if week is None:
        return shelf.title
    sections = {entry.section for entry in entries}
    section = sections.pop() if len(sections) == 1 else ""
    if section.lower().startswith("week"):
        return f"{shelf.title}, w{section[1:]}"
    return f"{shelf.title}, week {week}: {section}" if section else f"{shelf.title}, week {week}"


def _in_words(identifier: str) -> str:
    words = identifier.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
