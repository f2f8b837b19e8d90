"""What a query's filters leave to be searched: the papers, and the notes, that meet every condition."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.errors import UsageError
from kb.recall.query import Filter
from kb.record_reading import RecordReader

_YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?")


@dataclass(frozen=True)
class Allowed:
    """Ids that may be found; None where nothing is narrowed."""

    papers: frozenset[str] | None = None
    notes: frozenset[str] | None = None

    @property
    def is_everything(self) -> bool:
        """Nothing is narrowed."""
        return self.papers is None and self.notes is None


@dataclass(frozen=True)
class _Paper:
    id: str
    key: str
    title: str
    authors: str
    year: int | None
    kind: str
    state: str
    arxiv_id: str
    entries: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class _Note:
    id: str
    kind: str
    paper: str | None
    provenance: str
    agendas: tuple[str, ...]
    concepts: tuple[str, ...]


_Holds = Callable[[_Paper | None, _Note | None], bool]
"""Whether a condition holds for a passage of a paper (no note), or for a note (perhaps with no paper)."""


class Narrower:
    """Keeps what filters look at, until the record changes."""

    def __init__(self, reader: RecordReader) -> None:
        self._reader = reader
        self._seen: object = None
        self._papers: dict[str, _Paper] = {}
        self._notes: list[_Note] = []

    def narrow(self, filters: Sequence[Filter]) -> Allowed:
        """The papers whose passages, and the notes, that meet every filter; of one name's filters, one is enough.

        Raises UsageError for a value that its filter cannot have.
        """
        if not filters:
            return Allowed()
        self._look()
        papers = self._papers
        conditions = _conditions(filters, [note for note in self._notes if note.paper])
        return Allowed(
            frozenset(paper.id for paper in papers.values() if all(holds(paper, None) for holds in conditions)),
            frozenset(
                note.id
                for note in self._notes
                if all(holds(papers.get(note.paper or ""), note) for holds in conditions)
            ),
        )

    def _look(self) -> None:
        version = self._reader.version()
        if version is None or version != self._seen:
            self._papers, self._notes, self._seen = _papers(self._reader), _notes(self._reader), version


def _conditions(filters: Sequence[Filter], on_papers: Sequence[_Note]) -> list[_Holds]:
    asked: dict[str, list[str]] = {}
    conditions: list[_Holds] = []
    for each in filters:
        if each.excludes:
            conditions.append(_negated(_condition(each.name, [each.value], on_papers)))
        else:
            asked.setdefault(each.name, []).append(each.value)
    places = {name: asked.pop(name) for name in ("list", "week") if name in asked}
    if places:
        conditions.append(_place(places.get("list", []), places.get("week", [])))
    conditions.extend(_condition(name, values, on_papers) for name, values in asked.items())
    return conditions


def _negated(holds: _Holds) -> _Holds:
    return lambda paper, note: not holds(paper, note)


def _condition(name: str, values: Sequence[str], on_papers: Sequence[_Note]) -> _Holds:
    """The condition that one name's values make together."""
    from kb.models.note import NoteKind
    from kb.models.paper import PaperKind, ReadingState
    from kb.models.provenance import Provenance

    if name in ("list", "week"):
        return _place(values if name == "list" else [], values if name == "week" else [])
    if name in ("agenda", "concept"):
        return _topic(name, values, on_papers)
    if name == "year":
        spans = [_span(value) for value in values]
        return lambda paper, note: paper is not None and any(_within(paper.year, span) for span in spans)
    if name == "author":
        return lambda paper, note: paper is not None and any(value.casefold() in paper.authors for value in values)
    if name == "paper":
        return lambda paper, note: paper is not None and any(_is_named(paper, value) for value in values)
    if name == "state":
        states = {_one_of(value, list(ReadingState), "state") for value in values}
        return lambda paper, note: paper is not None and paper.state in states
    if name == "provenance":
        origins = {_one_of(value, list(Provenance), "provenance") for value in values}
        return lambda paper, note: (note.provenance if note else Provenance.PARSER.value) in origins
    kinds = {_one_of(value, [*NoteKind, *PaperKind], "kind") for value in values}
    return lambda paper, note: (note is not None and note.kind in kinds) or (paper is not None and paper.kind in kinds)


def _place(lists: Sequence[str], weeks: Sequence[str]) -> _Holds:
    """In one of the lists, and there in one of the weeks; both must hold of one entry."""
    numbers = {_number(week) for week in weeks}
    names = [name.casefold() for name in lists]

    def holds(paper: _Paper | None, note: _Note | None) -> bool:
        return paper is not None and any(
            (not names or any(name in str(entry["list"]).casefold() for name in names))
            and (not numbers or entry.get("week") in numbers)
            for entry in paper.entries
        )

    return holds


