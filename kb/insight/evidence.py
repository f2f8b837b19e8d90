"""Evidence for and against: notes that bear on a claim, and notes that are linked to those, with their signs.

A note that supports a supporting note speaks for the claim; one that opposes a supporting note speaks against it, and
one that opposes an undermining note speaks for it again. Strengths multiply along the way.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from kb.library.bearings import Bearings, LinkRow
from kb.library.note_list import NoteRow
from kb.library.record import Record
from kb.models.note import Bearing, LinkKind
from kb.models.note_kind import NoteKind
from kb.models.provenance import Provenance

MAX_STEPS = 3
"""Links that are followed; further away, nobody would say that a note speaks for the claim."""

SIGN_OF: dict[LinkKind, int] = {
    LinkKind.SUPPORTS: 1,
    LinkKind.REPLICATES: 1,
    LinkKind.OPPOSES: -1,
    LinkKind.UNDERCUTS: -1,
    LinkKind.FAILS_TO_REPLICATE: -1,
    LinkKind.INFORMS: 0,
}
"""What a link says of its target; kinds that are not here carry no evidence."""
_SIGN: dict[Bearing, int] = {Bearing.SUPPORTS: 1, Bearing.UNDERMINES: -1, Bearing.NEUTRAL: 0}


class Evidence(NamedTuple):
    """One note as evidence on one claim."""

    note: NoteRow
    sign: int
    """1 for the claim, -1 against it, 0 where it only bears on it."""
    strength: float
    doubt: str = ""
    via: str = ""
    """The note that it is linked to; empty where it bears on the claim itself."""
    link: LinkKind | None = None

    @property
    def id(self) -> str:
        """The note's id."""
        return self.note.id

    @property
    def says(self) -> str:
        """The note in one line."""
        return self.note.headline

    @property
    def at(self) -> datetime:
        """When it was noted."""
        return self.note.created_at

    @property
    def sort(self) -> str:
        """On what sort of system it was observed; what is only stated is an argument."""
        if self.note.evidence_kind:
            return self.note.evidence_kind
        return "argument" if self.note.kind in (NoteKind.CLAIM, NoteKind.IDEA) else ""

    @property
    def reproduced(self) -> bool:
        """Whether it comes from an experiment of the reader's own."""
        ran = self.note.provenance is Provenance.RUN or self.note.evidence_kind == "reproduction"
        return ran or self.link in (LinkKind.REPLICATES, LinkKind.FAILS_TO_REPLICATE)


class EvidenceGraph:
    """Notes and links around some names or notes, read once."""

    def __init__(self, record: Record, names: Iterable[str] = (), claims: Iterable[str] = ()) -> None:
        """``names`` are what notes bear on; ``claims`` are ids of notes that evidence is asked for themselves."""
        bearings = Bearings(record)
        self._seeds: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row in bearings.on(set(names)):
            self._seeds[row.name].append((row.note, _SIGN[row.bearing]))
        claim_ids = list(claims)
        reached = {note for seeds in self._seeds.values() for note, _ in seeds} | set(claim_ids)
        self._links = _links_around(bearings, reached)
        reached |= {link.source for links in self._links.values() for link in links}
        self.notes: Mapping[str, NoteRow] = bearings.notes(reached)

    def on(self, *names: str) -> tuple[Evidence, ...]:
        """Evidence on what these names stand for; each note once, as it bears most directly, strongest first."""
        return self._spread([(note, sign, 1.0) for name in names for note, sign in self._seeds.get(name, ())])

    def about(self, claim: str) -> tuple[Evidence, ...]:
        """Evidence on a claim that the reader noted, without the claim itself."""
        return tuple(item for item in self._spread([(claim, 1, 1.0)]) if item.id != claim)

    def _spread(self, seeds: Sequence[tuple[str, int, float]]) -> tuple[Evidence, ...]:
        found: dict[str, Evidence] = {}
        waiting = deque(
            (Evidence(self.notes[note], sign, strength), 0) for note, sign, strength in seeds if note in self.notes
        )
        while waiting:
            item, steps = waiting.popleft()
            known = found.get(item.id)
            if known and (known.sign or not item.sign):
                continue
            found[item.id] = item
            if steps < MAX_STEPS:
                waiting.extend((further, steps + 1) for further in self._behind(item))
        return tuple(sorted(found.values(), key=lambda item: (-abs(item.sign), -item.strength, item.at, item.id)))

    def _behind(self, item: Evidence) -> Iterable[Evidence]:
        """Notes that are linked to this one."""
        for link in self._links.get(item.id, ()):
            if link.source in self.notes:
                sign, strength = item.sign * SIGN_OF[link.kind], item.strength * link.strength
                yield Evidence(self.notes[link.source], sign, strength, link.doubt, item.id, link.kind)


def _links_around(bearings: Bearings, reached: set[str]) -> dict[str, list[LinkRow]]:
    """Links that carry evidence towards these notes, over as many steps as are followed."""
    links: dict[str, list[LinkRow]] = defaultdict(list)
    seen, frontier = set(reached), set(reached)
    for _ in range(MAX_STEPS):
        if not frontier:
            break
        rows = [row for row in bearings.linked_to(frontier) if row.kind in SIGN_OF]
        for row in rows:
            links[row.target].append(row)
        frontier = {row.source for row in rows} - seen
        seen |= frontier
    return links
