"""What filters look at: papers with their places on lists, notes with what they bear on, and the agendas' own names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kb.search.record_reader import RecordReader, json_column


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
    lists = {str(id_): str(title) for id_, title in reader.rows("SELECT id, title FROM lists")}
    return FilterData(
        {paper.id: paper for paper in _papers(reader)}, tuple(_notes(reader)), lists, _own_agendas(reader)
    )


def _papers(reader: RecordReader) -> Iterable[PaperFacts]:
    entries: dict[str, list[dict[str, Any]]] = {}
    for paper, list_id, entry_id, data in reader.rows(
        "SELECT ep.paper_id, e.list_id, e.id, e.data FROM entry_papers ep"
        " JOIN entries e ON e.list_id = ep.list_id AND e.id = ep.entry_id"
    ):
        entries.setdefault(paper, []).append({**json_column(data), "list": list_id, "id": entry_id})
    query = "SELECT id, key, title, authors, year, kind, state, arxiv_id FROM papers"
    for id_, key, title, authors, year, kind, state, arxiv in reader.rows(query):
        names = tuple(json_column(authors))
        yield PaperFacts(id_, key, title, names, year, kind, state, arxiv or "", tuple(entries.get(id_, ())))


def _notes(reader: RecordReader) -> Iterable[NoteFacts]:
    agendas: dict[str, set[str]] = {}
    for note, agenda in reader.rows("SELECT note_id, agenda FROM note_agendas"):
        agendas.setdefault(note, set()).add(agenda.casefold())
    linked = reader.rows("SELECT source, target FROM links WHERE removed_at IS NULL")
    through = {(source, name) for source, target in linked for name in agendas.get(target, ())}
    for source, name in through:
        agendas.setdefault(source, set()).add(name)
    query = (
        "SELECT n.id, n.kind, n.paper_id, n.provenance, r.content FROM notes n"
        " JOIN note_revisions r ON r.note_id = n.id AND r.number = n.head WHERE NOT n.trashed"
    )
    for id_, kind, paper, provenance, content in reader.rows(query):
        concepts = frozenset(str(name).casefold() for name in json_column(content).get("concepts") or ())
        yield NoteFacts(id_, kind, paper, provenance, frozenset(agendas.get(id_, ())), concepts)


def _own_agendas(reader: RecordReader) -> dict[str, Any]:
    rows = reader.rows("SELECT agenda, content FROM agenda_revisions ORDER BY seq")
    newest = {str(agenda): json_column(content) for agenda, content in rows}
    return {agenda: content for agenda, content in newest.items() if content}
