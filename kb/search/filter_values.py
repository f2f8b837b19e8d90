"""What each filter's value means: a condition on papers and notes, and how it was read."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.search.did_you_mean import nearest
from kb.search.filter_data import FilterData, NoteFacts, PaperFacts
from kb.search.topics import topic

Holds = Callable[[PaperFacts | None, NoteFacts | None], bool]
"""Whether a condition holds for a passage of a paper (no note), or for a note (perhaps with no paper)."""
_SPAN = re.compile(r"(\d{1,4})?(\.\.)?(\d{1,4})?")
_LAST = 9999


@dataclass(frozen=True)
class FilterValue:
    """A condition, and what it was read as."""

    holds: Holds
    reading: str


def meant(home: Home, facts: FilterData, name: str, value: str) -> FilterValue:
    """One filter's condition; raises UsageError, or NotFoundError with what is near, for a value it cannot have."""
    if name in ("agenda", "concept"):
        return _topic(home, facts, name, value)
    return _READERS[name](facts, value)


def place(lists: Iterable[str], weeks: Iterable[str], facts: FilterData) -> FilterValue:
    """In one of the lists, and there in one of the weeks; both must hold of one entry."""
    ids = {id_ for value in lists for id_ in _lists(facts, value)}
    spans = [span(week, "week") for week in weeks]

    def holds(paper: PaperFacts | None, note: NoteFacts | None) -> bool:
        return paper is not None and any(
            (not ids or entry["list"] in ids) and (not spans or any(_within(entry.get("week"), each) for each in spans))
            for entry in paper.entries
        )

    return FilterValue(holds, ", ".join([*sorted(ids), *(f"week {_shown(each)}" for each in spans)]))


def _topic(home: Home, facts: FilterData, name: str, value: str) -> FilterValue:
    """On an agenda or a concept: a note by what it bears on, a paper by its entries, the map, and notes made on it."""
    found = topic(home, facts, name, value)
    noted = {note.paper for note in facts.notes if note.paper and found.names & _tags(note, name)}

    def holds(paper: PaperFacts | None, note: NoteFacts | None) -> bool:
        if note is not None:
            return bool(found.names & _tags(note, name))
        if paper is None:
            return False
        listed = {str(tag).casefold() for entry in paper.entries for tag in entry.get(f"{name}s") or ()}
        return paper.id in noted or bool(found.names & listed) or bool(found.papers & paper.names)

    return FilterValue(holds, found.reading)


def _tags(note: NoteFacts, name: str) -> frozenset[str]:
    return note.agendas if name == "agenda" else note.concepts


def _lists(facts: FilterData, value: str) -> list[str]:
    wanted = value.casefold()
    ids = [id_ for id_, title in facts.lists.items() if wanted in id_.casefold() or wanted in title.casefold()]
    if not ids:
        why = nearest(value, facts.lists) or f"there are {', '.join(sorted(facts.lists)) or 'none yet'}"
        raise NotFoundError(f"no list is called {value!r}", why, "kb lists")
    return [value] if value in ids else ids


def _kind(facts: FilterData, value: str) -> FilterValue:
    from kb.models.note_kind import NoteKind
    from kb.models.paper import PaperKind

    kind = _one_of(value, [*NoteKind, *PaperKind], "kind")

    def holds(paper: PaperFacts | None, note: NoteFacts | None) -> bool:
        return (note is not None and note.kind == kind) or (paper is not None and paper.kind == kind)

    return FilterValue(holds, kind)


def _state(facts: FilterData, value: str) -> FilterValue:
    from kb.models.reading_state import ReadingState

    state = _one_of(value, list(ReadingState), "state")
    return FilterValue(lambda paper, note: paper is not None and paper.state == state, state)


def _provenance(facts: FilterData, value: str) -> FilterValue:
    from kb.models.provenance import Provenance

    origin = _one_of(value, list(Provenance), "provenance")
    return FilterValue(lambda paper, note: (note.provenance if note else Provenance.PARSER.value) == origin, origin)


def _year(facts: FilterData, value: str) -> FilterValue:
    years = span(value, "year")
    return FilterValue(lambda paper, note: paper is not None and _within(paper.year, years), _shown(years))


def _author(facts: FilterData, value: str) -> FilterValue:
    wanted = value.casefold()
    everyone = {name for paper in facts.papers.values() for name in paper.authors}
    names = sorted(name for name in everyone if wanted in name.casefold())
    if not names:
        raise NotFoundError(f"no author here is called {value!r}", nearest(value, everyone), "kb papers")
    shown = names[0] if len(names) == 1 else f"{value}: {len(names)} people"
    found = frozenset(names)
    return FilterValue(lambda paper, note: paper is not None and not found.isdisjoint(paper.authors), shown)


def _paper(facts: FilterData, value: str) -> FilterValue:
    wanted = value.casefold().removeprefix("arxiv:")
    found = [paper for paper in facts.papers.values() if wanted in (paper.id, paper.key.casefold(), paper.arxiv_id)]
    found = found or [paper for paper in facts.papers.values() if paper.id.startswith(wanted)]
    found = found or [paper for paper in facts.papers.values() if wanted in paper.title.casefold()]
    if not found:
        keys = {paper.key: paper.key for paper in facts.papers.values()}
        raise NotFoundError(f"no paper here is called {value!r}", nearest(value, keys), "kb papers")
    ids = frozenset(paper.id for paper in found)
    shown = found[0].key if len(found) == 1 else f"{len(found)} papers"
    return FilterValue(lambda paper, note: paper is not None and paper.id in ids, shown)


def _one_of(value: str, choices: Iterable[str], name: str) -> str:
    known = list(dict.fromkeys(str(choice) for choice in choices))
    if value.casefold() not in known:
        close = nearest(value, known)
        why = f"{close}; " if close else ""
        raise UsageError(f"there is no {name} {value!r}", f"{why}a {name} is one of {', '.join(known)}", _HELP)
    return value.casefold()


def span(value: str, name: str) -> tuple[int, int]:
    """First and last of ``2018``, ``2018..``, ``..2020`` or ``2018..2020``; weeks alike."""
    found = _SPAN.fullmatch(value)
    if not found or not (found[1] or found[3]) or (name == "year" and not _are_years(found)):
        few = "2018, 2018.., ..2020 or 2018..2020" if name == "year" else "3, or 3..5"
        raise UsageError(f"{value!r} is no {name}", f"write {few}", _HELP)
    first = int(found[1]) if found[1] else 0
    return first, int(found[3]) if found[3] else (_LAST if found[2] else first)


def _are_years(found: re.Match[str]) -> bool:
    return all(len(part) == 4 for part in (found[1], found[3]) if part)


def _within(number: int | None, numbers: tuple[int, int]) -> bool:
    return number is not None and numbers[0] <= number <= numbers[1]


def _shown(numbers: tuple[int, int]) -> str:
    first, last = numbers
    if first == last:
        return str(first)
    return f"{first} and later" if last == _LAST else f"up to {last}" if not first else f"{first}–{last}"


_HELP = "kb search --help"
_READERS: Mapping[str, Callable[[FilterData, str], FilterValue]] = {
    "list": lambda facts, value: place([value], [], facts),
    "week": lambda facts, value: place([], [value], facts),
    "kind": _kind,
    "state": _state,
    "provenance": _provenance,
    "year": _year,
    "author": _author,
    "paper": _paper,
}
