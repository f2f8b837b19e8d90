"""Kinds of notes: one table that forms, summaries, vault and screen all read. Light: nothing heavy is imported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class NoteKind(StrEnum):
    """What a note is for."""

    HIGHLIGHT = "highlight"
    CLAIM = "claim"
    METHOD = "method"
    EVIDENCE = "evidence"
    LESSON = "lesson"
    QUESTION = "question"
    IDEA = "idea"
    TERM = "term"
    SUMMARY = "summary"


@dataclass(frozen=True)
class KindSpec:
    """All that the program knows of a kind, but for its typed fields (``kb.models.note``)."""

    key: str
    """The letter that stands for it on the screen."""
    sign: str
    """In margins and lists, one cell wide."""
    color: str
    """The name of the colour that it marks text with."""
    group: str
    """Where a summary has it: a field of ``kb.models.summary.NoteGroups``."""
    title: str
    """The heading of that group in a summary."""
    heading: str
    """The heading in the files of a vault."""
    headline: str = ""
    """The field that says the note in one line; without one, its body or its quote does."""
    is_listed: bool = False
    """In a summary its notes are items of a list."""


KINDS: dict[NoteKind, KindSpec] = {
    NoteKind.HIGHLIGHT: KindSpec("h", "▪", "highlight", "highlights", "Marked passages", "Marked passages"),
    NoteKind.CLAIM: KindSpec("c", "●", "claim", "claims", "What is claimed", "Claims", "statement"),
    NoteKind.EVIDENCE: KindSpec("e", "■", "claim", "evidence", "Evidence", "Evidence", "observation"),
    NoteKind.METHOD: KindSpec("m", "▲", "claim", "methods", "How it was done", "Methods", "approach"),
    NoteKind.LESSON: KindSpec("l", "◆", "claim", "lessons", "Lessons", "Lessons", "fact", is_listed=True),
    NoteKind.QUESTION: KindSpec("q", "?", "question", "questions", "Questions", "Questions", is_listed=True),
    NoteKind.IDEA: KindSpec("i", "✦", "question", "ideas", "Ideas", "Ideas", "direction", is_listed=True),
    NoteKind.TERM: KindSpec("t", "≡", "claim", "terms", "Terms", "Terms", "term", is_listed=True),
    NoteKind.SUMMARY: KindSpec("s", "§", "claim", "summaries", "Summary", "Summary"),
}
"""Every kind, in the order of the note form."""


@dataclass(frozen=True)
class SummaryGroup:
    """Notes that stand together in a summary."""

    name: str
    title: str
    is_listed: bool


POSITIONS = SummaryGroup("positions", "What I hold", is_listed=False)
"""The reader's own claims, apart from what papers claim."""
_FIRST = (NoteKind.SUMMARY, NoteKind.CLAIM, NoteKind.METHOD, NoteKind.EVIDENCE)
_LAST = (NoteKind.HIGHLIGHT,)


def _groups() -> Iterator[SummaryGroup]:
    rest = tuple(kind for kind in KINDS if kind not in (*_FIRST, *_LAST))
    for kind in (*_FIRST, None, *rest, *_LAST):
        spec = KINDS[kind] if kind else None
        yield SummaryGroup(spec.group, spec.title, spec.is_listed) if spec else POSITIONS


SUMMARY_GROUPS = tuple(_groups())
"""In the order of a summary: what the paper says, what the reader holds, then the rest."""
NOT_WORDS = frozenset({"colour"})
"""Fields that say how a note looks: nobody searches for a note by them."""


def headline_field(kind: NoteKind) -> str:
    """The field that says such a note in one line; empty where its body or its quote does."""
    return KINDS[kind].headline


def field_words(fields: Mapping[str, Any]) -> list[str]:
    """What the typed fields of a note say, as a search should find it and a person read it."""
    return [str(value) for name, value in fields.items() if value not in ("", None) and name not in NOT_WORDS]
