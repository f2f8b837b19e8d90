"""What each filter's value means: a condition on papers and notes, and how it was read.

The search and the library's box ask the same questions here, of facts that were read before: nothing in this module
may load a model of the record or a database, since the box asks while its reader types.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import KbError, NotFoundError, UsageError
from kb.recall.query import Filter
from kb.search.did_you_mean import nearest
from kb.search.filter_data import HAS, MISSING, FilterData, NoteFacts, PaperFacts

if TYPE_CHECKING:
    from kb.search.topics import Topic

Holds = Callable[[PaperFacts | None, NoteFacts | None], bool]
"""Whether a condition holds for a passage of a paper (no note), or for a note (perhaps with no paper)."""
FindTopic = Callable[[str, str], "Topic"]
"""What an agenda or a concept stands for, by ``agenda`` or ``concept`` and by what it was called."""
_SPAN = re.compile(r"(\d{1,4})?(\.\.|[-–])?(\d{1,4})?")
_LAST = 9999


@dataclass(frozen=True)
class FilterValue:
    """A condition, and what it was read as."""

    holds: Holds
    reading: str


class FilterReader:
    """Reads the filters of a query, each once, until the facts change."""

    def __init__(self, facts: FilterData, find_topic: FindTopic, *, only_papers: bool = False) -> None:
        """``only_papers`` says that papers are shown, here or not, and no notes: the library does so."""
        self._facts = facts
        self._find_topic = find_topic
        self._only_papers = only_papers
        self._read: dict[tuple[str, str], FilterValue | KbError] = {}

    def value(self, each: Filter) -> FilterValue:
        """One filter's condition; raises UsageError or NotFoundError, with what is near, for a value it cannot have."""
        key = each.name, each.value
        if key not in self._read:
            self._read[key] = self._found(each)
        found = self._read[key]
        if isinstance(found, KbError):
            raise found.with_traceback(None)
        return found

    def can_be(self, each: Filter) -> bool:
        """Whether the value is a right one as it stands; nothing near is looked for, so that it is quick."""
        if each.name == "author":
            return bool(_authors(self._facts, each.value))
        if each.name == "paper":
            return bool(_papers(self._facts, each.value))
        try:
            self.value(each)
        except KbError:
            return False
        return True

    def conditions(self, filters: Iterable[Filter]) -> list[Holds]:
        """All that must hold: of several values of one name one is enough, and what is excluded must not hold."""
        asked: dict[str, list[Filter]] = {}
        holding: list[Holds] = []
        for each in filters:
            if each.excludes:
                holding.append(_negated(self.value(each).holds))
            else:
                asked.setdefault(each.name, []).append(each)
        places = {name: [each.value for each in asked.pop(name, [])] for name in ("list", "week")}
        if any(places.values()):
            holding.append(place(places["list"], places["week"], self._facts).holds)
        holding.extend(_any([self.value(each).holds for each in group]) for group in asked.values())
        return holding

    def _found(self, each: Filter) -> FilterValue | KbError:
        try:
            self._check_place(each)
            if each.name in ("agenda", "concept"):
                return _topic(self._facts, self._find_topic(each.name, each.value), each.name)
            return _READERS[each.name](self._facts, each.value)
        except KbError as error:
            return error

    def _check_place(self, each: Filter) -> None:
        """What only the library knows, and what only a search knows, is an error that says where it can be used."""
        value, choices = each.value.casefold(), self._facts.choices
        of_notes = {"provenance": choices.provenances, "kind": choices.note_kinds}.get(each.name, ())
        if self._only_papers and value in of_notes:
            raise UsageError(
                f"{each.name}:{each.value} tells notes apart, and the library shows papers",
                "a search can be narrowed by it; has:notes shows the papers that have any",
                f"kb search {each.name}:{each.value} WORDS",
            )
        if not self._only_papers and each.name == "state" and value == MISSING:
            raise UsageError(
                "state:missing narrows the library alone",
                "what is not here has no text and no notes to search",
                "type it on the library's screen, after /",
            )


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


def _negated(holds: Holds) -> Holds:
    return lambda paper, note: not holds(paper, note)


def _any(conditions: "list[Holds]") -> Holds:
    if len(conditions) == 1:
        return conditions[0]
    return lambda paper, note: any(holds(paper, note) for holds in conditions)


def _topic(facts: FilterData, found: "Topic", name: str) -> FilterValue:
    """On an agenda or a concept: a note by what it bears on, a paper by its entries, the map, and notes made on it."""
    noted = {note.paper for note in facts.notes if note.paper and found.names & _tags(note, name)}

    def holds(paper: PaperFacts | None, note: NoteFacts | None) -> bool:
        if note is not None:
            return bool(found.names & _tags(note, name))
        if paper is None:
            return False
        listed = not found.names.isdisjoint(_tags(paper, name))
        return listed or paper.id in noted or not found.papers.isdisjoint(paper.names)

    return FilterValue(holds, found.reading)


def _tags(item: PaperFacts | NoteFacts, name: str) -> frozenset[str]:
    return item.agendas if name == "agenda" else item.concepts


