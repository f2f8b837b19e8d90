"""Notes arranged as a summary tells them: by what they are for, and evidence under the claim that it bears on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kb.models.anchor import Anchor
from kb.models.credence import Credence
from kb.models.note import Link, LinkKind, Note
from kb.models.note_kind import KINDS, POSITIONS, NoteKind
from kb.models.paper import Paper
from kb.models.summary import NotePart, SummaryQuote, Support

Place = Callable[[Anchor, str | None], SummaryQuote]
"""Where an anchor of a note on a paper stands."""

_LAST = 10**9


class Arranger:
    """Arranges the notes of one summary; it remembers which evidence it has told in full."""

    def __init__(
        self,
        shown: Iterable[Note],
        known: Mapping[str, Note],
        links: Iterable[Link],
        papers: Mapping[str, Paper],
        credences: Mapping[str, Credence],
        place: Place,
    ) -> None:
        """``shown`` are the summary's own notes, ``known`` all that links may lead to, ``papers`` those of both."""
        self._credences = credences
        self._shown = {note.id: note for note in shown}
        self._known = {**known, **self._shown}
        self._papers = papers
        self._place = place
        self._told: set[str] = set()
        self._to: dict[str, list[Link]] = defaultdict(list)
        self._from: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            if link.source in self._known and link.target in self._known:
                self._to[link.target].append(link)
                self._from[link.source].append(link)

    def groups(self, paper: str | None) -> dict[str, tuple[NotePart, ...]]:
        """The shown notes on one paper, or on none, by group."""
        groups: dict[str, list[NotePart]] = defaultdict(list)
        own = [note for note in self._shown.values() if note.paper == paper]
        for note in sorted(own, key=_position):
            if not self._is_told_elsewhere(note):
                part = self._part(note)
                groups[_group(part)].append(part)
        return {name: tuple(parts) for name, parts in groups.items()}

    def _is_told_elsewhere(self, note: Note) -> bool:
        """Evidence that is linked to a shown note of another kind stands there."""
        return note.kind is NoteKind.EVIDENCE and any(
            link.target in self._shown and self._shown[link.target].kind is not NoteKind.EVIDENCE
            for link in self._from[note.id]
            if link.kind is not LinkKind.DEPENDS_ON
        )

    def _part(self, note: Note, *, nested: bool = False) -> NotePart:
        support = [link for link in self._to[note.id] if link.kind is not LinkKind.DEPENDS_ON]
        rests_on = [link for link in self._from[note.id] if link.kind is LinkKind.DEPENDS_ON]
        return self._bare(note).model_copy(
            update={
                "support": tuple(self._support(note, link, link.source, nested) for link in support),
                "rests_on": tuple(self._support(note, link, link.target, nested=True) for link in rests_on),
            }
        )

    def _bare(self, note: Note) -> NotePart:
        quotes = tuple(self._place(anchor, note.paper) for anchor in note.anchors)
        return NotePart(note=note, headline=note.headline, quotes=quotes, credence=self._credences.get(note.id))

    def _support(self, note: Note, link: Link, other_id: str, nested: bool) -> Support:
        other = self._known[other_id]
        full = other.kind is NoteKind.EVIDENCE and not nested and other_id not in self._told
        if full:
            self._told.add(other_id)
        elsewhere = self._papers.get(other.paper or "") if other.paper != note.paper else None
        return Support(
            link=link.kind,
            strength=link.strength,
            doubt=link.doubt,
            part=self._part(other, nested=True) if full else self._bare(other),
            paper_title=elsewhere.title if elsewhere else "",
            brief=not full,
        )


def _group(part: NotePart) -> str:
    if part.note.kind is NoteKind.CLAIM and part.mine:
        return POSITIONS.name
    return KINDS[part.note.kind].group


def _position(note: Note) -> tuple[int, int, float, str]:
    """The order of the pages; notes without a place come last, in the order in which they were made."""
    anchor = note.anchors[0] if note.anchors else None
    page = anchor.page if anchor and anchor.page is not None else _LAST
    block = anchor.first_block if anchor and anchor.first_block is not None else _LAST
    return (page, block, note.created_at.timestamp(), note.id)
