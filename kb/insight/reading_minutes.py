"""How long each work takes this reader: the one rule, with the texts that are here and the pace that they read at."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from kb.config import Home
from kb.library.papers import Papers
from kb.library.reading_sessions import ReadingSessions
from kb.library.record import Record
from kb.models.minutes import Minutes, TextLength, WorkLength, minutes_of, words_a_minute, work_of
from kb.models.reading_list import Entry

ENOUGH_PAPERS = 3
"""Papers read through from which a pace is known."""
ENOUGH_SECONDS = 300
"""Shorter than this one looks into a paper, and does not read it."""
ENOUGH_SHARE = 0.5
"""Of the text gone over, from which the time counts."""
SLOWEST, QUICKEST = 4.0, 0.25
"""A pace beyond these is a clock that ran on, or a reader who only turned pages."""


class ReadingMinutes:
    """Minutes of entries and papers, at the reader's pace where it is known."""

    def __init__(
        self,
        texts: Mapping[str, TextLength] | None = None,
        kinds: Mapping[str, str] | None = None,
        pace: float | None = None,
    ) -> None:
        """``texts`` and ``kinds`` are of the papers that are here, by their ids."""
        self._texts = texts or {}
        self._kinds = kinds or {}
        self.pace = pace
        """The reader's time for a text against the rule's; None until enough was read."""

    @classmethod
    def open(cls, home: Home, record: Record) -> "ReadingMinutes":
        """For one library as it is now."""
        from kb.recall.text_lengths import text_lengths

        texts = text_lengths(home.texts)
        kinds = Papers(record).kinds()
        return cls(texts, kinds, own_pace(texts, kinds, ReadingSessions(record)))

    def of_entry(self, entry: Entry, papers: Iterable[str] = ()) -> Minutes:
        """An entry of a list; ``papers`` are those that are here for it.

        A paper behind a listed post is another text, and says nothing of the post.
        """
        own = (paper for paper in papers if self._kinds.get(paper) == entry.kind and paper in self._texts)
        return minutes_of(work_of(entry), self._texts.get(next(own, "")), self.pace)

    def of_list(self, entries: Iterable[Entry], papers: Mapping[str, Sequence[str]]) -> dict[str, Minutes]:
        """Every entry of a list by its id; ``papers`` are those that are here for each."""
        return {entry.id: self.of_entry(entry, papers.get(entry.id, ())) for entry in entries}

    def of_paper(self, paper: str, kind: str) -> Minutes:
        """A paper of the library, whether or not it is on a list."""
        return minutes_of(WorkLength(kind=kind), self._texts.get(paper), self.pace)

    def of_kind(self, kind: str) -> Minutes:
        """A work of which nothing is here."""
        return minutes_of(WorkLength(kind=kind), None, self.pace)


def own_pace(texts: Mapping[str, TextLength], kinds: Mapping[str, str], readings: ReadingSessions) -> float | None:
    """The reader's time for a text against the rule's: the median of what they read through, None for too little."""
    seconds, seen = readings.seconds(), readings.all_seen()
    ratios = []
    for paper, took in seconds.items():
        share = sum(end - start for start, end in seen.get(paper, ())) / 1000
        words = texts[paper].words if paper in texts else 0
        if took >= ENOUGH_SECONDS and share >= ENOUGH_SHARE and words:
            by_rule = share * words / words_a_minute(kinds[paper])
            ratios.append(took / 60 / by_rule)
    if len(ratios) < ENOUGH_PAPERS:
        return None
    return min(SLOWEST, max(QUICKEST, median(ratios)))
