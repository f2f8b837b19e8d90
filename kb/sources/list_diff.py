"""What changed from one edition of a list to another, or from one list to another."""

from collections.abc import Iterator
from typing import Literal

from kb.models.base import Value
from kb.models.reading_list import Entry, ReadingList

FIELDS = ("title", "level", "week", "stage", "section", "subsection", "minutes", "portion", "option_group")


class EntryChange(Value):
    """One entry that came, went or changed."""

    what: Literal["added", "removed", "changed"]
    entry: str
    title: str
    week: int | None = None
    section: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


def diff(before: ReadingList, after: ReadingList) -> tuple[EntryChange, ...]:
    """Removed, then added entries, then what differs in those that stayed, each in the order of its list."""
    pairs = list(_pairs(before, after))
    old = {one.id for one, _ in pairs}
    new = {one.id for _, one in pairs}
    removed = [_change("removed", entry) for entry in before.entries if entry.id not in old]
    added = [_change("added", entry) for entry in after.entries if entry.id not in new]
    changed = [change for one, other in pairs for change in _changes(one, other)]
    return (*removed, *added, *changed)


def _pairs(before: ReadingList, after: ReadingList) -> Iterator[tuple[Entry, Entry]]:
    """Entries that are the same work: by id within one list, else by arXiv id, address or title."""
    same_list = before.id == after.id
    waiting: dict[str, Entry] = {}
    for entry in reversed(before.entries):
        waiting.update(dict.fromkeys(_names(entry, same_list), entry))
    taken: set[str] = set()
    for entry in after.entries:
        found = next((waiting[name] for name in _names(entry, same_list) if name in waiting), None)
        if found is not None and found.id not in taken:
            taken.add(found.id)
            yield found, entry


def _names(entry: Entry, same_list: bool) -> list[str]:
    """What an entry can be recognised by."""
    if same_list:
        return [f"id {entry.id}"]
    named = [("arxiv", entry.arxiv_id), ("url", entry.url), ("title", " ".join(entry.title.lower().split()))]
    return [f"{kind} {value}" for kind, value in named if value]


def _changes(before: Entry, after: Entry) -> Iterator[EntryChange]:
    """The fields in which an entry differs."""
    for field in FIELDS:
        one, other = getattr(before, field), getattr(after, field)
        if one != other:
            values = {"field": field, "before": _shown(one), "after": _shown(other)}
            yield _change("changed", after).model_copy(update=values)


def _change(what: Literal["added", "removed", "changed"], entry: Entry) -> EntryChange:
    return EntryChange(what=what, entry=entry.id, title=entry.title, week=entry.week, section=entry.section)


def _shown(value: object) -> str:
    """A value as text."""
    return "" if value is None else str(value)
