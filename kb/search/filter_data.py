"""What filters look at: papers with their places on lists, notes with what they bear on, and the agendas' own names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.library import search_queries
from kb.library.light_reader import RecordReader

MISSING = "missing"
"""The state of what a list names and the library has not."""
HAS = ("text", "notes", "time")
"""What a paper may have: a text that can be opened, notes on it, time that it was read for."""


@dataclass(frozen=True)
class Choices:
    """The values of those filters that have only a few."""

    note_kinds: tuple[str, ...] = ()
    paper_kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    provenances: tuple[str, ...] = ()
    of_passages: str = ""
    """Who says what stands in a paper."""


@dataclass(frozen=True)
class PaperFacts:
    """A paper, and the entries of lists that it stands for; or such an entry alone, whose paper is not here."""

    id: str
    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    kind: str
    state: str
    arxiv_id: str
    entries: tuple[dict[str, Any], ...]
    has: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """By which maps of agendas and concepts call it: its arXiv id, and the ids of its entries."""
        return frozenset((self.arxiv_id, *(str(entry["id"]) for entry in self.entries))) - {""}

    @cached_property
    def agendas(self) -> frozenset[str]:
        """Tags that its entries bear, in lower case."""
        return self._tags("agendas")

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Concepts that its entries bear, in lower case."""
        return self._tags("concepts")

    def _tags(self, field_: str) -> frozenset[str]:
        return frozenset(str(tag).casefold() for entry in self.entries for tag in entry.get(field_) or ())


@dataclass(frozen=True)
class NoteFacts:
    """A note, and what it bears on: by itself, or through a note that it is linked to."""

    id: str
    kind: str
    paper: str | None
    provenance: str
    agendas: frozenset[str]
    concepts: frozenset[str]


@dataclass(frozen=True)
class FilterData:
    """All of it, as the record has it at one time."""

    papers: dict[str, PaperFacts] = field(default_factory=dict)
    notes: tuple[NoteFacts, ...] = ()
    lists: dict[str, str] = field(default_factory=dict)
    """Titles of the lists by their ids."""
    own_agendas: dict[str, Any] = field(default_factory=dict)
    """What the reader has made of agendas, by id."""
    missing: dict[tuple[str, str], PaperFacts] = field(default_factory=dict)
    """Entries whose papers are not here, by list and entry; read only for who shows them."""
    choices: Choices = field(default_factory=Choices)

    @cached_property
    def authors(self) -> tuple[tuple[str, str], ...]:
        """Everyone's name, before it the same in lower case, in the order of names."""
        names = {name for papers in (self.papers, self.missing) for paper in papers.values() for name in paper.authors}
        return tuple((name.casefold(), name) for name in sorted(names))

    @cached_property
    def called(self) -> tuple[tuple[tuple[str, str, str], str, PaperFacts], ...]:
        """By what each paper here is called: id, key and arXiv id, then the title; key and title in lower case."""
        return tuple(
            ((paper.id, paper.key.casefold(), paper.arxiv_id), paper.title.casefold(), paper)
            for paper in self.papers.values()
        )

    def warm(self) -> None:
        """Work out now what is otherwise worked out when a filter first looks at it."""
        self.authors, self.called  # noqa: B018 - each is kept when it is first looked at
        for papers in (self.papers, self.missing):
            for paper in papers.values():
                paper.names, paper.agendas, paper.concepts  # noqa: B018


def read_facts(reader: RecordReader, *, with_missing: bool = False) -> FilterData:
    """Read them all; a large library takes a few tenths of a second."""
    notes = tuple(_notes(reader))
    return FilterData(
        {paper.id: paper for paper in _papers(reader, {note.paper for note in notes if note.paper})},
        notes,
        search_queries.list_titles(reader),
        search_queries.own_agendas(reader),
        dict(_missing(reader)) if with_missing else {},
        _choices(),
    )


def _choices() -> Choices:
    from kb.models.note_kind import NoteKind
    from kb.models.paper import PaperKind
    from kb.models.provenance import Provenance
    from kb.models.reading_state import ReadingState

    return Choices(
        tuple(kind.value for kind in NoteKind),
        tuple(kind.value for kind in PaperKind),
        tuple(state.value for state in ReadingState),
        tuple(origin.value for origin in Provenance),
        Provenance.PARSER.value,
    )


def _papers(reader: RecordReader, noted: set[str]) -> Iterable[PaperFacts]:
    entries = search_queries.places_on_lists(reader)
    having = {
        "notes": noted,
        "text": search_queries.papers_with_text(reader),
        "time": search_queries.papers_read(reader),
    }
    for row in search_queries.all_papers(reader):
        has = frozenset(name for name in HAS if row.id in having[name])
        yield PaperFacts(*row, tuple(entries.get(row.id, ())), has)


def _missing(reader: RecordReader) -> Iterable[tuple[tuple[str, str], PaperFacts]]:
    """Entries of lists that stand there without a paper."""
    for entry in search_queries.entries_without_paper(reader):
        arxiv = entry.get("arxiv_id") or entry.get("paper_arxiv_id") or ""
        names = tuple(entry.get("authors") or ())
        known = (entry["title"], names, entry.get("year"), entry.get("kind") or "paper", MISSING, arxiv)
        yield (entry["list"], entry["id"]), PaperFacts("", "", *known, (entry,))


def _notes(reader: RecordReader) -> Iterable[NoteFacts]:
    agendas = {
        note: {agenda.casefold() for agenda in named} for note, named in search_queries.all_agendas(reader).items()
    }
    linked = search_queries.all_links(reader)
    through = {(source, name) for source, target in linked for name in agendas.get(target, ())}
    for source, name in through:
        agendas.setdefault(source, set()).add(name)
    for note in search_queries.all_notes(reader):
        concepts = frozenset(str(name).casefold() for name in note.content.get("concepts") or ())
        yield NoteFacts(note.id, note.kind, note.paper, note.provenance, frozenset(agendas.get(note.id, ())), concepts)