def _lists(facts: FilterData, value: str) -> list[str]:
    wanted = value.casefold()
    ids = [id_ for id_, title in facts.lists.items() if wanted in id_.casefold() or wanted in title.casefold()]
    if not ids:
        why = nearest(value, facts.lists) or f"there are {', '.join(sorted(facts.lists)) or 'none yet'}"
        raise NotFoundError(f"no list is called {value!r}", why, "kb lists")
    return [id_ for id_ in ids if id_.casefold() == wanted] or ids


def _kind(facts: FilterData, value: str) -> FilterValue:
    kind = _one_of(value, (*facts.choices.note_kinds, *facts.choices.paper_kinds), "kind")

    def holds(paper: PaperFacts | None, note: NoteFacts | None) -> bool:
        return (note is not None and note.kind == kind) or (paper is not None and paper.kind == kind)

    return FilterValue(holds, kind)


def _state(facts: FilterData, value: str) -> FilterValue:
    state = _one_of(value, (*facts.choices.states, MISSING), "state")
    return FilterValue(lambda paper, note: paper is not None and paper.state == state, state)


def _provenance(facts: FilterData, value: str) -> FilterValue:
    origin = _one_of(value, facts.choices.provenances, "provenance")
    parser = facts.choices.of_passages
    return FilterValue(lambda paper, note: (note.provenance if note else parser) == origin, origin)


def _has(facts: FilterData, value: str) -> FilterValue:
    had = value.casefold()
    if had not in HAS:
        close = nearest(had, HAS)
        raise UsageError(f"has: does not know {value!r}", f"{close}; " * bool(close) + _HAVING, _HELP)
    return FilterValue(lambda paper, note: paper is not None and had in paper.has, had)


def _year(facts: FilterData, value: str) -> FilterValue:
    years = span(value, "year")
    return FilterValue(lambda paper, note: paper is not None and _within(paper.year, years), _shown(years))


def _authors(facts: FilterData, value: str) -> list[str]:
    wanted = value.casefold()
    return [name for plain, name in facts.authors if wanted in plain]


def _author(facts: FilterData, value: str) -> FilterValue:
    names = _authors(facts, value)
    if not names:
        everyone = (name for _, name in facts.authors)
        raise NotFoundError(f"no author here is called {value!r}", nearest(value, everyone), "kb papers")
    shown = names[0] if len(names) == 1 else f"{value}: {len(names)} people"
    found = frozenset(names)
    return FilterValue(lambda paper, note: paper is not None and not found.isdisjoint(paper.authors), shown)


def _papers(facts: FilterData, value: str) -> list[PaperFacts]:
    wanted = value.casefold().removeprefix("arxiv:")
    found = [paper for names, _, paper in facts.called if wanted in names]
    found = found or [paper for paper in facts.papers.values() if paper.id.startswith(wanted)]
    return found or [paper for _, title, paper in facts.called if wanted in title]


def _paper(facts: FilterData, value: str) -> FilterValue:
    found = _papers(facts, value)
    if not found:
        keys = {paper.key: paper.key for paper in facts.papers.values()}
        raise NotFoundError(f"no paper here is called {value!r}", nearest(value, keys), "kb papers")
    ids = frozenset(paper.id for paper in found)
    shown = found[0].key if len(found) == 1 else f"{len(found)} papers"
    return FilterValue(lambda paper, note: paper is not None and paper.id in ids, shown)


def _one_of(value: str, known: tuple[str, ...], name: str) -> str:
    if value.casefold() not in known:
        close = nearest(value, known)
        why = f"{close}; " if close else ""
        raise UsageError(f"there is no {name} {value!r}", f"{why}a {name} is one of {', '.join(known)}", _HELP)
    return value.casefold()


def span(value: str, name: str) -> tuple[int, int]:
    """First and last of ``2018``, ``2018..``, ``..2020`` or ``2018..2020``; weeks alike, and a dash is as good."""
    found = _SPAN.fullmatch(value)
    if not found or not (found[1] or found[3]) or (name == "year" and not _are_years(found)):
        few = "2018, 2018.., ..2020, 2018..2020 or 2018-2020" if name == "year" else "3, 3.., 3..5 or 3-5"
        raise UsageError(f"{value!r} is no {name}", f"write {few}", _HELP)
    first = int(found[1]) if found[1] else 0
    last = int(found[3]) if found[3] else (_LAST if found[2] else first)
    if last < first:
        raise UsageError(f"{value!r} ends before it begins", f"write {name}:{last}..{first}", _HELP)
    return first, last


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
_HAVING = f"write {', '.join(f'has:{name}' for name in HAS)}"
_READERS: Mapping[str, Callable[[FilterData, str], FilterValue]] = {
    "list": lambda facts, value: place([value], [], facts),
    "week": lambda facts, value: place([], [value], facts),
    "kind": _kind,
    "state": _state,
    "provenance": _provenance,
    "has": _has,
    "year": _year,
    "author": _author,
    "paper": _paper,
}
