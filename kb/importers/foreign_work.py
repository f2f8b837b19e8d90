"""One work as another program keeps it: what is known of it, its files, and what its reader marked and wrote."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from kb.escape.latex import latex_text
from kb.models.base import Value
from kb.models.paper import FIELD_NAME, BibEntry, PaperDraft

MOST = 1_000_000
"""Characters of one work's texts; what is longer is no paper's entry."""
_DEEPEST = 20
"""Collections within each other after which an export refers to itself in a circle."""


class ForeignMark(Value):
    """A passage that was marked, and what was written beside it."""

    quote: str = ""
    comment: str = ""
    page: int | None = None
    colour: str = ""
    at: datetime | None = None
    """When it was marked, where the program says so."""


class ForeignWork(Value):
    """One item, ready to be matched with what is here."""

    name: str
    """By which a reader knows it again: its key, or its title."""
    key: str = ""
    draft: PaperDraft
    files: tuple[Path, ...] = ()
    """PDFs that are there and may be read."""
    marks: tuple[ForeignMark, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """What of it could not be found or read, in words."""
    left_out: tuple[str, ...] = ()
    """What of it has no place here, in words."""
    collections: tuple[str, ...] = ()
    """The reader's own collections that it is in, each with those around it: ``Alignment / Debate``."""

    @property
    def size(self) -> int:
        """Characters of all its texts."""
        draft = self.draft
        texts = [draft.title, draft.abstract, draft.venue, self.key, *draft.authors, *self.notes]
        texts += [text for mark in self.marks for text in (mark.quote, mark.comment)]
        return sum(map(len, texts)) + sum(map(len, draft.bibtex.fields.values() if draft.bibtex else ()))


class Unreadable(Value):
    """An item that is left out, and why."""

    name: str
    why: str


def entry_of(kind: str, fields: Mapping[str, str]) -> BibEntry | None:
    """Fields that a paper has no place for, kept as those of a bibliography's entry; None where there are none."""
    named = {re.sub(r"[^\w:.+/-]", "", name.lower()): value for name, value in fields.items() if value.strip()}
    kept = {name: latex_text(value) for name, value in named.items() if value and re.fullmatch(FIELD_NAME, name)}
    if "pages" in kept:
        kept["pages"] = "--".join(latex_text(page) for page in re.split(r"\s*[-–—]+\s*", named["pages"].strip()))
    return BibEntry(type=kind, fields=kept) if kept else None


def whole_number(text: object) -> int | None:
    """A page number, if it is one."""
    said = str(text or "").strip()
    return int(said) if said.isdecimal() and len(said) < 7 else None


def year_in(*texts: object) -> int | None:
    """The first year that one of the texts names."""
    found = (re.search(r"(?<!\d)(1[5-9]|20)\d{2}(?!\d)", str(text or "")) for text in texts)
    return next((int(match.group()) for match in found if match), None)


def moment_of(text: object) -> datetime | None:
    """A date with its time, as ISO 8601 writes it; without a zone it is taken as universal time."""
    try:
        found = datetime.fromisoformat(str(text or "").strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def collection_path(key: str, names: Mapping[str, str], around: Mapping[str, str]) -> str:
    """A collection by its name and those of the collections around it, outermost first: ``Alignment / Debate``."""
    path: list[str] = []
    while key in names and len(path) < _DEEPEST:
        path.insert(0, names[key])
        key = around.get(key, "")
    return " / ".join(path)


def tagged(comment: str, tags: Iterable[str]) -> str:
    """What was written beside a mark, with the mark's tags below it."""
    return "\n".join(filter(None, (comment, " ".join(f"#{tag}" for tag in tags))))


def written(values: Iterable[object]) -> tuple[str, ...]:
    """What of several values is text that says something."""
    return tuple(value.strip() for value in values if isinstance(value, str) and value.strip())
