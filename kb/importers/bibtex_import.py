"""Works from a BibTeX file into the library: keys are kept, works that are here are joined, notes are not touched."""

from typing import Literal

from kb.bibtex.read import draft_of
from kb.bibtex.scan import BrokenEntry, RawEntry, scan
from kb.importers.matching import Matcher, PaperMatch
from kb.importers.merge import add, join, kept
from kb.library.record import Record, now
from kb.models.base import Value
from kb.models.paper import Paper, PaperDraft


class ImportedEntry(Value):
    """What becomes of one entry."""

    key: str
    line: int
    title: str = ""
    outcome: Literal["new", "known", "conflict", "broken"]
    paper: str = ""
    """Id of the paper that it is, or has become; empty for a new one that was not yet taken in."""
    by: str = ""
    """By what a known paper was recognised."""
    kept: tuple[str, ...] = ()
    """What the entry says otherwise than the library, which stays as it is."""
    message: str = ""


def import_bibtex(record: Record, text: str, *, apply: bool = False) -> tuple[ImportedEntry, ...]:
    """What a file would bring; with ``apply``, its new works are taken in, and known ones get what was missing."""
    matcher = Matcher(record)
    return tuple(_entry(record, matcher, entry, apply) for entry in scan(text))


def _entry(record: Record, matcher: Matcher, entry: RawEntry | BrokenEntry, apply: bool) -> ImportedEntry:
    if isinstance(entry, BrokenEntry):
        return ImportedEntry(key="", line=entry.line, outcome="broken", message=entry.why)
    draft = draft_of(entry)
    told = ImportedEntry(key=entry.key, line=entry.line, title=draft.title, outcome="new")
    match = matcher.find(draft, key=entry.key)
    if match.conflict:
        return told.model_copy(update={"outcome": "conflict", "message": match.conflict})
    paper = _paper(record, match, draft, entry.key, apply)
    matcher.learn(paper, name=entry.key or draft.title)
    if match.paper is None:
        return told.model_copy(update={"paper": paper.id})
    known = {"outcome": "known", "paper": paper.id, "by": match.by, "kept": kept(match.paper, draft)}
    return told.model_copy(update=known)


def _paper(record: Record, match: PaperMatch, draft: PaperDraft, key: str, apply: bool) -> Paper:
    """The paper that the entry is or becomes; without an id where it is only shown."""
    if not apply:
        return match.paper or Paper(**draft.model_dump(), id="", key=key, added_at=now())
    return join(record, match.paper, draft, key) if match.paper else add(record, draft, key)
