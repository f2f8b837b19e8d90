"""What is wrong with a reading list although it can be read: found without the network, or with arXiv's answers."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

from kb.models.base import Value
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry, ReadingList
from kb.sources.arxiv import ArxivMiss, ArxivRecord
from kb.sources.arxiv_id import arxiv_source
from kb.sources.titles import plain

ALIKE = 75.0
"""Titles less alike than this make one doubt that the id is the right one."""


class LintFinding(Value):
    """One thing that is wrong, or that should be looked at."""

    list: str
    entry: str
    field: str
    level: Literal["error", "warning"]
    message: str


def lint(
    reading_list: ReadingList, *, agendas: Collection[str] | None = None, concepts: Collection[str] | None = None
) -> tuple[LintFinding, ...]:
    """Look at the list alone; known agendas and concepts are checked where they are given."""
    found = [*_repeats(reading_list), *_order(reading_list)]
    editions = {edition.id for edition in reading_list.editions}
    for entry in reading_list.entries:
        for field, level, message in (*_place(entry), *_editions(entry, editions), *_tags(entry, agendas, concepts)):
            found.append(_finding(reading_list, entry, field, level, message))
    return tuple(found)


def lint_answers(reading_list: ReadingList, answers: Mapping[str, ArxivRecord | ArxivMiss]) -> tuple[LintFinding, ...]:
    """Look at the list beside what arXiv says: dead, withdrawn and superseded papers, and titles that differ."""
    found = []
    for entry in reading_list.entries:
        for field, title in (("arxiv_id", entry.title), ("paper_arxiv_id", entry.paper_title)):
            answer = answers.get(getattr(entry, field) or "")
            for level, message in _beside(answer, title) if answer else ():
                found.append(_finding(reading_list, entry, field, level, message))
    return tuple(found)


def lint_seen(reading_list: ReadingList) -> tuple[LintFinding, ...]:
    """An id whose title was not seen beside it must say in its note or its source what was seen instead."""
    message = "not checked, and neither its note nor its source says what was seen"
    return tuple(
        _finding(reading_list, entry, "checked", "warning", message)
        for entry in reading_list.entries
        if not entry.checked and not (entry.note or entry.source)
    )


Level = Literal["error", "warning"]
Problem = tuple[str, Level, str]


def _finding(reading_list: ReadingList, entry: Entry, field: str, level: Level, message: str) -> LintFinding:
    return LintFinding(list=reading_list.id, entry=entry.id, field=field, level=level, message=message)


def _repeats(reading_list: ReadingList) -> Iterator[LintFinding]:
    """Ids that stand twice, and works that stand twice without saying so."""
    seen: dict[str, Entry] = {}
    works: dict[str, Entry] = {}
    for entry in reading_list.entries:
        if entry.id in seen:
            yield _finding(reading_list, entry, "id", "error", f"the id {entry.id!r} is there twice")
        if entry.duplicate_of and entry.duplicate_of not in seen:
            message = f"no entry before it has the id {entry.duplicate_of!r}"
            yield _finding(reading_list, entry, "duplicate_of", "error", message)
        work = entry.arxiv_id or entry.url or ""
        if work and work in works and not entry.duplicate_of and _same_editions(entry, works[work]):
            message = f"the same work as {works[work].id}; say so with duplicate_of"
            yield _finding(reading_list, entry, "arxiv_id" if entry.arxiv_id else "url", "warning", message)
        seen.setdefault(entry.id, entry)
        works.setdefault(work, entry)


def _same_editions(one: Entry, other: Entry) -> bool:
    """Whether two entries stand in one edition together."""
    return not one.editions or not other.editions or bool(set(one.editions) & set(other.editions))


def _order(reading_list: ReadingList) -> Iterator[LintFinding]:
    """Places that are taken twice, and gaps."""
    seen: set[int] = set()
    taken = {entry.order for entry in reading_list.entries}
    for entry in reading_list.entries:
        if entry.order in seen:
            yield _finding(reading_list, entry, "order", "error", f"the order {entry.order} is there twice")
        elif entry.order > 1 and entry.order - 1 not in taken:
            yield _finding(reading_list, entry, "order", "warning", f"nothing has the order {entry.order - 1}")
        seen.add(entry.order)


def _place(entry: Entry) -> Iterator[Problem]:
    """Where the work is to be had."""
    comes_along = entry.primer or entry.reproduction or entry.kind is PaperKind.EXERCISE
    if not entry.arxiv_id and not entry.url and not comes_along:
        yield "url", "error", "it has neither an arXiv id nor an address"
    for field in ("arxiv_id", "paper_arxiv_id"):
        value = getattr(entry, field)
        source = arxiv_source(value) if value else None
        if value and source is None:
            yield field, "error", f"{value!r} is not an arXiv id"
        elif source and source.versioned != source.value:
            yield field, "error", f"{value!r} names a version; lists name works"
    if entry.url and not re.match(r"https?://[^/\s]+", entry.url):
        yield "url", "error", f"{entry.url!r} is not a web address"
    if entry.minutes is not None and entry.minutes <= 0:
        yield "minutes", "error", "minutes must be more than 0"


def _editions(entry: Entry, known: set[str]) -> Iterator[Problem]:
    """Editions that the list does not declare."""
    for edition in entry.editions:
        if known and edition not in known:
            yield "editions", "error", f"the list declares no edition {edition!r}"
    for edition in entry.further_in:
        if edition not in entry.editions:
            yield "further_in", "error", f"it is not in the edition {edition!r}"
    if entry.further_in and entry.level == "further":
        yield "further_in", "error", "it is further reading anyway"


def _tags(entry: Entry, agendas: Collection[str] | None, concepts: Collection[str] | None) -> Iterator[Problem]:
    """Agendas and concepts that nobody has described."""
    for field, tags, known in (("agendas", entry.agendas, agendas), ("concepts", entry.concepts, concepts)):
        for tag in tags:
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", tag):
                yield field, "error", f"{tag!r} should be written in small letters with hyphens"
            elif known is not None and tag not in known:
                yield field, "error", f"unknown: {tag}{_nearest(tag, known)}"


def _nearest(tag: str, known: Iterable[str]) -> str:
    """What was meant, perhaps."""
    from difflib import get_close_matches

    close = get_close_matches(tag, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _beside(answer: ArxivRecord | ArxivMiss, title: str) -> Iterator[tuple[Level, str]]:
    """What arXiv's answer says against an entry."""
    from rapidfuzz import fuzz

    if isinstance(answer, ArxivMiss):
        yield "error", f"{answer.error.what}: {answer.error.why}"
        return
    if answer.withdrawn:
        yield "warning", f"withdrawn on arXiv: {answer.comment or 'see its abstract'}"
    superseded = re.search(r"superse(?:ded|des) by\s+(.{3,80})", answer.comment, re.IGNORECASE)
    if superseded:
        yield "warning", f"superseded by {superseded[1]}"
    if title and fuzz.token_set_ratio(plain(title), plain(answer.draft.title)) < ALIKE:
        yield "warning", f"arXiv's title is {answer.draft.title!r}"
