"""Which papers the library shows, and in which order: words, and the filters of a search such as ``state:queued``."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import KbError
from kb.recall.query import Filter, parts, wanted
from kb.search.did_you_mean import problem, remarks
from tui.data.view_models import SIGNS, NoteListRow, PaperRow

if TYPE_CHECKING:
    from kb.search.filter_data import PaperFacts
    from kb.search.filter_values import FilterReader, Holds
    from kb.search.library_filters import LibraryFilters
    from tui.data.library_files import LibraryFiles

Condition = tuple[str, str]
"""A filter's name and its value."""
FiltersOf = Callable[["LibraryFiles"], "LibraryFilters"]
"""How what filters look at is read."""


@dataclass(frozen=True)
class PaperFilter:
    """What the box was understood as."""

    words: tuple[str, ...] = ()
    """In lower case; each must stand somewhere in a row, as a whole or as a part of a word."""
    without: tuple[str, ...] = ()
    """In lower case; none may."""
    conditions: "tuple[Holds, ...]" = ()
    problem: str = ""
    """What is wrong with it; that part narrows nothing."""
    waits: bool = False
    """Whether there are filters that cannot be met before what they look at was read."""

    @property
    def is_empty(self) -> bool:
        """Whether every row passes."""
        return not (self.words or self.without or self.conditions)


def has_all(search_text: str, words: Iterable[str]) -> bool:
    """Whether all words stand somewhere in a text."""
    return all(word in search_text for word in words)


def filters_of_library(files: "LibraryFiles") -> "LibraryFilters":
    """What the filters of the box look at."""
    from kb.search.library_filters import read_library_filters

    return read_library_filters(files.home)


def filters_of_notes(files: "LibraryFiles") -> "LibraryFilters":
    """The same for a list of notes, which knows all that a search knows."""
    from kb.search.library_filters import read_library_filters

    return read_library_filters(files.home, only_papers=False)


def read_filter(text: str, filters: "LibraryFilters | None", *, typing: bool = False) -> PaperFilter:
    """Understand the box; what stands at the end is not judged while the reader is ``typing`` it."""
    query = wanted(text)
    words = tuple(word.lower() for word in (*query.typed_words, *query.phrases))
    without = tuple(word.lower() for word in query.without)
    if filters is None:
        return PaperFilter(words, without, waits=bool(query.filters))
    begun = query.filters[-1] if typing and query.filters and _ends_in_filter(text) else None
    right, problems = _judged(query.filters, begun, filters.reader)
    said = ". ".join(dict.fromkeys([*problems, *remarks(text, typing=typing)]))
    return PaperFilter(words, without, tuple(filters.reader.conditions(right)), said)


def _ends_in_filter(text: str) -> bool:
    last = parts(text)[-1]
    return bool(last.name and last.text) and text.endswith(last.typed)


def _judged(
    asked: Sequence[Filter], begun: Filter | None, reader: "FilterReader"
) -> tuple[tuple[Filter, ...], list[str]]:
    """Those that have a right value, and what is wrong with the others."""
    right, problems = [], []
    for each in asked:
        if each is begun and not reader.can_be(each):
            continue
        try:
            reader.value(each)
            right.append(each)
        except KbError as error:
            problems.append(problem(error))
    return tuple(right), problems


def filtered(
    rows: tuple[PaperRow, ...], texts: Sequence[str], asked: PaperFilter, facts: "Sequence[PaperFacts | None]" = ()
) -> tuple[PaperRow, ...]:
    """The rows that have every word and meet every condition; texts and facts are the rows' own, made once."""
    if asked.is_empty:
        return rows
    kept: Iterable[int] = range(len(rows))
    for word in asked.words:
        kept = [at for at in kept if word in texts[at]]
    for word in asked.without:
        kept = [at for at in kept if word not in texts[at]]
    for holds in asked.conditions:
        kept = [at for at in kept if holds(facts[at], None)]
    return tuple(rows[at] for at in kept)


def filtered_notes(
    rows: Iterable[NoteListRow], asked: PaperFilter, filters: "LibraryFilters | None"
) -> list[NoteListRow]:
    """The notes that have every word and meet every condition, themselves or through their papers."""
    kept = [row for row in rows if has_all(row.search_text, asked.words)]
    kept = [row for row in kept if not any(word in row.search_text for word in asked.without)]
    if filters is None:
        return kept
    papers, notes = filters.facts.papers, filters.notes
    for holds in asked.conditions:
        kept = [row for row in kept if holds(papers.get(row.note.paper or ""), notes.get(row.note.id))]
    return kept


def facts_of(rows: Sequence[PaperRow], filters: "LibraryFilters") -> "tuple[PaperFacts | None, ...]":
    """What filters look at in each row."""
    return tuple(filters.paper(row.paper, row.list_id, row.entry) for row in rows)


def values(row: PaperRow, key: str) -> tuple[str, ...]:
    """What a row is, for one kind of condition."""
    if key == "state":
        return (row.state if row.paper else "missing",)
    if key == "year":
        return (str(row.year),) if row.year else ()
    return {"list": row.lists, "agenda": row.agendas}.get(key, (row.kind,))


def facets(rows: Sequence[PaperRow], key: str, filters: "LibraryFilters") -> list[tuple[str, int]]:
    """What there is to narrow by, each with how many papers; states in their order, years newest first."""
    if key == "agenda":
        return _agendas(rows, filters)
    counts = Counter(value for row in rows for value in values(row, key))
    if key == "state":
        return [(state, counts[state]) for state in (*SIGNS, "missing") if counts[state]]
    if key == "year":
        return sorted(counts.items(), reverse=True)
    return _most_first(counts)


def _agendas(rows: Sequence[PaperRow], filters: "LibraryFilters") -> list[tuple[str, int]]:
    """Agendas that rows are tied to, each with all that its filter would show."""
    tags = {tag for row in rows for tag in row.agendas}
    right, _ = _judged([Filter("agenda", tag) for tag in tags], None, filters.reader)
    meant = {filters.reader.value(each).reading: filters.reader.value(each).holds for each in right}
    facts = facts_of(rows, filters)
    return _most_first({name: sum(holds(each, None) for each in facts) for name, holds in meant.items()})


def _most_first(counts: "dict[str, int]") -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def conditions(text: str) -> list[Condition]:
    """The conditions of a filter that narrow to a value, in lower case."""
    return [(part.name, part.text.lower()) for part in parts(text) if part.name and not part.excludes]


def with_condition(text: str, condition: Condition) -> str:
    """The filter with another condition of its kind; choosing the same again takes it away."""
    name, value = condition
    kept = [
        part.typed + '"' * (part.typed.count('"') % 2) for part in parts(text) if part.name != name or part.excludes
    ]
    if (name, value.lower()) in conditions(text):
        return " ".join(kept)
    return " ".join([*kept, f'{name}:"{value}"' if " " in value else f"{name}:{value}"])


ORDERS: dict[str, Callable[[PaperRow], object] | None] = {
    "list": None,
    "title": lambda row: row.title.casefold(),
    "year": lambda row: -(row.year or 0),
    "state": lambda row: -list(SIGNS).index(row.state) if row.state in SIGNS else 0,
    "time read": lambda row: -row.seconds,
    "notes": lambda row: -row.notes,
}
"""Orders of the papers by name; the list's own comes first."""


def ordered(rows: tuple[PaperRow, ...], order: str) -> tuple[PaperRow, ...]:
    """The rows in one of the orders; rows that are alike stay as they were."""
    key = ORDERS[order]
    return rows if key is None else tuple(sorted(rows, key=key))  # type: ignore[arg-type]
