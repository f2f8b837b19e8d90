"""Papers and their versions: a work has a slug and a citation key for life; a version is known by its bytes."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from kb.models.base import Value
from kb.models.provenance import Provenance
from kb.models.reading_state import ReadingState


class PaperKind(StrEnum):
    """What sort of work it is; only some kinds have a text that can be fetched."""

    PAPER = "paper"
    POST = "post"
    BOOK = "book"
    COURSE = "course"
    TALK = "talk"
    VIDEO = "video"
    PODCAST = "podcast"
    SITE = "site"
    PRIMER = "primer"
    EXERCISE = "exercise"


WITHOUT_ADDRESS = frozenset({PaperKind.PRIMER, PaperKind.EXERCISE})
"""Kinds of work that come with the program, or are the reader's own to do: they may stand at no address."""


def _balanced(latex: str) -> str:
    """The source itself, if no brace in it could end the field that holds it."""
    depth = 0
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    if depth:
        raise ValueError("its braces are not balanced")
    return latex


FIELD_NAME = r"[a-z][\w:.+/-]*"
"""Names of an entry's fields that are kept, as a pattern; programs begin their own otherwise: ``__markedentry``."""


class BibEntry(Value):
    """A bibliography's entry as it came: fields that a paper has no place for come out again as they went in."""

    type: str = Field(pattern=r"^[a-z]+$")
    """In lower case, without the @: ``inproceedings``."""
    fields: dict[Annotated[str, Field(pattern=f"^{FIELD_NAME}$")], Annotated[str, AfterValidator(_balanced)]]
    """LaTeX source by lower-case name, in the order of the entry; braces in it are balanced."""


class PaperDraft(Value):
    """What a source knows of a work before the library has given it an id and a key."""

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    kind: PaperKind = PaperKind.PAPER
    arxiv_id: str | None = None
    """Without a version: ``1706.03741`` or ``quant-ph/0201082``."""
    doi: str | None = None
    url: str | None = None
    venue: str = ""
    abstract: str = ""
    bibtex: BibEntry | None = None
    """The entry that it was imported from, such as for its volume and pages; None for a paper that came otherwise."""
    provenance: Provenance = Provenance.IMPORT


class Paper(PaperDraft):
    """A work in the library."""

    id: str
    """Slug, fixed for life: ``christiano-2017-deep-reinforcement-learning``."""
    key: str
    """Citation key, fixed for life: ``christiano2017deep``."""
    state: ReadingState = ReadingState.UNREAD
    added_at: datetime


class VersionKind(StrEnum):
    """The form of a version's bytes."""

    PDF = "pdf"
    HTML = "html"


class VersionDraft(Value):
    """One file or page; its identity is the sha256 of its bytes."""

    sha256: str
    label: str = ""
    """``v2`` for an arXiv version, else empty."""
    kind: VersionKind = VersionKind.PDF
    source: str = ""
    """Where it came from: a URL, or the path that the reader gave."""
    bytes: int

    @property
    def number(self) -> int:
        """The arXiv version as a number; 0 for a file that is none."""
        number = self.label.removeprefix("v")
        return int(number) if number.isdecimal() else 0


class Version(VersionDraft):
    """A version in the library."""

    paper: str
    """Id of the paper."""
    added_at: datetime
