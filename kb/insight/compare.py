"""Two people's positions side by side: where their credences differ, on what evidence, and who has read what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from kb.agendas.agenda_index import AgendaIndex, subject_of
from kb.config import Home
from kb.insight.evidence import Evidence, EvidenceGraph
from kb.library import names
from kb.library.bearings import Bearings
from kb.library.credences import Credences
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.base import Value
from kb.models.credence import Credence
from kb.models.note_kind import NoteKind
from kb.models.paper import Paper
from kb.models.reading_state import WAS_READ

NEARLY = 90.0
"""Similarity (of 100) from which two statements are taken for the same."""


class Item(Value):
    """A note of one of the two, as evidence."""

    note: str
    says: str
    side: str
    """``for``, ``against`` or ``on`` the claim."""
    paper: str = ""
    """The paper's title."""


class PersonPosition(Value):
    """What one person holds of a claim; the numbers are None where they did not rate it."""

    subject: str
    statement: str
    low: float | None = None
    high: float | None = None
    words: str = ""
    reason: str = ""
    only: tuple[Item, ...] = ()
    """Evidence that only this person has."""

    @property
    def p(self) -> float | None:
        """The middle of the range."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2


class ComparedPosition(Value):
    """One claim or agenda, as both hold it."""

    statement: str
    by: str
    """By what the two were matched: the same claim, the same words, or nearly the same words."""
    mine: PersonPosition | None = None
    theirs: PersonPosition | None = None
    shared: int = 0
    """How many pieces of evidence both have."""

    @property
    def gap(self) -> float | None:
        """By how much mine is above theirs; None unless both rated it."""
        mine, theirs = (self.mine.p if self.mine else None), (self.theirs.p if self.theirs else None)
        return None if mine is None or theirs is None else mine - theirs


class Comparison(Value):
    """Everything in which two libraries differ that bears on what is believed."""

    positions: tuple[ComparedPosition, ...]
    """Widest gap first; then what only one rated, and claims that only one wrote down."""
    read_by_both: int
    only_i_read: tuple[str, ...]
    only_they_read: tuple[str, ...]


@dataclass(frozen=True)
class _Claim:
    """Something that one person rated, or wrote down as a claim."""

    id: str
    statement: str
    is_note: bool
    credence: Credence | None


class Side:
    """One person's library."""

    def __init__(self, home: Home, record: Record) -> None:
        self._record = record
        self._agenda_index = AgendaIndex.open(home, record)
        self.papers = {paper.id: paper for paper in Papers(record).all()}

    @cached_property
    def claims(self) -> tuple[_Claim, ...]:
        """What was rated, in today's words, and every claim that was noted."""
        standing = Credences(self._record).standing()
        notes = {note.id: note.headline for note in Bearings(self._record).all(NoteKind.CLAIM)}
        rated = [_Claim(name, self._words(one, notes), name in notes, one) for name, one in standing.items()]
        return (*rated, *(_Claim(name, says, True, None) for name, says in notes.items() if name not in standing))

    @cached_property
    def _web(self) -> EvidenceGraph:
        names = {claim.id for claim in self.claims if not claim.is_note}
        return EvidenceGraph(self._record, names, [claim.id for claim in self.claims if claim.is_note])

    def evidence(self, claim: _Claim) -> tuple[Evidence, ...]:
        """What the person has noted on it."""
        return self._web.about(claim.id) if claim.is_note else self._web.on(claim.id)

    def item(self, one: Evidence) -> Item:
        """A note with its paper's title."""
        paper = self.papers.get(one.note.paper or "")
        side = {1: "for", -1: "against", 0: "on"}[one.sign]
        return Item(note=one.id, says=one.says, side=side, paper=paper.title if paper else "")

    def read(self) -> dict[str, Paper]:
        """Papers that were read, by what tells the same paper in two libraries."""
        return {_same(paper): paper for paper in self.papers.values() if paper.state in WAS_READ}

    def _words(self, credence: Credence, notes: Mapping[str, str]) -> str:
        subject = credence.subject.id
        place = self._agenda_index.claims.get(subject)
        if place:
            return subject_of(place.part).statement
        return notes.get(subject) or credence.subject.statement


