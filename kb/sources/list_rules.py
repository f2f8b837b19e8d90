"""What a list promises: the weeks and editions that it names are there, core entries say why, and all can be had."""

import re
from collections.abc import Collection, Iterator

from kb.models.paper import PaperKind
from kb.models.reading_list import Edition, ReadingList
from kb.sources.list_lint import Level, LintFinding

_WEEKS = re.compile(r"\bweeks? ((?:\d+(?: ?(?:-|–|to) ?\d+)?(?:, | and )?)+)", re.IGNORECASE)
_SPAN = re.compile(r"(\d+)(?: ?(?:-|–|to) ?(\d+))?")


def lint_promises(
    reading_list: ReadingList,
    *,
    primers: Collection[str] | None = None,
    reproductions: Collection[str] | None = None,
) -> tuple[LintFinding, ...]:
    """Look at what the list says of itself; known primers and reproductions are checked where they are given."""
    found = [*_title_weeks(reading_list), *_edition_weeks(reading_list), *_whys(reading_list)]
    return (*found, *_works(reading_list, primers, reproductions))


def weeks_named(title: str) -> tuple[int, ...]:
    """The weeks that a title names: ``weeks 0 and 3-5`` are 0, 3, 4 and 5."""
    named: set[int] = set()
    for listed in _WEEKS.findall(title):
        for first, last in _SPAN.findall(listed):
            named.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(named))


def _title_weeks(reading_list: ReadingList) -> Iterator[LintFinding]:
    """Weeks that the title names and that have no entry."""
    there = {entry.week for entry in reading_list.entries}
    for week in weeks_named(reading_list.title):
        if week not in there:
            yield _found(reading_list, "", "title", "error", f"the title names week {week}, which has no entry")


def _edition_weeks(reading_list: ReadingList) -> Iterator[LintFinding]:
    """Weeks in which an edition has no entry, although it is said or named to be there."""
    weeks = {entry.week for entry in reading_list.entries if entry.week is not None}
    for edition in reading_list.editions if weeks else ():
        named = _is_named(edition, reading_list.title)
        promised = weeks if named or not edition.weeks else set(edition.weeks)
        mine = (one for one in reading_list.entries if not one.editions or edition.id in one.editions)
        for week in sorted(promised - {entry.week for entry in mine}):
            cure = "take it out of the title" if named and edition.weeks else "say which it has under its weeks"
            message = f"the edition {edition.id} has no entry in week {week}; {cure}"
            yield _found(reading_list, "", "editions", "error", message)


def _is_named(edition: Edition, title: str) -> bool:
    """Whether the title names the edition: ``late 2022`` is ``2022-late``."""
    return set(edition.id.lower().split("-")) <= set(re.findall(r"\w+", title.lower()))


def _whys(reading_list: ReadingList) -> Iterator[LintFinding]:
    """Core entries that do not say why one should read them."""
    for entry in reading_list.entries:
        if entry.level == "core" and not entry.why:
            yield _found(reading_list, entry.id, "why", "warning", "a core entry should say why to read it")


def _works(
    reading_list: ReadingList, primers: Collection[str] | None, reproductions: Collection[str] | None
) -> Iterator[LintFinding]:
    """Entries that are only a title, and primers and reproductions that are not there."""
    for entry in reading_list.entries:
        here = entry.arxiv_id or entry.url or entry.primer or entry.reproduction
        if entry.kind is PaperKind.EXERCISE and not here and not entry.portion:
            message = "an exercise without an address must say under portion what there is to do"
            yield _found(reading_list, entry.id, "portion", "error", message)
        for field, known in (("primer", primers), ("reproduction", reproductions)):
            name = getattr(entry, field)
            if name and known is not None and name not in known:
                yield _found(reading_list, entry.id, field, "error", f"there is no {field} {name!r}")


def _found(reading_list: ReadingList, entry: str, field: str, level: Level, message: str) -> LintFinding:
    return LintFinding(list=reading_list.id, entry=entry, field=field, level=level, message=message)
