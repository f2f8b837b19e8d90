"""Works from a BibTeX file into the library: keys are kept, works that are here are joined, notes are not touched."""

from typing import Literal

from kb.export.bibtex_kept import united
from kb.export.bibtex_read import draft_of
from kb.export.bibtex_scan import BrokenEntry, scan
from kb.library import names, paper_rows
from kb.library.papers import Papers
from kb.library.record import Record
from kb.library.schema import paper_aliases
from kb.library.schema import papers as table
from kb.models.base import Value
from kb.models.paper import Paper, PaperDraft

_TELLING_TITLE = 20
"""Shorter titles, such as Introduction, do not say that two works are the same."""


class ImportedEntry(Value):
    """What becomes of one entry."""

    key: str
    line: int
    title: str = ""
    outcome: Literal["new", "known", "broken"]
    paper: str = ""
    """Id of the paper that it is, or has become; empty for a new one that was not yet taken in."""
    message: str = ""


def import_bibtex(record: Record, text: str, *, apply: bool = False) -> tuple[ImportedEntry, ...]:
    """What a file would bring; with ``apply``, its new works are taken in, and known ones get what was missing."""
    papers = Papers(record)
    by_title = {names.plain(paper.title): paper for paper in papers.all()}
    done = []
    for entry in scan(text):
        if isinstance(entry, BrokenEntry):
            done.append(ImportedEntry(key="", line=entry.line, outcome="broken", message=entry.why))
            continue
        draft = draft_of(entry)
        known = papers.match(draft) or _same(by_title, draft, entry.key)
        if apply:
            paper = _joined(record, known, draft, entry.key) if known else _added(record, draft, entry.key)
            by_title[names.plain(paper.title)] = paper
            known_id = paper.id
        else:
            known_id = known.id if known else ""
        told = ImportedEntry(key=entry.key, line=entry.line, title=draft.title, outcome="new", paper=known_id)
        done.append(told.model_copy(update={"outcome": "known" if known else "new"}))
    return tuple(done)


def _same(by_title: dict[str, Paper], draft: PaperDraft, key: str) -> Paper | None:
    """A work by the same title, if it is long or the key is the same too, whose ids do not speak against it."""
    paper = by_title.get(names.plain(draft.title))
    if paper is None or (len(draft.title) < _TELLING_TITLE and paper.key != key):
        return None
    pairs = ((paper.arxiv_id, draft.arxiv_id), (paper.doi, draft.doi))
    return paper if all(not mine or not theirs or mine == theirs for mine, theirs in pairs) else None


def _added(record: Record, draft: PaperDraft, key: str) -> Paper:
    """A new paper under the entry's own key, if no other has it."""
    with record.write() as connection:
        is_free = bool(key) and not paper_rows.is_taken(connection, key)
        paper = paper_rows.insert(connection, draft, None)
        if is_free and key != paper.key:
            connection.execute(table.update().where(table.c.id == paper.id).values(key=key))
    return Papers(record).get(paper.id)


def _joined(record: Record, paper: Paper, draft: PaperDraft, key: str) -> Paper:
    """A known paper with what it lacked, findable by the entry's key too."""
    missing = {name: value for name, value in draft.model_dump().items() if value and not getattr(paper, name)}
    if paper.bibtex and draft.bibtex:
        missing["bibtex"] = united(paper.bibtex, draft.bibtex).model_dump()
    with record.write() as connection:
        if missing:
            connection.execute(table.update().where(table.c.id == paper.id).values(_storable(missing)))
        if key and not paper_rows.is_taken(connection, key):
            connection.execute(paper_aliases.insert().values(alias=key, paper_id=paper.id))
    return Papers(record).get(paper.id)


def _storable(values: dict[str, object]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
