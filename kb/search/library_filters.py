"""The filters of a search for who shows papers or notes and no hits: the boxes of the screen, while a reader types."""

from dataclasses import dataclass
from functools import cached_property

from kb.config import Home
from kb.library.light_reader import RecordReader
from kb.search.did_you_mean import nearest
from kb.search.filter_data import FilterData, NoteFacts, PaperFacts, read_facts
from kb.search.filter_values import FilterReader
from kb.search.topics import Topics


@dataclass(frozen=True)
class LibraryFilters:
    """What filters look at, and the reader of their values; nothing is loaded while these are asked."""

    facts: FilterData
    reader: FilterReader

    def paper(self, paper: str | None, list_id: str, entry: str) -> PaperFacts | None:
        """A paper by its id, or the entry of a list whose paper is not here."""
        return self.facts.papers.get(paper) if paper else self.facts.missing.get((list_id, entry))

    @cached_property
    def notes(self) -> dict[str, NoteFacts]:
        """Notes by id."""
        return {note.id: note for note in self.facts.notes}


def read_library_filters(home: Home, *, only_papers: bool = True) -> LibraryFilters:
    """Read all that filters look at, with the maps of agendas and concepts and what finds near names."""
    reader = RecordReader(home)
    try:
        facts = read_facts(reader, with_missing=only_papers)
    finally:
        reader.close()
    facts.warm()
    topics = Topics(home, facts)
    topics.warm()
    nearest("", ())
    return LibraryFilters(facts, FilterReader(facts, topics.find, only_papers=only_papers))
