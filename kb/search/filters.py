"""What a query's filters leave to be searched: the papers, and the notes, that meet every condition."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.config import Home
from kb.errors import KbError
from kb.library.light_reader import RecordReader
from kb.models.search import ReadFilter
from kb.recall.query import Filter
from kb.search.did_you_mean import problem
from kb.search.filter_data import FilterData, read_facts
from kb.search.filter_values import FilterReader
from kb.search.topics import Topics


@dataclass(frozen=True)
class AllowedItems:
    """Ids that may be found; None where nothing is narrowed."""

    papers: frozenset[str] | None = None
    notes: frozenset[str] | None = None
    read: tuple[ReadFilter, ...] = ()
    """What each filter was understood as."""

    @property
    def is_everything(self) -> bool:
        """Nothing is narrowed."""
        return self.papers is None and self.notes is None


def allowed_items(home: Home, filters: Sequence[Filter]) -> AllowedItems:
    """What meets the filters of one question; raises UsageError or NotFoundError, see FilterResolver."""
    reader = RecordReader(home)
    try:
        return FilterResolver(home, reader).narrow(filters)
    finally:
        reader.close()


class FilterResolver:
    """Keeps what filters look at, until the record changes."""

    def __init__(self, home: Home, reader: RecordReader) -> None:
        self._home = home
        self._reader = reader
        self._seen: object = None
        self._facts = FilterData()
        self._values = FilterReader(self._facts, Topics(home, self._facts).find)

    def narrow(self, filters: Sequence[Filter], *, lenient: bool = False) -> AllowedItems:
        """The papers whose passages, and the notes, that meet every filter; of one name's filters, one is enough.

        Raises UsageError or NotFoundError for a value that its filter cannot have; a ``lenient`` narrower, for a
        query that is still being typed, leaves such a filter out and says why.
        """
        if not filters:
            return AllowedItems()
        self._look()
        read = tuple(self._read(each, lenient) for each in filters)
        standing = [each for each, said in zip(filters, read, strict=True) if not said.problem]
        if not standing:
            return AllowedItems(read=read)
        papers, conditions = self._facts.papers, self._values.conditions(standing)
        return AllowedItems(
            frozenset(paper.id for paper in papers.values() if all(holds(paper, None) for holds in conditions)),
            frozenset(
                note.id
                for note in self._facts.notes
                if all(holds(papers.get(note.paper or ""), note) for holds in conditions)
            ),
            read,
        )

    def _look(self) -> None:
        version = self._reader.version()
        if version is None or version != self._seen:
            self._facts, self._seen = read_facts(self._reader), version
            self._values = FilterReader(self._facts, Topics(self._home, self._facts).find)

    def _read(self, each: Filter, lenient: bool) -> ReadFilter:
        said = {"name": each.name, "value": each.value, "excludes": each.excludes}
        try:
            return ReadFilter(**said, reading=self._values.value(each).reading)
        except KbError as error:
            if not lenient:
                raise
            return ReadFilter(**said, problem=problem(error))