def compare(mine: Side, theirs: Side) -> Comparison:
    """Both sides, matched claim by claim and paper by paper."""
    pairs = _matched(mine.claims, theirs.claims)
    positions = [_position(mine, theirs, *pair) for pair in pairs]
    my_papers, their_papers = mine.read(), theirs.read()
    return Comparison(
        positions=tuple(sorted(filter(_tells, positions), key=_order)),
        read_by_both=len(set(my_papers) & set(their_papers)),
        only_i_read=_titles(my_papers, their_papers),
        only_they_read=_titles(their_papers, my_papers),
    )


def _matched(mine: Sequence[_Claim], theirs: Sequence[_Claim]) -> list[tuple[_Claim | None, _Claim | None, str]]:
    """The same id first, then the same words, then words nearly the same; each claim once."""
    left = {claim.id: claim for claim in theirs}
    by_words = {names.plain(claim.statement): claim.id for claim in reversed(theirs)}
    pairs: list[tuple[_Claim | None, _Claim | None, str]] = []
    waiting = []
    for claim in mine:
        if claim.id in left:
            pairs.append((claim, left.pop(claim.id), "the same claim"))
        else:
            waiting.append(claim)
    still = []
    for claim in waiting:
        other = left.pop(by_words.get(names.plain(claim.statement), ""), None)
        if other and claim.statement.strip():
            pairs.append((claim, other, "the same words"))
        else:
            still.append(claim)
    for claim in still:
        other = _nearest(claim, left)
        pairs.append((claim, other, "nearly the same words" if other else ""))
    return [*pairs, *((None, claim, "") for claim in left.values())]


def _nearest(claim: _Claim, left: dict[str, _Claim]) -> _Claim | None:
    choices = {name: other.statement for name, other in left.items() if other.is_note or claim.is_note}
    found = process.extractOne(
        claim.statement, choices, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY, processor=str.lower
    )
    if not found or _denies(claim.statement) != _denies(choices[found[2]]):
        return None
    return left.pop(found[2])


def _denies(statement: str) -> bool:
    """Whether it says no: one word apart, two statements may be opposites."""
    words = names.plain(statement).split("-")
    return bool({"not", "no", "never", "cannot", "t", "without", "fails"} & set(words))


def _position(mine: Side, theirs: Side, my: _Claim | None, their: _Claim | None, by: str) -> ComparedPosition:
    my_items = [mine.item(one) for one in mine.evidence(my)] if my else []
    their_items = [theirs.item(one) for one in theirs.evidence(their)] if their else []
    known = {_tag(item) for item in my_items} & {_tag(item) for item in their_items}
    statement = my.statement if my else their.statement if their else ""
    return ComparedPosition(
        statement=statement,
        by=by,
        mine=_held(my, [item for item in my_items if _tag(item) not in known]) if my else None,
        theirs=_held(their, [item for item in their_items if _tag(item) not in known]) if their else None,
        shared=len(known),
    )


def _held(claim: _Claim, only: Iterable[Item]) -> PersonPosition:
    one = claim.credence
    told = {"low": one.low, "high": one.high, "words": one.words, "reason": one.reason} if one else {}
    return PersonPosition(subject=claim.id, statement=claim.statement, only=tuple(only), **told)


def _tag(item: Item) -> tuple[str, str]:
    """By which a piece of evidence is the same in both: its words and which way it speaks."""
    return names.plain(item.says), item.side


def _tells(position: ComparedPosition) -> bool:
    """Whether somebody rated it, or it was written down by one of the two alone, or on other evidence."""
    sides = [side for side in (position.mine, position.theirs) if side]
    return len(sides) < 2 or any(side.p is not None or side.only for side in sides)


def _order(position: ComparedPosition) -> tuple[int, float, str]:
    gap = position.gap
    if gap is not None:
        return 0, -abs(gap), position.statement
    rated = any(side and side.p is not None for side in (position.mine, position.theirs))
    return (1 if rated else 2), 0.0, position.statement


def _same(paper: Paper) -> str:
    return paper.arxiv_id or (paper.doi or "").lower() or names.plain(paper.title)


def _titles(those: Mapping[str, Paper], others: Mapping[str, Paper]) -> tuple[str, ...]:
    titles = {names.plain(paper.title) for paper in others.values()}
    apart = (paper for name, paper in those.items() if name not in others and names.plain(paper.title) not in titles)
    return tuple(sorted(paper.title for paper in apart))
