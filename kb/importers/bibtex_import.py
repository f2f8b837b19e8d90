"""Works from a BibTeX file into the library: keys are kept, works that are here are joined, notes are not touched."""

from typing import Literal

from kb.bibtex.inherit import DATA, Parents
from kb.bibtex.read import draft_of
from kb.bibtex.scan import BrokenEntry, RawEntry, scan
from kb.importers.matching import Matcher, PaperMatch
from kb.importers.merge import add, join, kept
from kb.library.record import Record, now
from kb.models.base import Value
from kb.models.paper import BibEntry, Paper, PaperDraft


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
    scanned = tuple(scan(text))
    parents = Parents(entry for entry in scanned if isinstance(entry, RawEntry))
    works = (entry for entry in scanned if isinstance(entry, BrokenEntry) or entry.type != DATA)
    return tuple(_entry(record, matcher, parents, entry, apply) for entry in works)


def _entry(
    record: Record, matcher: Matcher, parents: Parents, entry: RawEntry | BrokenEntry, apply: bool
) -> ImportedEntry:
    """One entry; what it says that no reader foresaw costs this entry alone."""
    if isinstance(entry, BrokenEntry):
        return ImportedEntry(key="", line=entry.line, outcome="broken", message=entry.why)
    try:
        draft = _draft(parents, entry)
    except (ValueError, LookupError, RecursionError) as error:
        why = f"it cannot be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        return ImportedEntry(key=entry.key, line=entry.line, outcome="broken", message=why)
    return _placed(record, matcher, draft, entry, apply)


def _draft(parents: Parents, entry: RawEntry) -> PaperDraft:
    """The work, with what it inherits; its entry is kept as it came, with xdata written out."""
    whole = parents.with_data(entry)
    draft = draft_of(parents.resolved(whole))
    return draft.model_copy(update={"bibtex": BibEntry(type=whole.type, fields=whole.fields)})


def _placed(record: Record, matcher: Matcher, draft: PaperDraft, entry: RawEntry, apply: bool) -> ImportedEntry:
    told = ImportedEntry(key=entry.key, line=entry.line, title=draft.title, outcome="new")
    match = matcher.find(draft, key=entry.key)
    if match.conflict:
        return told.model_copy(update={"outcome": "conflict", "message": match.conflict})
    draft = draft.model_copy(update=dict.fromkeys(match.borrowed))
    paper = _paper(record, match, draft, entry.key, apply)
    matcher.learn(paper, name=entry.key or draft.title, key=entry.key)
    if match.paper is None:
        return told.model_copy(update={"paper": paper.id, "message": match.apart})
    why = f"merged by {match.by} with {match.paper.key}"
    known = {"outcome": "known", "paper": paper.id, "by": match.by, "kept": kept(match.paper, draft), "message": why}
    return told.model_copy(update=known)


def _paper(record: Record, match: PaperMatch, draft: PaperDraft, key: str, apply: bool) -> Paper:
    """The paper that the entry is or becomes; without an id where it is only shown."""
    if not apply:
        return match.paper or Paper(**draft.model_dump(), id="", key=key, added_at=now())
    return join(record, match.paper, draft, key) if match.paper else add(record, draft, key)
