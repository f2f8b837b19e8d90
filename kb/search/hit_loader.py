"""From ids to hits: the text, title, section and page of what was found, read from the texts and from the record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.config import Home
from kb.errors import KbError
from kb.library.light_reader import RecordReader
from kb.library.search_queries import NoteText, has_files, note_texts, standing_notes
from kb.models.note_kind import field_words
from kb.models.search import Candidate, Hit
from kb.recall.context import in_context
from kb.recall.fusion import Ranked, best_of_each
from kb.recall.passage_reader import PassageReader, PassageRow
from kb.recall.query import ParsedQuery
from kb.recall.snippets import shares_words, snippet


@dataclass(frozen=True)
class HitSource:
    """What stands behind a candidate."""

    text: str
    paper: str | None
    title: str
    section: str = ""
    page: int | None = None
    block: int | None = None
    note: str | None = None
    kind: str | None = None
    headline: str = ""
    colour: str = ""

    @property
    def in_context(self) -> str:
        """The text as a model reads it."""
        return in_context(self.title, self.section, self.text)


class HitLoader:
    """Reads what candidates point to; what no longer stands anywhere is left out."""

    def __init__(self, home: Home, reader: RecordReader) -> None:
        self._reader = reader
        self._texts = PassageReader(home)

    def close(self) -> None:
        """Close the texts; the record's reader is the caller's."""
        self._texts.close()

    def lacks_texts(self) -> bool:
        """Whether papers have files, and none has a text: the texts were deleted, or are of an older form."""
        try:
            if self._texts.has_texts():
                return False
        except KbError:
            return False  # what is damaged, the search in it says
        return has_files(self._reader)

    def hits(self, ranked: Sequence[Ranked], asked: ParsedQuery) -> tuple[Hit, ...]:
        """The entries of a ranking as hits, in its order."""
        found = self.found([(entry.what, entry.id) for entry in ranked])
        standing = [(entry, found[entry.what, entry.id]) for entry in ranked if (entry.what, entry.id) in found]
        return tuple(_hit(rank, entry, behind, asked) for rank, (entry, behind) in enumerate(standing, start=1))

    def best_of_each_paper(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """The best passage of each paper, and every note; a paper counts by all of its passages' best."""
        papers = self._texts.papers_of([entry.id for entry in ranked if entry.what == "passage"])
        groups: dict[str, list[Ranked]] = {}
        for entry in ranked:
            if entry.what == "note":
                groups[f"note {entry.id}"] = [entry]
            elif entry.id in papers:
                groups.setdefault(f"paper {papers[entry.id]}", []).append(entry)
        return best_of_each(list(groups.values()))

    def beginnings(self, papers: Collection[str]) -> list[str]:
        """The first passage of each paper, by title."""
        return self._texts.beginnings(papers)

    def standing(self, candidates: Sequence[Candidate], asked: ParsedQuery) -> list[Candidate]:
        """The candidates that are still there, and that have the phrases, and lack the words, that the query names."""
        if asked.is_strict:
            found = self.found([(candidate.what, candidate.id) for candidate in candidates])
            there = {key for key, behind in found.items() if asked.admits(behind.text)}
        else:
            passages = [candidate.id for candidate in candidates if candidate.what == "passage"]
            notes = [candidate.id for candidate in candidates if candidate.what == "note"]
            there = {("passage", id_) for id_ in self._texts.papers_of(passages)}
            there.update(("note", id_) for id_ in standing_notes(self._reader, notes))
        return [candidate for candidate in candidates if (candidate.what, candidate.id) in there]

    def coverage(self, candidate: Candidate, asked: ParsedQuery) -> float:
        """Which share of the query's words stands in the candidate's text."""
        behind = self.found([(candidate.what, candidate.id)]).get((candidate.what, candidate.id))
        return shares_words(f"{behind.title} {behind.section} {behind.text}", asked) if behind else 0.0

    def found(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], HitSource]:
        """What stands behind each id."""
        passages = [id_ for what, id_ in keys if what == "passage"]
        notes = [id_ for what, id_ in keys if what == "note"]
        return {
            **{("passage", row.id): _of_passage(row) for row in self._texts.passages(passages)},
            **{("note", note.id): _of_note(note) for note in note_texts(self._reader, notes)},
        }


def note_words(content: dict[str, object]) -> str:
    """What a note says: its fields, its body, and what it quotes."""
    fields = content.get("fields")
    anchors = content.get("anchors")
    said = field_words(fields) if isinstance(fields, dict) else []
    quotes = [str(anchor.get("quote", "")) for anchor in anchors] if isinstance(anchors, list) else []
    return "\n".join(part for part in (*said, str(content.get("body") or ""), *quotes) if part.strip())


def _of_passage(row: PassageRow) -> HitSource:
    page, block = (row.page, row.first_block) if row.page else (None, None)
    return HitSource(row.text, row.paper, row.title, section=row.heading, page=page, block=block)


def _of_note(note: NoteText) -> HitSource:
    quoted: dict[str, int | None] = next(iter(note.content.get("anchors") or ()), {})
    return HitSource(
        note_words(note.content),
        note.paper,
        note.title,
        page=quoted.get("page"),
        block=quoted.get("first_block"),
        note=note.id,
        kind=note.kind,
        headline=note.headline,
        colour=str((note.content.get("fields") or {}).get("colour") or ""),
    )


def _hit(rank: int, entry: Ranked, behind: HitSource, asked: ParsedQuery) -> Hit:
    window, marks = snippet(behind.text, asked)
    return Hit(
        rank=rank,
        score=round(entry.score, 6),
        what=entry.what,
        paper=behind.paper,
        title=behind.title,
        section=behind.section,
        page=behind.page,
        text=behind.text,
        snippet=window,
        marks=marks,
        note=behind.note,
        kind=behind.kind,
        block=behind.block,
        matched=entry.matched,
        id=entry.id,
        headline=behind.headline,
        colour=behind.colour,
    )
