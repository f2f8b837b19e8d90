"""The evidence audit: counted from what the reader has noted, without any model.

A claim's sources are counted as independent only as far as their authors are new; flags say what kind of support is
missing. Nothing here weighs arguments: it shows where to look.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kb.agendas.agenda_index import AgendaIndex, subject_of
from kb.insight.evidence import Evidence, EvidenceGraph
from kb.library.bearings import Bearings
from kb.library.credences import Credences
from kb.library.note_list import NoteRow
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.credence import Credence, Subject, SubjectKind
from kb.models.note_kind import NoteKind
from kb.models.paper import Paper

STALE_YEARS = 4
"""Evidence of which the newest is older than this may have been overtaken."""
TOY = frozenset({"toy model", "theorem", "argument", ""})
"""Kinds of evidence that say nothing of systems of any size."""

FLAGS: dict[str, str] = {
    "no-evidence": "nothing is noted on either side",
    "one-sided": "all evidence is on one side",
    "never-opposed": "nothing was ever noted against it",
    "toy-only": "no evidence comes from more than a toy, a proof or an argument",
    "single-author-group": "all sources share authors",
    "stale": f"the newest source is more than {STALE_YEARS} years old",
    "credence-behind": "evidence was noted after the credence was last rated",
}
"""What each flag says."""


@dataclass(frozen=True)
class Audited:
    """One claim, counted."""

    subject: Subject
    agenda: str
    credence: Credence | None
    items: tuple[Evidence, ...]
    independent: float
    """Sources, each counted by the share of its authors that no earlier source has."""
    groups: int
    """Groups of sources that share no authors with each other."""
    newest: int | None
    """Year of the newest source."""
    flags: tuple[str, ...]

    @property
    def supporting(self) -> int:
        """Pieces of evidence for it."""
        return sum(item.sign > 0 for item in self.items)

    @property
    def opposing(self) -> int:
        """Pieces of evidence against it."""
        return sum(item.sign < 0 for item in self.items)

    @property
    def sorts(self) -> dict[str, int]:
        """How much evidence of each kind, on both sides."""
        return dict(Counter(item.sort or "not said" for item in self.items if item.sign))

    @property
    def reproduced(self) -> bool:
        """Whether some of it comes from an experiment of the reader's own."""
        return any(item.reproduced for item in self.items)

    @property
    def strongest_against(self) -> Evidence | None:
        """The opposing item that weighs most."""
        against = [item for item in self.items if item.sign < 0]
        return max(against, key=lambda item: item.strength, default=None)


class Auditor:
    """Audits claims of the agendas, and claims that the reader noted."""

    def __init__(self, record: Record, agenda_index: AgendaIndex, now: datetime) -> None:
        self._record = record
        self._agenda_index = agenda_index
        self._now = now
        self._credences = Credences(record).standing()

    def agendas(self, agendas: Iterable[str], web: EvidenceGraph | None = None) -> tuple[Audited, ...]:
        """Every link of these agendas' chains; ``web`` is what was read of them already."""
        ids = dict.fromkeys(claim.id for name in agendas for claim in self._agenda_index.agendas[name].theory_of_change)
        places = [self._agenda_index.claims[claim] for claim in ids]
        read = web or EvidenceGraph(self._record, [place.part.id for place in places])
        papers = self._papers(read.notes)
        return tuple(
            self._audited(subject_of(place.part), place.agenda.id, read.on(place.part.id), papers) for place in places
        )

    def notes(self, ids: Sequence[str] | None = None) -> tuple[Audited, ...]:
        """Claims that the reader noted: those given, or every one that something is linked to."""
        claims = {row.id: row for row in Bearings(self._record).all(NoteKind.CLAIM)}
        chosen = [claims[one] for one in (claims if ids is None else ids) if one in claims]
        web = EvidenceGraph(self._record, claims=[row.id for row in chosen])
        papers = self._papers(web.notes)
        audited = (self._audited(_noted(row), "", web.about(row.id), papers) for row in chosen)
        return tuple(one for one in audited if ids is not None or one.items)

    def _papers(self, notes: Mapping[str, NoteRow]) -> Mapping[str, Paper]:
        return Papers(self._record).many({row.paper for row in notes.values() if row.paper})

    def _audited(
        self, subject: Subject, agenda: str, items: tuple[Evidence, ...], papers: Mapping[str, Paper]
    ) -> Audited:
        telling = [item for item in items if item.sign]
        sources = list({item.note.paper: papers[item.note.paper] for item in telling if item.note.paper}.values())
        newest = max((paper.year for paper in sources if paper.year), default=None)
        credence = self._credences.get(subject.id)
        groups = author_groups(sources)
        return Audited(
            subject=subject,
            agenda=agenda,
            credence=credence,
            items=items,
            independent=independent_sources(sources),
            groups=groups,
            newest=newest,
            flags=tuple(_flags(telling, len(sources), groups, newest, credence, self._now)),
        )


def independent_sources(papers: Iterable[Paper]) -> float:
    """Papers, each counted by the share of its authors that no earlier one has; oldest first."""
    seen: set[str] = set()
    count = 0.0
    for paper in sorted(papers, key=lambda one: (one.year or 0, one.id)):
        authors = _authors(paper)
        count += len(authors - seen) / len(authors) if authors else 1.0
        seen |= authors
    return round(count, 3)


def author_groups(papers: Iterable[Paper]) -> int:
    """How many groups of papers share no author with each other."""
    groups: list[set[str]] = []
    for paper in papers:
        authors = _authors(paper) or {paper.id}
        touched = [group for group in groups if group & authors]
        groups = [group for group in groups if not group & authors] + [authors.union(*touched)]
    return len(groups)


def _authors(paper: Paper) -> set[str]:
    """Authors by last name and first initial, since lists and papers spell first names differently."""
    found = set()
    for author in paper.authors:
        last, comma, first = author.partition(",")
        words = author.split()
        name = (last.strip(), first.strip()) if comma else (words[-1] if words else "", words[0] if words else "")
        found.add(f"{name[0].casefold()} {name[1][:1].casefold()}")
    return found


def _flags(
    items: Sequence[Evidence], sources: int, groups: int, newest: int | None, credence: Credence | None, now: datetime
) -> Iterable[str]:
    signs = {item.sign for item in items}
    if not items:
        yield "no-evidence"
        return
    if len(signs) == 1 and len(items) > 1:
        yield "one-sided"
    if -1 not in signs:
        yield "never-opposed"
    if all(item.sort in TOY for item in items):
        yield "toy-only"
    if sources > 1 and groups == 1:
        yield "single-author-group"
    if newest is not None and now.year - newest > STALE_YEARS:
        yield "stale"
    if credence and max(item.at for item in items) > credence.at:
        yield "credence-behind"


def _noted(row: NoteRow) -> Subject:
    return Subject(kind=SubjectKind.NOTE, id=row.id, statement=row.headline)
