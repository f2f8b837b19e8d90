"""What a citation in the maps stands for: a title, how long it takes, and how far the reader has come with it."""

import re
from typing import Any

from kb.library.list_places import list_places
from kb.library.record import Record
from kb.models.agenda import Work
from kb.models.base import Value
from kb.models.paper import PaperKind
from kb.models.reading_state import WAS_READ, WAS_SEEN, ReadingState

_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}")
_MINUTES: dict[str, int] = {
    PaperKind.PAPER: 60,
    PaperKind.POST: 25,
    PaperKind.BOOK: 600,
    PaperKind.COURSE: 600,
    PaperKind.TALK: 50,
    PaperKind.VIDEO: 20,
    PaperKind.PODCAST: 60,
    PaperKind.SITE: 15,
    PaperKind.PRIMER: 7,
}
"""A guess by kind, for entries whose list does not say how long they take."""


_CHAPTER = 120
"""Minutes of a chapter of a book, where nothing better is known."""


class Reading(Value):
    """Something to read."""

    cite: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    kind: str = PaperKind.PAPER
    minutes: int
    estimated: bool = True
    """Whether the minutes are a guess by kind, rather than what the list says."""
    paper: str | None = None
    """Id of the paper in the library."""
    state: ReadingState | None = None
    """None where it is not in the library."""
    list: str = ""
    entry: str = ""
    url: str = ""

    @property
    def is_read(self) -> bool:
        """Whether the reader has read it."""
        return self.state in WAS_READ

    @property
    def is_seen(self) -> bool:
        """Whether the reader has at least skimmed it."""
        return self.state in WAS_SEEN

    @property
    def get(self) -> str:
        """The command that opens it, or that brings it in."""
        if self.paper:
            return f"kb read {self.paper}"
        if _ARXIV.fullmatch(self.cite):
            return f"kb fetch arxiv:{self.cite}"
        return f"kb add {self.url}" if self.url else f"kb lists show {self.list}"

    @property
    def time(self) -> str:
        """``40 min``, or ``~60 min`` for a guess."""
        return f"{'~' if self.estimated else ''}{self.minutes} min"


class CitedWorks:
    """Readings by arXiv id, entry id or address; the lists must have been synced into the record."""

    def __init__(self, record: Record, works: tuple[Work, ...] = ()) -> None:
        self._papers, listed, attached = list_places(record)
        self._by_cite: dict[str, Reading] = {}
        self._index_papers()
        self.listed: tuple[tuple[dict[str, Any], Reading], ...] = tuple(
            (data, self._entry(list_id, data, attached.get((list_id, data["id"])))) for list_id, data in listed
        )
        for data, reading in self.listed:
            if behind := data.get("paper_arxiv_id"):
                self._by_cite.setdefault(behind, reading)
        for work in works:
            self._by_cite.setdefault(work.id, _work(work))

    def reading(self, cite: str) -> Reading:
        """What a citation stands for; one that is known nowhere stands for itself."""
        return self._by_cite.get(cite) or Reading(cite=cite, title=cite, minutes=_MINUTES[PaperKind.PAPER])

    def of_paper(self, paper: str) -> Reading | None:
        """A paper of the library as a reading."""
        return self._by_cite.get(paper)

    def _index_papers(self) -> None:
        for row in self._papers.values():
            reading = _paper(row, row["arxiv_id"] or row["id"])
            for cite in (row["id"], row["arxiv_id"], row["url"]):
                if cite:
                    self._by_cite.setdefault(cite, reading)

    def _entry(self, list_id: str, data: dict[str, Any], attached: str | None) -> Reading:
        """An entry as a reading; the first list that has a work says how long it takes."""
        arxiv = data.get("arxiv_id") or data.get("paper_arxiv_id")
        known = self._by_cite.get(arxiv or "") or self._by_cite.get(data.get("url") or "")
        row = self._papers.get(attached or (known.paper if known and known.paper else ""))
        minutes = data.get("minutes")
        guess = _CHAPTER if data.get("form") == "book-chapter" else _MINUTES.get(data.get("kind") or "", 60)
        reading = Reading(
            cite=data.get("arxiv_id") or data["id"],
            title=data["title"],
            authors=tuple(data.get("authors") or ()),
            year=data.get("year"),
            kind=data.get("kind") or PaperKind.PAPER,
            minutes=minutes or guess,
            estimated=minutes is None,
            paper=row["id"] if row else None,
            state=ReadingState(row["state"]) if row else None,
            list=list_id,
            entry=data["id"],
            url=data.get("url") or "",
        )
        for cite in filter(None, (data["id"], data.get("arxiv_id"), data.get("url"))):
            if _tells_more(reading, self._by_cite.get(cite)):
                self._by_cite[cite] = reading
        if row and _tells_more(reading, self._by_cite.get(row["id"])):
            own = {"title": row["title"], "authors": tuple(row["authors"]), "year": row["year"]}
            self._by_cite[row["id"]] = reading.model_copy(update=own)
        return reading


def _tells_more(reading: Reading, known: Reading | None) -> bool:
    """Whether an entry is a better answer than the one that is there: listed, or with minutes that a list gives."""
    return known is None or not known.entry or (known.estimated and not reading.estimated)


def _paper(row: dict[str, Any], cite: str) -> Reading:
    return Reading(
        cite=cite,
        title=row["title"],
        authors=tuple(row["authors"]),
        year=row["year"],
        kind=row["kind"],
        minutes=_MINUTES.get(row["kind"], 60),
        paper=row["id"],
        state=ReadingState(row["state"]),
        url=row["url"] or "",
    )


def _work(work: Work) -> Reading:
    url = work.id if "://" in work.id else ""
    kind = PaperKind.POST if url else PaperKind.PAPER
    return Reading(
        cite=work.id, title=work.title, authors=work.authors, year=work.year, kind=kind, minutes=_MINUTES[kind], url=url
    )
