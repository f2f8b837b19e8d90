"""What filters look at: papers with their places on lists, notes with what they bear on, and the agendas' own names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kb.library import search_queries
from kb.library.light_reader import RecordReader


@dataclass(frozen=True)
class PaperFacts:
    """A paper, and the entries of lists that it stands for."""

    id: str
    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    kind: str
    state: str
    arxiv_id: str
    entries: tuple[dict[str, Any], ...]

    @property
    def names(self) -> frozenset[str]:
        """By which maps of agendas and concepts call it: its arXiv id, and the ids of its entries."""
        return frozenset((self.arxiv_id, *(str(entry["id"]) for entry in self.entries))) - {""}


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


def read_facts(reader: RecordReader) -> FilterData:
    """Read them all; a large library takes a few hundredths of a second."""
    papers = {paper.id: paper for paper in _papers(reader)}
    return FilterData(
        papers, tuple(_notes(reader)), search_queries.list_titles(reader), search_queries.own_agendas(reader)
    )


def _papers(reader: RecordReader) -> Iterable[PaperFacts]:
    entries = search_queries.places_on_lists(reader)
    for row in search_queries.all_papers(reader):
        yield PaperFacts(*row, tuple(entries.get(row.id, ())))


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
