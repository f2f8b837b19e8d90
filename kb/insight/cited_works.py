"""What a citation in the maps stands for: a title, how long it takes, and how far the reader has come with it."""

import re
from typing import Any

from kb.insight.reading_minutes import ReadingMinutes
from kb.library.list_places import list_places
from kb.library.record import Record
from kb.models.agenda import Work
from kb.models.base import Value
from kb.models.minutes import Basis, Minutes
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry
from kb.models.reading_state import WAS_READ, WAS_SEEN, ReadingState

_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}")


class Reading(Value):
    """Something to read."""

    cite: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    kind: str = PaperKind.PAPER
    minutes: int
    estimated: bool = True
    """Whether the minutes are a guess, rather than counted in the text or given by the list."""
    minutes_by: Basis = Basis.KIND
    """What the minutes go by."""
    minutes_error: int | None = None
    """How far such minutes are off in percent, where that was measured."""
    own_pace: bool = False
    """Whether they are for the reader's own pace."""
    paper: str | None = None
    """Id of the paper in the library."""
    state: ReadingState | None = None
    """None where it is not in the library."""
    list: str = ""
    entry: str = ""
    url: str = ""
    primer: str = ""
    """The primer that it is, by its name."""
    reproduction: str = ""
    """The small experiment that it is, by its id."""

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
        if self.reproduction:
            return f"kb reproduce run {self.reproduction}"
        if self.kind == PaperKind.EXERCISE and not self.url:
            return f"kb lists show {self.list}"
        if self.paper:
            return f"kb read {self.paper}"
        if self.primer:
            return f"kb fetch primer:{self.primer}"
        if _ARXIV.fullmatch(self.cite):
            return f"kb fetch arxiv:{self.cite}"
        return f"kb add {self.url}" if self.url else f"kb lists show {self.list}"

    @property
    def time(self) -> str:
        """``40 min``, or ``~33 min`` for a guess."""
        return self.length.short

    @property
    def length(self) -> Minutes:
        """The minutes with what they go by."""
        return Minutes(value=self.minutes, basis=self.minutes_by, error=self.minutes_error, own_pace=self.own_pace)


class CitedWorks:
    """Readings by arXiv id, entry id or address; the lists must have been synced into the record."""

    def __init__(self, record: Record, works: tuple[Work, ...] = (), minutes: ReadingMinutes | None = None) -> None:
        self._minutes = minutes or ReadingMinutes()
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
            self._by_cite.setdefault(work.id, self._work(work))

    def reading(self, cite: str) -> Reading:
        """What a citation stands for; one that is known nowhere stands for itself."""
        known = self._by_cite.get(cite)
        return known or Reading(cite=cite, title=cite, **taking(self._minutes.of_kind(PaperKind.PAPER)))

    def of_paper(self, paper: str) -> Reading | None:
        """A paper of the library as a reading."""
        return self._by_cite.get(paper)

    def titled(self, title: str) -> Reading | None:
        """A paper of the library by its title; None where none has exactly this one."""
        row = next((row for row in self._papers.values() if row["title"] == title), None)
        return self._by_cite.get(row["id"]) if row else None

    def _index_papers(self) -> None:
        for row in self._papers.values():
            reading = _paper(row, row["arxiv_id"] or row["id"], self._minutes.of_paper(row["id"], row["kind"]))
            for cite in (row["id"], row["arxiv_id"], row["url"]):
                if cite:
                    self._by_cite.setdefault(cite, reading)

    def _work(self, work: Work) -> Reading:
        """A work that is cited, and on no list."""
        url = work.id if "://" in work.id else ""
        kind = PaperKind.POST if url else PaperKind.PAPER
        said = {"title": work.title, "authors": work.authors, "year": work.year, "kind": kind, "url": url}
        return Reading(cite=work.id, **said, **taking(self._minutes.of_kind(kind)))

    def _entry(self, list_id: str, data: dict[str, Any], attached: str | None) -> Reading:
        """An entry as a reading; the first list that has a work says how long it takes."""
        arxiv = data.get("arxiv_id") or data.get("paper_arxiv_id")
        known = self._by_cite.get(arxiv or "") or self._by_cite.get(data.get("url") or "")
        row = self._papers.get(attached or (known.paper if known and known.paper else ""))
        entry = Entry.model_validate({"order": 0, **data})
        minutes = self._minutes.of_entry(entry, [row["id"]] if row else [])
        reading = Reading(
            cite=data.get("arxiv_id") or data["id"],
            title=data["title"],
            authors=tuple(data.get("authors") or ()),
            year=data.get("year"),
            kind=data.get("kind") or PaperKind.PAPER,
            **taking(minutes),
            paper=row["id"] if row else None,
            state=ReadingState(row["state"]) if row else None,
            list=list_id,
            entry=data["id"],
            url=entry.url or "",
            primer=entry.primer,
            reproduction=entry.reproduction,
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


def taking(minutes: Minutes) -> dict[str, Any]:
    """The fields of a reading that say how long it takes."""
    return {
        "minutes": minutes.value,
        "estimated": minutes.is_rough,
        "minutes_by": minutes.basis,
        "minutes_error": minutes.error,
        "own_pace": minutes.own_pace,
    }


def _paper(row: dict[str, Any], cite: str, minutes: Minutes) -> Reading:
    return Reading(
        cite=cite,
        title=row["title"],
        authors=tuple(row["authors"]),
        year=row["year"],
        kind=row["kind"],
        **taking(minutes),
        paper=row["id"],
        state=ReadingState(row["state"]),
        url=row["url"] or "",
    )
