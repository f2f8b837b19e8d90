"""What a search asks the record: which notes words find, what stands behind a hit, and what filters look at."""

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from kb.library.light_reader import RecordReader, json_column

_MATCHING_NOTES = """
SELECT note_id, -rank FROM notes_fts
WHERE notes_fts MATCH :match AND rank MATCH 'bm25(0.0, 2.0, 1.0, 1.0)' {narrow}
ORDER BY rank LIMIT :limit
"""
_AMONG = "AND note_id IN (SELECT value FROM json_each(:ids))"
_NOTES = """
SELECT n.id, n.kind, n.paper_id, p.title, n.headline, r.content FROM notes n
JOIN note_revisions r ON r.note_id = n.id AND r.number = n.head
LEFT JOIN papers p ON p.id = n.paper_id
WHERE NOT n.trashed AND n.id IN {ids}
"""
_ALL_NOTES = """
SELECT n.id, n.kind, n.paper_id, n.provenance, r.content FROM notes n
JOIN note_revisions r ON r.note_id = n.id AND r.number = n.head WHERE NOT n.trashed
"""
_PLACES = """
SELECT ep.paper_id, e.list_id, e.id, e.data FROM entry_papers ep
JOIN entries e ON e.list_id = ep.list_id AND e.id = ep.entry_id
"""

_UNMET = """
SELECT e.list_id, e.id, e.data FROM entries e WHERE NOT EXISTS
(SELECT 1 FROM entry_papers ep WHERE ep.list_id = e.list_id AND ep.entry_id = e.id)
"""


class NoteText(NamedTuple):
    """A note that stands, with all that it says."""

    id: str
    kind: str
    paper: str | None
    title: str
    """Of the paper that it is on."""
    headline: str
    content: dict[str, Any]


class PaperBrief(NamedTuple):
    """Whose paper it is."""

    title: str
    key: str
    authors: tuple[str, ...]
    year: int | None


class FilterablePaper(NamedTuple):
    """What a paper can be filtered by."""

    id: str
    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    kind: str
    state: str
    arxiv_id: str


class FilterableNote(NamedTuple):
    """What a note can be filtered by."""

    id: str
    kind: str
    paper: str | None
    provenance: str
    content: dict[str, Any]


def has_files(reader: RecordReader) -> bool:
    """Whether any paper has a file."""
    return bool(reader.rows("SELECT 1 FROM versions LIMIT 1"))


def matching_notes(
    reader: RecordReader, match: str, limit: int, notes: Collection[str] | None = None
) -> list[tuple[str, float]]:
    """Notes by BM25, best first, with their scores; ``match`` is an expression of FTS5."""
    if not reader.has_full_text:
        return []
    query = _MATCHING_NOTES.format(narrow="" if notes is None else _AMONG)
    rows = reader.rows(query, {"match": match, "limit": limit, "ids": json.dumps(list(notes or ()))})
    return [(str(id_), float(score)) for id_, score in rows]


def standing_notes(reader: RecordReader, ids: Iterable[str]) -> set[str]:
    """Those of the notes that are there and not trashed."""
    return {str(id_) for (id_,) in reader.rows_of("SELECT id FROM notes WHERE NOT trashed AND id IN {ids}", ids)}


def note_texts(reader: RecordReader, ids: Iterable[str]) -> list[NoteText]:
    """Those of the notes that stand, as they are now."""
    return [
        NoteText(id_, kind, paper, title or "", headline, json_column(content))
        for id_, kind, paper, title, headline, content in reader.rows_of(_NOTES, ids)
    ]


def newest_first(reader: RecordReader, notes: Iterable[str]) -> list[str]:
    """The notes by when they were made."""
    rows = reader.rows_of("SELECT id, created_at FROM notes WHERE id IN {ids}", notes)
    return [str(id_) for id_, _ in sorted(rows, key=lambda row: (str(row[1]), row[0]), reverse=True)]


def paper_briefs(reader: RecordReader, ids: Iterable[str]) -> dict[str, PaperBrief]:
    """Papers by id."""
    rows = reader.rows_of("SELECT id, title, key, authors, year FROM papers WHERE id IN {ids}", ids)
    return {id_: PaperBrief(title, key, tuple(json_column(authors)), year) for id_, title, key, authors, year in rows}


def agendas_of(reader: RecordReader, notes: Iterable[str]) -> dict[str, list[str]]:
    """The agendas that each of the notes bears on."""
    return _by_note(reader.rows_of("SELECT note_id, agenda FROM note_agendas WHERE note_id IN {ids}", notes))


def all_papers(reader: RecordReader) -> list[FilterablePaper]:
    """Every paper."""
    rows = reader.rows("SELECT id, key, title, authors, year, kind, state, arxiv_id FROM papers")
    return [
        FilterablePaper(id_, key, title, tuple(json_column(authors)), year, kind, state, arxiv or "")
        for id_, key, title, authors, year, kind, state, arxiv in rows
    ]


def all_notes(reader: RecordReader) -> list[FilterableNote]:
    """Every note that stands."""
    return [
        FilterableNote(id_, kind, paper, provenance, json_column(content))
        for id_, kind, paper, provenance, content in reader.rows(_ALL_NOTES)
    ]


def all_agendas(reader: RecordReader) -> dict[str, list[str]]:
    """The agendas that each note bears on."""
    return _by_note(reader.rows("SELECT note_id, agenda FROM note_agendas"))


def all_links(reader: RecordReader) -> list[tuple[str, str]]:
    """From which note to which a link stands."""
    rows = reader.rows("SELECT source, target FROM links WHERE removed_at IS NULL")
    return [(str(source), str(target)) for source, target in rows]


def papers_with_text(reader: RecordReader) -> set[str]:
    """Papers that have a file, and so a text."""
    return {str(id_) for (id_,) in reader.rows("SELECT DISTINCT paper_id FROM versions")}


def papers_read(reader: RecordReader) -> set[str]:
    """Papers that were read for some time."""
    return {str(id_) for (id_,) in reader.rows("SELECT DISTINCT paper_id FROM reading_times WHERE seconds > 0")}


def entries_without_paper(reader: RecordReader) -> list[dict[str, Any]]:
    """Entries of lists whose paper is not here, each with its list and its id."""
    return [{**json_column(data), "list": list_id, "id": entry_id} for list_id, entry_id, data in reader.rows(_UNMET)]


def list_titles(reader: RecordReader) -> dict[str, str]:
    """Titles of the lists by their ids."""
    return {str(id_): str(title) for id_, title in reader.rows("SELECT id, title FROM lists")}


def places_on_lists(reader: RecordReader) -> dict[str, list[dict[str, Any]]]:
    """By paper, the entries of lists that it stands for, each with its list and its own id."""
    places: dict[str, list[dict[str, Any]]] = {}
    for paper, list_id, entry_id, data in reader.rows(_PLACES):
        places.setdefault(paper, []).append({**json_column(data), "list": list_id, "id": entry_id})
    return places


def own_agendas(reader: RecordReader) -> dict[str, Any]:
    """What the reader has made of agendas, by id, as it stands now."""
    rows = reader.rows("SELECT agenda, content FROM agenda_revisions ORDER BY seq")
    newest = {str(agenda): json_column(content) for agenda, content in rows}
    return {agenda: content for agenda, content in newest.items() if content}


def _by_note(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[str]]:
    agendas: dict[str, list[str]] = {}
    for note, agenda in rows:
        agendas.setdefault(str(note), []).append(str(agenda))
    return agendas
