"""The term ledger: a term as each paper defines it, side by side, each with its place."""

from collections import Counter
from dataclasses import dataclass

from kb.library.names import plain
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.anchor import Anchor
from kb.models.note import Note, TermFields
from kb.models.note_kind import NoteKind
from kb.models.paper import Paper


@dataclass(frozen=True)
class TermMeaning:
    """A term as one paper, or the reader, uses it."""

    note: str
    term: str
    definition: str
    paper: Paper | None
    """None for a meaning of the reader's own."""
    anchor: Anchor | None


@dataclass(frozen=True)
class Term:
    """A term with all its meanings, oldest paper first."""

    term: str
    meanings: tuple[TermMeaning, ...]

    @property
    def papers(self) -> int:
        """How many papers define it."""
        return len({meaning.paper.id for meaning in self.meanings if meaning.paper})


def term_ledger(record: Record, wanted: str = "") -> tuple[Term, ...]:
    """Every term that was noted, or those in whose name a word stands; spelling and plural do not matter."""
    notes = Notes(record).all(kind=NoteKind.TERM)
    papers = Papers(record).many({note.paper for note in notes if note.paper})
    grouped: dict[str, list[TermMeaning]] = {}
    for note in notes:
        meaning = _meaning(note, papers.get(note.paper or ""))
        grouped.setdefault(_key(meaning.term), []).append(meaning)
    found = [_term(meanings) for key, meanings in grouped.items() if _key(wanted) in key]
    return tuple(sorted(found, key=lambda one: one.term.casefold()))


def _meaning(note: Note, paper: Paper | None) -> TermMeaning:
    fields = note.fields
    assert isinstance(fields, TermFields)
    anchor = note.anchors[0] if note.anchors else None
    definition = fields.definition or note.body or (anchor.quote if anchor else "")
    return TermMeaning(note.id, fields.term or note.headline, definition, paper, anchor)


def _term(meanings: list[TermMeaning]) -> Term:
    """The meanings under the spelling that is used most."""
    ordered = sorted(meanings, key=lambda one: (one.paper.year or 0 if one.paper else 9999, one.note))
    name = Counter(meaning.term for meaning in ordered).most_common(1)[0][0]
    return Term(name, tuple(ordered))


def _key(term: str) -> str:
    """The term without case, punctuation and a plural s."""
    words = plain(term).replace("-", " ").strip()
    return words[:-1] if len(words) > 3 and words.endswith("s") and not words.endswith("ss") else words