def _topic(name: str, values: Sequence[str], on_papers: Sequence[_Note]) -> _Holds:
    """On an agenda or a concept: a note by its own tags, a paper by its entries' and by the notes made on it."""
    wanted = {value.casefold() for value in values}
    tags = _agendas if name == "agenda" else _concepts
    noted = {note.paper for note in on_papers if wanted & {tag.casefold() for tag in tags(note)}}

    def holds(paper: _Paper | None, note: _Note | None) -> bool:
        if note is not None:
            return bool(wanted & {tag.casefold() for tag in tags(note)})
        listed = {
            str(tag).casefold() for entry in (paper.entries if paper else ()) for tag in entry.get(f"{name}s") or ()
        }
        return paper is not None and (paper.id in noted or bool(wanted & listed))

    return holds


def _agendas(note: _Note) -> tuple[str, ...]:
    return note.agendas


def _concepts(note: _Note) -> tuple[str, ...]:
    return note.concepts


def _is_named(paper: _Paper, value: str) -> bool:
    wanted = value.casefold().removeprefix("arxiv:")
    names = (paper.id, paper.key, paper.arxiv_id)
    return wanted in (name.casefold() for name in names) or paper.id.startswith(wanted)


def _one_of(value: str, choices: Iterable[str], name: str) -> str:
    known = list(dict.fromkeys(str(choice) for choice in choices))
    if value.casefold() not in known:
        raise UsageError(f"there is no {name} {value!r}", f"a {name} is one of {', '.join(known)}", "kb search --help")
    return value.casefold()


def _number(value: str) -> int:
    if not value.isdigit():
        raise UsageError(f"{value!r} is no week", "a week is a number", "kb search 'week:3 …'")
    return int(value)


def _span(value: str) -> tuple[int, int]:
    """First and last year of ``2018``, ``2018..``, ``..2020`` or ``2018..2020``."""
    found = _YEARS.fullmatch(value)
    if not found or not (found[1] or found[3]):
        raise UsageError(
            f"{value!r} is no year", "write 2018, 2018.., ..2020 or 2018..2020", "kb search 'year:2018.. …'"
        )
    first = int(found[1]) if found[1] else 0
    last = int(found[3]) if found[3] else (9999 if found[2] else first)
    return first, last


def _within(year: int | None, span: tuple[int, int]) -> bool:
    return year is not None and span[0] <= year <= span[1]


def _papers(reader: RecordReader) -> dict[str, _Paper]:
    entries: dict[str, list[dict[str, Any]]] = {}
    for paper, list_id, data in reader.rows(
        "SELECT ep.paper_id, e.list_id, e.data FROM entry_papers ep"
        " JOIN entries e ON e.list_id = ep.list_id AND e.id = ep.entry_id"
    ):
        entries.setdefault(paper, []).append({**_read(data), "list": list_id})
    return {
        id_: _Paper(
            id_, key, title, str(authors).casefold(), year, kind, state, arxiv or "", tuple(entries.get(id_, ()))
        )
        for id_, key, title, authors, year, kind, state, arxiv in _with_plain_authors(reader)
    }


def _with_plain_authors(reader: RecordReader) -> Iterable[tuple[Any, ...]]:
    for row in reader.rows("SELECT id, key, title, authors, year, kind, state, arxiv_id FROM papers"):
        yield (*row[:3], "\n".join(_read(row[3])), *row[4:])


def _notes(reader: RecordReader) -> list[_Note]:
    agendas: dict[str, list[str]] = {}
    for note, agenda in reader.rows("SELECT note_id, agenda FROM note_agendas"):
        agendas.setdefault(note, []).append(agenda)
    query = (
        "SELECT n.id, n.kind, n.paper_id, n.provenance, r.content FROM notes n"
        " JOIN note_revisions r ON r.note_id = n.id AND r.number = n.head WHERE NOT n.trashed"
    )
    return [
        _Note(id_, kind, paper, provenance, tuple(agendas.get(id_, ())), tuple(_read(content).get("concepts") or ()))
        for id_, kind, paper, provenance, content in reader.rows(query)
    ]


def _read(value: Any) -> Any:
    """A JSON column; SQLite hands it over as text, PostgreSQL as what it says."""
    return json.loads(value) if isinstance(value, str) else value
