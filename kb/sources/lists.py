"""Reading lists: those that come with the program and the reader's own; a bad file is reported, never fatal."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from kb.config import Home
from kb.errors import KbError, NotFoundError
from kb.models.base import Value
from kb.models.natural import natural
from kb.models.reading_list import Entry, ReadingList
from kb.sources.list_extends import read_whole


def load_lists(home: Home) -> tuple[ReadingList, ...]:
    """All lists that can be read, by id; see ``list_problems`` for those that cannot."""
    return tuple(found for found in _read(home) if isinstance(found, ReadingList))


def list_problems(home: Home) -> tuple[KbError, ...]:
    """Why some files are no lists; empty where all is well."""
    return tuple(found for found in _read(home) if isinstance(found, KbError))


def find_list(home: Home, list_id: str) -> ReadingList:
    """One list by its id, or by a beginning that only one id has; raises NotFoundError naming those there are."""
    known = list_paths(home)
    wanted = re.sub(r"[\s_]+", "-", list_id.strip().lower())
    matches = [known_id for known_id in known if known_id.startswith(wanted)] if wanted else []
    if wanted in known or len(matches) == 1:
        return read_whole(wanted if wanted in known else matches[0], known)
    why = f"{', '.join(matches)} all begin like this" if matches else f"there are {', '.join(known)}"
    raise NotFoundError(f"no reading list {list_id!r}", why, "kb lists")


def list_paths(home: Home) -> dict[str, Path]:
    """Every list file by the id that its name gives; the reader's own wins over one that comes with the program."""
    packaged = Path(str(files("reading_lists"))) / "lists"
    found = [file for folder in (packaged, home.lists) if folder.is_dir() for file in folder.iterdir()]
    named = {file.stem: file for file in found if file.suffix in (".yaml", ".yml")}
    return {list_id: named[list_id] for list_id in sorted(named, key=natural)}


def _read(home: Home) -> Iterator[ReadingList | KbError]:
    """Each file's list, or why it has none."""
    paths = list_paths(home)
    known: dict[str, ReadingList] = {}
    for list_id in paths:
        try:
            known[list_id] = read_whole(list_id, paths, known=known)
            yield known[list_id]
        except KbError as error:
            yield error


def in_edition(reading_list: ReadingList, edition: str | None) -> ReadingList:
    """The list as it was in one edition, with that edition's core; raises NotFoundError for an unknown one."""
    if edition is None:
        return reading_list
    known = edition_ids(reading_list)
    if edition not in known:
        why = f"it has {', '.join(known)}" if known else "it has only one"
        step = f"kb lists show {reading_list.id}"
        raise NotFoundError(f"the list {reading_list.id} has no edition {edition!r}", why, step)
    entries = tuple(_entry_in(entry, edition) for entry in reading_list.entries if edition in (entry.editions or known))
    return reading_list.model_copy(update={"edition": edition, "entries": entries})


def edition_ids(reading_list: ReadingList) -> tuple[str, ...]:
    """The ids of a list's editions, in the order that it gives them."""
    named = [edition.id for edition in reading_list.editions]
    used = sorted({edition for entry in reading_list.entries for edition in entry.editions})
    return tuple(dict.fromkeys([*named, *used]))


def _entry_in(entry: Entry, edition: str) -> Entry:
    """An entry with the level that it has in an edition."""
    return entry.model_copy(update={"level": "further"}) if edition in entry.further_in else entry


class ListPart(Value):
    """Entries that stand together under one heading of a list."""

    title: str
    week: int | None
    entries: tuple[Entry, ...]


def chosen(reading_list: ReadingList, *, week: int | None = None, core: bool = False) -> tuple[Entry, ...]:
    """Entries in their order, of one week, or core ones only; raises NotFoundError for a week that is not there."""
    weeks = sorted({entry.week for entry in reading_list.entries if entry.week is not None})
    if week is not None and week not in weeks:
        why = f"it has weeks {', '.join(map(str, weeks))}" if weeks else "it is not divided into weeks"
        raise NotFoundError(f"the list {reading_list.id} has no week {week}", why, f"kb lists show {reading_list.id}")
    found = [e for e in reading_list.entries if week in (None, e.week) and (not core or e.level == "core")]
    return tuple(sorted(found, key=lambda entry: entry.order))


def parts(reading_list: ReadingList) -> tuple[ListPart, ...]:
    """The list cut at its headings, in order: what a screen shows, and what coverage is counted by."""
    cut: dict[str, list[Entry]] = {}
    for entry in sorted(reading_list.entries, key=lambda entry: entry.order):
        cut.setdefault(" · ".join(filter(None, (entry.section, entry.subsection))), []).append(entry)
    return tuple(ListPart(title=title, week=held[0].week, entries=tuple(held)) for title, held in cut.items())
